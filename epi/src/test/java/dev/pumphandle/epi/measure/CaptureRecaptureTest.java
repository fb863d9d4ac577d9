package dev.pumphandle.epi.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CaptureRecaptureTest {

  @Test
  void chapmansEstimateIsWorkedOutByHand() {
    Estimate estimate = new CaptureRecapture(200, 150, 60).estimate(0.95);
    assertThat(estimate.value()).isCloseTo(201.0 * 151 / 61 - 1, within(1e-9));
    assertThat(estimate.interval().contains(estimate.value())).isTrue();
    assertThat(estimate.interval().lower()).isGreaterThan(290);
  }

  @Test
  void whereEverybodyOnOneListIsOnTheOtherNobodyIsMissed() {
    Estimate estimate = new CaptureRecapture(80, 100, 80).estimate(0.95);
    assertThat(estimate.value()).isCloseTo(100, within(1e-9));
    assertThat(estimate.interval().lower()).isEqualTo(100);
  }

  @Test
  void aSmallOverlapIsSaid() {
    assertThat(new CaptureRecapture(20, 20, 2).estimate(0.95).caveats())
        .contains(new Caveat.SmallCounts(2));
    assertThat(new CaptureRecapture(20, 20, 8).estimate(0.95).caveats()).isEmpty();
  }

  @Test
  void anEmptyListTellsNothing() {
    assertThat(new CaptureRecapture(20, 0, 0).estimate(0.95).estimable()).isFalse();
    assertThatThrownBy(() -> new CaptureRecapture(1, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    Random random = new Random(5);
    int held = 0;
    for (int run = 0; run < 500; run++) {
      long first = 0;
      long second = 0;
      long both = 0;
      for (int death = 0; death < 400; death++) {
        boolean core = random.nextDouble() < 0.6;
        boolean log = random.nextDouble() < 0.4;
        first += core ? 1 : 0;
        second += log ? 1 : 0;
        both += core && log ? 1 : 0;
      }
      held +=
          new CaptureRecapture(first, second, both).estimate(0.95).interval().contains(400) ? 1 : 0;
    }
    assertThat(held).isBetween(455, 495);
  }
}
