package dev.pumphandle.epi.chance;

/// The Gumbel distribution fitted by moments to replicates of a maximum: a p-value beyond the
/// `1/(R + 1)` at which counting ends.
///
/// Source: A. Abrams, K. Kleinman, M. Kulldorff, "Gumbel based p-value approximations for spatial
/// scan statistics", International Journal of Health Geographics 9:61 (2010).
///
/// @param location μ = mean − γβ, γ Euler's constant
/// @param scale β = sd · √6 / π; zero when all replicates are equal
public record Gumbel(double location, double scale) {

  private static final double EULER = 0.5772156649015329;

  /// The fit to replicates (at least two; fewer give a scale of zero).
  public static Gumbel fit(double[] replicates) {
    double mean = 0;
    for (double x : replicates) mean += x;
    mean /= Math.max(1, replicates.length);
    double squares = 0;
    for (double x : replicates) squares += (x - mean) * (x - mean);
    double sd = replicates.length < 2 ? 0 : Math.sqrt(squares / (replicates.length - 1));
    double scale = sd * Math.sqrt(6) / Math.PI;
    return new Gumbel(mean - EULER * scale, scale);
  }

  /// P(maximum ≥ observed).
  public double pValue(double observed) {
    if (scale == 0) return observed > location ? 0 : 1;
    return -Math.expm1(-Math.exp(-(observed - location) / scale));
  }
}
