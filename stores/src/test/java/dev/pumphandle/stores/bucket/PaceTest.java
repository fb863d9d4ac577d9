package dev.pumphandle.stores.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void requestsThatComeTogetherAreSpacedEvenly() {
    Pace pace = Pace.of(4);

    assertThat(pace.turn(0)).isZero();
    assertThat(pace.turn(0)).isEqualTo(SECOND / 4);
    assertThat(pace.turn(0)).isEqualTo(SECOND / 2);
  }

  @Test
  void aPauseIsNoCreditForABurst() {
    Pace pace = Pace.of(4);
    pace.turn(0);

    assertThat(pace.turn(60 * SECOND)).isZero();
    assertThat(pace.turn(60 * SECOND)).isEqualTo(SECOND / 4);
  }

  @Test
  void theClockMayBeginAnywhere() {
    Pace pace = Pace.of(1);

    assertThat(pace.turn(Long.MIN_VALUE + 5)).isZero();
    assertThat(pace.turn(Long.MIN_VALUE + 5)).isEqualTo(SECOND);
  }

  @Test
  void lessThanNothingIsNoPace() {
    assertThatThrownBy(() -> Pace.of(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pace.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
