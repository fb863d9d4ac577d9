package dev.pumphandle.epi.onset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Whether a disease has ended: thirty days at each rate in turn.
class ChangesTest {

  private static final int DAYS = 30;

  private static boolean ended(double... rates) {
    double[] events = new double[DAYS * rates.length];
    for (int i = 0; i < events.length; i++) events[i] = rates[i / DAYS];
    double[] exposure = new double[events.length];
    Arrays.fill(exposure, 1);
    return Changes.ended(new BinnedCounts(events, exposure), 0.05, 199, 1, 1);
  }

  @Test
  void whatFellLastHasEnded() {
    assertThat(ended(0, 4, 0)).isTrue();
    assertThat(ended(9, 1)).isTrue();
    assertThat(ended(1, 9, 20, 3)).isTrue();
    assertThat(ended(9, 1, 20, 3)).isTrue();
  }

  @Test
  void whatRoseLastHasNotWhateverWasBefore() {
    assertThat(ended(0, 4)).isFalse();
    assertThat(ended(9, 1, 4)).isFalse();
    assertThat(ended(20, 3, 1, 9)).isFalse();
  }

  @Test
  void whatNeverChangedHasNot() {
    assertThat(ended(3)).isFalse();
    assertThat(ended(3, 3, 3)).isFalse();
    assertThat(ended(0, 0)).isFalse();
  }
}
