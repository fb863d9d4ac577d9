package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.chance.Streams;

/// Every zone and every run of bins against the rest: where and when at once.
///
/// Source: M. Kulldorff et al., American Journal of Public Health 88 (1998) 1377–1380.
public final class SpaceTimeScan {

  private final int[][] cases;
  private final double[][] cumulativeExpected;
  private final int longestWindow;
  private final int total;

  /// @param cases cases by zone and bin
  /// @param expected expected cases by zone and bin, in any unit: scaled to the number of cases
  /// @param longestWindow the longest run of bins looked at
  public SpaceTimeScan(int[][] cases, double[][] expected, int longestWindow) {
    this.cases = new int[cases.length][];
    int sum = 0;
    double raw = 0;
    for (int z = 0; z < cases.length; z++) {
      this.cases[z] = cases[z].clone();
      for (int c : cases[z]) sum += c;
      for (double e : expected[z]) raw += e;
    }
    this.total = sum;
    this.longestWindow = longestWindow;
    this.cumulativeExpected = new double[cases.length][];
    for (int z = 0; z < cases.length; z++) {
      cumulativeExpected[z] = new double[expected[z].length + 1];
      for (int d = 0; d < expected[z].length; d++)
        cumulativeExpected[z][d + 1] = cumulativeExpected[z][d] + expected[z][d] * total / raw;
    }
  }

  /// A zone and the bins `[start, end]`, both included, with what was seen and expected there.
  public record Cluster(
      int zone, int start, int end, int cases, double expected, double llr, int all) {
    /// The rate inside over the rate outside.
    public double relativeRisk() {
      return cases / expected / ((all - cases) / (all - expected));
    }
  }

  /// The cluster with the largest ratio; the earliest and shortest of equals.
  public Cluster best() {
    return best(cases);
  }

  /// The largest ratio in replicates under chance, by replicate index.
  public double[] replicatedMaxima(int replicates, long seed, int threads) {
    int bins = cases[0].length;
    double[] expected = new double[cases.length * bins];
    for (int i = 0; i < expected.length; i++)
      expected[i] =
          cumulativeExpected[i / bins][i % bins + 1] - cumulativeExpected[i / bins][i % bins];
    MultinomialDraw draw = new MultinomialDraw(expected);
    return MonteCarlo.statistics(
        new Streams(seed),
        0,
        replicates,
        threads,
        () ->
            random -> {
              int[][] drawn = new int[cases.length][bins];
              for (int i = 0; i < total; i++) {
                int cell = draw.next(random);
                drawn[cell / bins][cell % bins]++;
              }
              return best(drawn).llr();
            });
  }

  private Cluster best(int[][] counts) {
    Cluster best = new Cluster(0, 0, 0, 0, 0, 0, total);
    for (int z = 0; z < counts.length; z++) {
      for (int start = 0; start < counts[z].length; start++) {
        // A window that starts without a case is never better than the one that starts at the next.
        if (counts[z][start] == 0) continue;
        int inside = 0;
        int last = Math.min(counts[z].length, start + longestWindow);
        for (int end = start; end < last; end++) {
          inside += counts[z][end];
          if (counts[z][end] == 0) continue;
          double expected = cumulativeExpected[z][end + 1] - cumulativeExpected[z][start];
          double llr = LogLikelihoodRatio.conditionalPoisson(inside, expected, total);
          if (llr > best.llr + 1e-12)
            best = new Cluster(z, start, end, inside, expected, llr, total);
        }
      }
    }
    return best;
  }
}
