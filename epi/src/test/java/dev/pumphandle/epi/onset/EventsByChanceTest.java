package dev.pumphandle.epi.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pumphandle.epi.chance.Streams;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsByChanceTest {

  private static final double[] EXPOSURE = {1, 5, 2, 0.5, 10, 4, 4, 8};
  private static final int DRAWS = 4_000;

  @ParameterizedTest(name = "{0} events")
  @ValueSource(longs = {3, 60, 128, 400, 20_000})
  void allEventsFallAndEachBinHasItsShareWithTheSpreadOfAMultinomial(long events) {
    EventsByChance chance = new EventsByChance(events, EXPOSURE);
    double all = Arrays.stream(EXPOSURE).sum();
    double[] sum = new double[EXPOSURE.length];
    double[] squares = new double[EXPOSURE.length];
    for (int d = 0; d < DRAWS; d++) {
      int[] counts = chance.draw(new Streams(7).stream(d));
      assertThat(Arrays.stream(counts).sum()).isEqualTo((int) events);
      for (int i = 0; i < counts.length; i++) {
        sum[i] += counts[i];
        squares[i] += (double) counts[i] * counts[i];
      }
    }
    for (int i = 0; i < EXPOSURE.length; i++) {
      double p = EXPOSURE[i] / all;
      double variance = (double) events * p * (1 - p);
      double mean = sum[i] / DRAWS;
      assertThat(mean).isCloseTo((double) events * p, within(5 * Math.sqrt(variance / DRAWS)));
      assertThat(squares[i] / DRAWS - mean * mean).isCloseTo(variance, within(0.2 * variance));
    }
  }
}
