package dev.pumphandle.epi.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StratifiedRatesTest {

  private static RateRatio stratum(long in, double inTime, long out, double outTime) {
    return new RateRatio(new Rate(in, inTime), new Rate(out, outTime));
  }

  @Test
  void allEventsInsideGiveALowerLimitAlone() {
    Interval interval = new StratifiedRates(List.of(stratum(7, 100, 0, 100))).oneSided(0.95);
    assertThat(interval.upper()).isInfinite();
    // (ρ / (ρ + 1))^7 = 0.05
    double share = Math.pow(0.05, 1.0 / 7);
    assertThat(interval.lower()).isCloseTo(share / (1 - share), within(1e-6));
  }

  @Test
  void eventsOfAStratumWithTimeOnOneSideOnlyAreOnNoSide() {
    RateRatio telling = stratum(7, 100, 0, 100);
    RateRatio mute = stratum(0, 0, 3, 50);
    assertThat(new StratifiedRates(List.of(telling, mute)).oneSided(0.95))
        .isEqualTo(new StratifiedRates(List.of(telling)).oneSided(0.95));
  }
}
