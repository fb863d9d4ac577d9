package dev.pumphandle.epi.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateCurveTest {

  private static final int BINS = 40;
  private static final double[] EXPOSURE =
      IntStream.range(0, BINS).mapToDouble(i -> 10 + i % 7).toArray();

  private static double[] curve(IntToDoubleFunction rate) {
    double[] events = new double[BINS];
    for (int i = 0; i < BINS; i++) events[i] = rate.applyAsDouble(i) * EXPOSURE[i];
    return RateCurve.of(new BinnedCounts(events, EXPOSURE));
  }

  @Test
  void whatComesEvenlyHasAFlatCurve() {
    for (double each : curve(_ -> 0.3)) assertThat(each).isCloseTo(1, within(0.02));
  }

  @Test
  void aStepHasItsTwoRates() {
    double[] curve = curve(i -> i < 25 ? 0.02 : 0.5);
    assertThat(curve[30] / curve[10]).isCloseTo(25, within(3.0));
  }

  @Test
  void aFallIsSeenAsWellAsARise() {
    double[] curve = curve(i -> i < 25 ? 0.5 : 0);
    assertThat(curve[10]).isGreaterThan(1.4);
    assertThat(curve[35]).isLessThan(0.05);
  }

  @Test
  void aClimbClimbs() {
    double[] curve = curve(i -> Math.max(0, i - 10) * 0.02);
    assertThat(curve[5]).isLessThan(0.1);
    assertThat(curve[25]).isBetween(1.0, 1.7);
    assertThat(curve[39]).isGreaterThan(2);
  }

  @Test
  void ofFewEventsLessIsBelievedThanOfMany() {
    double[] few = curve(i -> i < 25 ? 0 : 0.01);
    double[] many = curve(i -> i < 25 ? 0 : 0.2);
    assertThat(few[5]).isGreaterThan(0.3);
    assertThat(many[5]).isLessThan(0.01);
    assertThat(few[35]).isLessThan(many[35]);
  }

  @Test
  void itsMeanOverTheExposureIsOne() {
    double[] curve = curve(i -> i < 12 ? 0.1 : 0.1 + 0.01 * i);
    double sum = 0;
    for (int i = 0; i < BINS; i++) sum += curve[i] * EXPOSURE[i];
    assertThat(sum / Arrays.stream(EXPOSURE).sum()).isCloseTo(1, within(1e-6));
  }

  @Test
  void nothingHasAFlatCurve() {
    assertThat(curve(_ -> 0)).containsOnly(1);
  }
}
