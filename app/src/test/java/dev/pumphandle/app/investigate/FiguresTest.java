package dev.pumphandle.app.investigate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Interval;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void aRatioWithoutAnUpperLimitIsALeastOneOnlyWhereItIsARise() {
    assertThat(times(Double.POSITIVE_INFINITY, 2.4))
        .isEqualTo("at least 2.4 times (95 %, no upper limit)");
    assertThat(times(Double.POSITIVE_INFINITY, 0.04)).isEqualTo("0.04 to unlimited times (95 %)");
    assertThat(Figures.times(Estimate.of(12, new Interval(7.1, 21, 0.95))))
        .isEqualTo("12 times (95 % 7.1 to 21)");
  }

  private static String times(double value, double lower) {
    return Figures.times(Estimate.of(value, new Interval(lower, Double.POSITIVE_INFINITY, 0.95)));
  }
}
