package dev.pumphandle.epi.surveillance;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.PascalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/// A limit from the stream's own past, in the manner of Farrington: the quantile of the
/// distribution
/// that the last bins predict, with past outbreaks weighted down.
///
/// Bins whose standardised residual is above 2.58 weigh its inverse square. The predictive mean is
/// the
/// weighted mean, its variance the overdispersion's plus that of the mean.
///
/// Source: C. P. Farrington et al., JRSS A 159 (1996) 547–563; A. Noufaily et al., Statistics in
/// Medicine 32 (2013) 1206–1222. Simplified: no trend, no season (both belong in the expected
/// count).
///
/// @param window how many bins of memory
/// @param gap bins left out before the present one
/// @param alpha the one-sided level of the limit
public record HistoricalLimit(int window, int gap, double alpha) {

  private static final double SUSPICIOUS = 2.58;
  private static final double LEAST_MEAN = 1e-3;

  /// The largest count for bin `at` that is no alarm, −1 where the memory is too short.
  public int limit(double[] y, int at) {
    int from = at - gap - window;
    if (from < 0) return -1;
    double[] past = Arrays.copyOfRange(y, from, from + window);
    double[] weight = new double[window];
    Arrays.fill(weight, 1);
    double first = weightedMean(past, weight);
    double spread = Math.max(1, dispersion(past, weight, first));
    for (int i = 0; i < window; i++) {
      double residual =
          1.5
              * (Math.cbrt(square(past[i])) - Math.cbrt(square(first)))
              / (Math.cbrt(Math.sqrt(first)) * Math.sqrt(spread));
      if (residual > SUSPICIOUS) weight[i] = 1 / square(residual);
    }
    double mean = Math.max(LEAST_MEAN, weightedMean(past, weight));
    double phi = Math.max(1, dispersion(past, weight, mean));
    double variance = phi * mean * (1 + 1 / Arrays.stream(weight).sum());
    return quantile(mean, variance);
  }

  /// Whether bin `at` is above its limit; false where there is none.
  public boolean alarm(double[] y, int at) {
    int limit = limit(y, at);
    return limit >= 0 && y[at] > limit;
  }

  private int quantile(double mean, double variance) {
    double size = mean * mean / Math.max(1e-9, variance - mean);
    if (size > 1e6) return PoissonDistribution.of(mean).inverseSurvivalProbability(alpha);
    // PascalDistribution wants a whole size; rounding down widens the limit a little.
    int whole = Math.max(1, (int) Math.floor(size));
    return PascalDistribution.of(whole, whole / (whole + mean)).inverseSurvivalProbability(alpha);
  }

  private static double weightedMean(double[] y, double[] weight) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < y.length; i++) {
      sum += weight[i] * y[i];
      all += weight[i];
    }
    return sum / all;
  }

  private static double dispersion(double[] y, double[] weight, double mean) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) sum += weight[i] * square(y[i] - mean) / mean;
    return sum / (y.length - 1);
  }

  private static double square(double x) {
    return x * x;
  }
}
