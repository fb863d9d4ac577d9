package dev.pumphandle.epi.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StreamsTest {

  @Test
  void equalSeedsGiveEqualStreamsAndOthersDiffer() {
    assertThat(new Streams(7).stream(3).nextLong()).isEqualTo(new Streams(7).stream(3).nextLong());
    assertThat(new Streams(7).stream(3).nextLong())
        .isNotEqualTo(new Streams(7).stream(4).nextLong());
    assertThat(new Streams(7).stream(3).nextLong())
        .isNotEqualTo(new Streams(8).stream(3).nextLong());
    assertThat(new Streams(7).split(1)).isNotEqualTo(new Streams(7).split(2));
  }

  @Test
  void firstNumbersOfNeighbouringStreamsAreUniformAndUnrelated() {
    Streams streams = new Streams(1);
    int n = 20_000;
    double sum = 0;
    double products = 0;
    double before = 0.5;
    for (int i = 0; i < n; i++) {
      double u = streams.stream(i).nextDouble();
      sum += u;
      products += (u - 0.5) * (before - 0.5);
      before = u;
    }
    assertThat(sum / n).isCloseTo(0.5, within(0.01));
    assertThat(products / n).isCloseTo(0, within(0.003));
  }

  @Test
  void anyNumberOfThreadsGivesTheSameReplicates() {
    double[] one = replicates(1);
    assertThat(replicates(2)).isEqualTo(one);
    assertThat(replicates(5)).isEqualTo(one);
  }

  private static double[] replicates(int threads) {
    return MonteCarlo.statistics(
        new Streams(11), 0, 333, threads, () -> random -> random.nextDouble() + random.nextInt(9));
  }

  @Test
  void aPartOfTheReplicatesIsThatPartOfTheWhole() {
    double[] whole = replicates(1);
    double[] rest =
        MonteCarlo.statistics(
            new Streams(11), 20, 333, 2, () -> random -> random.nextDouble() + random.nextInt(9));
    assertThat(rest).isEqualTo(Arrays.copyOfRange(whole, 20, 333));
  }

  @Test
  void aMonteCarloPIsNeverZero() {
    assertThat(MonteCarlo.pValue(new double[999], 5)).isEqualTo(0.001);
    assertThat(MonteCarlo.pValue(new double[] {1, 2, 3}, 3)).isEqualTo(0.5);
    assertThat(MonteCarlo.pValue(new double[0], 3)).isEqualTo(1);
  }

  @Test
  void equalReplicatesLeaveTheGumbelWithoutSpread() {
    assertThat(Gumbel.fit(new double[] {2, 2, 2}).pValue(3)).isZero();
    assertThat(Gumbel.fit(new double[] {2, 2, 2}).pValue(2)).isEqualTo(1);
  }
}
