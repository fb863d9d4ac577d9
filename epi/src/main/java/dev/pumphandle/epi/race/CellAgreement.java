package dev.pumphandle.epi.race;

import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.chance.Streams;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Rate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Observed over expected crashes cell by cell (region by region), with one test of whether all
/// cells
/// share the same ratio.
///
/// @param ratios observed over expected per cell, with Garwood's interval
/// @param p the p-value of Pearson's statistic given the total: by Monte Carlo, good for small
/// counts;
///     from its chi-square distribution where every cell expects a hundred
public record CellAgreement(List<Estimate> ratios, double p) {

  private static final double MANY = 100;

  /// Copies the ratios.
  public CellAgreement {
    ratios = List.copyOf(ratios);
  }

  /// The agreement of the cells.
  public static CellAgreement of(
      long[] observed, double[] expected, double level, int replicates, long seed) {
    List<Estimate> ratios =
        IntStream.range(0, observed.length)
            .mapToObj(i -> new Rate(observed[i], expected[i]).estimate(level))
            .toList();
    if (Arrays.stream(expected).min().orElse(0) >= MANY)
      return new CellAgreement(
          ratios,
          ChiSquaredDistribution.of(observed.length - 1)
              .survivalProbability(pearson(observed, expected)));
    double[] cumulative = expected.clone();
    Arrays.parallelPrefix(cumulative, Double::sum);
    int total = (int) Arrays.stream(observed).sum();
    double[] byChance =
        MonteCarlo.statistics(
            new Streams(seed),
            0,
            replicates,
            1,
            () -> random -> pearson(drawn(cumulative, total, random), expected));
    return new CellAgreement(ratios, MonteCarlo.pValue(byChance, pearson(observed, expected)));
  }

  private static long[] drawn(double[] cumulative, int total, UniformRandomProvider random) {
    long[] counts = new long[cumulative.length];
    for (int i = 0; i < total; i++) {
      int at =
          Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
      counts[Math.min(counts.length - 1, at < 0 ? -at - 1 : at + 1)]++;
    }
    return counts;
  }

  private static double pearson(long[] observed, double[] expected) {
    double scale = Arrays.stream(observed).sum() / Arrays.stream(expected).sum();
    double sum = 0;
    for (int i = 0; i < observed.length; i++) {
      double e = expected[i] * scale;
      if (e > 0) sum += (observed[i] - e) * (observed[i] - e) / e;
    }
    return sum;
  }
}
