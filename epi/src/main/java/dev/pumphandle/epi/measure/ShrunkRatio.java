package dev.pumphandle.epi.measure;

import org.apache.commons.statistics.distribution.GammaDistribution;

/// Ratios of observed to expected counts of many groups, shrunk toward 1 by how little the groups
/// differ: with a Gamma(k, k) prior the posterior mean is `(c + k)/(μ + k)`.
///
/// Lists are ranked by the 5 % quantile, not by the mean: a group must be both high and sure.
///
/// Source: D. G. Clayton, J. Kaldor, Biometrics 43 (1987) 671–681; W. DuMouchel, American
/// Statistician
/// 53 (1999) 177–190.
///
/// @param concentration k, the larger the more alike the groups
public record ShrunkRatio(double concentration) {

  private static final double LEAST_VARIANCE = 1e-6;

  /// k by moments: one over `Σ((c − μ)² − μ)/Σμ²`.
  public static ShrunkRatio of(double[] cases, double[] expected) {
    double excess = 0;
    double squares = 0;
    for (int i = 0; i < cases.length; i++) {
      double d = cases[i] - expected[i];
      excess += d * d - expected[i];
      squares += expected[i] * expected[i];
    }
    double variance = squares == 0 ? LEAST_VARIANCE : excess / squares;
    return new ShrunkRatio(1 / Math.max(LEAST_VARIANCE, variance));
  }

  /// The posterior mean of a group's ratio.
  public double mean(double cases, double expected) {
    return (cases + concentration) / (expected + concentration);
  }

  /// The ratio that a group exceeds with probability 0.95.
  public double sure(double cases, double expected) {
    return GammaDistribution.of(cases + concentration, 1 / (expected + concentration))
        .inverseCumulativeProbability(0.05);
  }
}
