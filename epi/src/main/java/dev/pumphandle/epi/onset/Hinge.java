package dev.pumphandle.epi.onset;

import dev.pumphandle.epi.numeric.Roots;

/// A rate that is level up to some bin and then climbs in a straight line:
/// `rate in bin i (from 1) = r0 + slope · max(0, i − τ)`, both never below zero.
///
/// The likelihood is concave in (r0, slope). For a given share of the climb, the level follows from
/// the total, which leaves one root to find.
///
/// Source: H. Küchenhoff, "An exact algorithm for estimating breakpoints in segmented generalized
/// linear models", Computational Statistics 12 (1997).
///
/// @param bin τ, after which the rate climbs
/// @param level r0, events per unit of exposure
/// @param slope events per unit of exposure and bin
/// @param logLikelihood with every constant
public record Hinge(int bin, double level, double slope, double logLikelihood) {

  /// The best hinge over τ = 1 … size − 1; the earliest of equals.
  public static Hinge fit(BinnedCounts counts) {
    Hinge best = at(counts, 1);
    for (int tau = 2; tau < counts.size(); tau++) {
      Hinge next = at(counts, tau);
      if (next.logLikelihood > best.logLikelihood + 1e-10) best = next;
    }
    return best;
  }

  /// The best level and slope for one τ.
  public static Hinge at(BinnedCounts counts, int tau) {
    double[] climb = new double[counts.size()];
    for (int i = 0; i < climb.length; i++) climb[i] = Math.max(0, i + 1 - tau);
    Climb best = climbing(counts, climb);
    return new Hinge(tau, best.level, best.slope, best.logLikelihood);
  }

  /// The mean over each bin of how long ago (in bins) a climb after k bins began.
  static double[] climbFrom(int k, int bins) {
    double[] climb = new double[bins];
    for (int i = k; i < bins; i++) climb[i] = i - k + 0.5;
    return climb;
  }

  /// A level and a slope along a given climb.
  record Climb(double level, double slope, double logLikelihood) {}

  /// The best level and slope when bin i has climbed by `climb[i]`.
  static Climb climbing(BinnedCounts counts, double[] climb) {
    double climbing = 0;
    for (int i = 0; i < climb.length; i++) climbing += climb[i] * counts.exposure(i);
    double n = counts.total();
    double steepest = climbing == 0 ? 0 : n / climbing;
    double time = counts.totalExposure();
    double climbed = climbing;
    // At the optimum of both, total fitted = total observed, hence level = (n −
    // slope·climbing)/time;
    // along that line the likelihood is concave in the slope.
    double slope =
        steepest == 0
            ? 0
            : topOf(
                s -> along(counts, climb, (n - s * climbed) / time, s, climbed / time), steepest);
    double level = Math.max(0, (n - slope * climbing) / time);
    double finalSlope = slope;
    double logLikelihood =
        counts.logLikelihood(i -> (level + finalSlope * climb[i]) * counts.exposure(i));
    return new Climb(level, slope, logLikelihood);
  }

  // The slope in [0, steepest] where the derivative vanishes, or the end it points to.
  private static double topOf(java.util.function.DoubleUnaryOperator derivative, double steepest) {
    if (derivative.applyAsDouble(0) <= 0) return 0;
    double almost = steepest * (1 - 1e-12);
    if (derivative.applyAsDouble(almost) >= 0) return steepest;
    return Roots.between(derivative, 0, almost, steepest * 1e-13);
  }

  // d/ds Σ y ln(level + s u), the sum of means being fixed
  private static double along(
      BinnedCounts counts, double[] climb, double level, double slope, double levelPerSlope) {
    double sum = 0;
    for (int i = 0; i < climb.length; i++) {
      if (counts.events(i) == 0) continue;
      sum += counts.events(i) * (climb[i] - levelPerSlope) / (level + slope * climb[i]);
    }
    return sum;
  }
}
