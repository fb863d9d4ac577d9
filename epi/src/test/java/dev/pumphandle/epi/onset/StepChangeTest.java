package dev.pumphandle.epi.onset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.chance.Streams;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepChangeTest {

  private static final int DAYS = 40;
  private static final int REPLICATES = 999;
  private static final double[] EXPOSURE = new double[DAYS];

  static {
    Arrays.setAll(EXPOSURE, d -> 1 + d % 3);
  }

  // Twenty events a unit of exposure, from the 20th day on so many times that.
  private static StepChange changed(double times) {
    double[] events = new double[DAYS];
    Arrays.setAll(events, d -> Math.rint(20 * EXPOSURE[d] * (d < 20 ? 1 : times)));
    return new StepChange(new BinnedCounts(events, EXPOSURE));
  }

  @ParameterizedTest(name = "{0} times")
  @CsvSource({"1.0", "1.05", "1.08", "1.1", "1.15", "1.2", "1.3", "1.5", "4"})
  void whatIsOutOfReachOfChanceHasThePValueThatDrawingItAllWouldGive(double times) {
    StepChange change = changed(times);
    double drawn = drawn(change, times);
    assertThat(change.pValue(REPLICATES, 5, 2)).isEqualTo(drawn);
  }

  @ParameterizedTest(name = "{0} times, at {1}")
  @CsvSource({
    "1.0, 0.05",
    "1.05, 0.05",
    "1.08, 0.05",
    "1.1, 0.05",
    "1.1, 0.01",
    "1.15, 0.05",
    "1.15, 0.001",
    "1.2, 0.025",
    "1.3, 0.05",
    "4, 0.05",
    "4, 0.0001"
  })
  void aTestThatStopsEarlySaysWhatThePValueSays(double times, double alpha) {
    StepChange change = changed(times);
    assertThat(change.significant(alpha, REPLICATES, 5, 2))
        .isEqualTo(drawn(change, times) <= alpha);
  }

  // All replicates, none left out.
  private static double drawn(StepChange change, double times) {
    double total = 0;
    for (int d = 0; d < DAYS; d++) total += Math.rint(20 * EXPOSURE[d] * (d < 20 ? 1 : times));
    EventsByChance chance = new EventsByChance(Math.round(total), EXPOSURE);
    double[] largest = new double[REPLICATES];
    for (int r = 0; r < REPLICATES; r++) {
      int[] events = chance.draw(new Streams(5).stream(r));
      double[] counts = Arrays.stream(events).asDoubleStream().toArray();
      largest[r] = new StepChange(new BinnedCounts(counts, EXPOSURE)).bestRatio();
    }
    return MonteCarlo.pValue(largest, change.bestRatio());
  }
}
