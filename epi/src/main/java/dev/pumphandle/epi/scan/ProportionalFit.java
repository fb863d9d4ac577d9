package dev.pumphandle.epi.scan;

/// Expected counts of patterns made to agree with the counts of accepted sets, by iterative
/// proportional fitting: each set's rows are multiplied until the set has its target, and
/// everything
/// until the total is right. The fixed point is the maximum likelihood fit of the Poisson
/// regression
/// with an intercept and one indicator per set.
///
/// Source: W. E. Deming, F. F. Stephan, Annals of Mathematical Statistics 11 (1940) 427–444; J. N.
/// Darroch, D. Ratcliff, Annals of Mathematical Statistics 43 (1972) 1470–1480.
final class ProportionalFit {

  private static final int MOST_SWEEPS = 20_000;
  private static final double ENOUGH = 1e-14;

  private ProportionalFit() {}

  /// The factor of each pattern.
  ///
  /// @param expected expected counts by pattern
  /// @param targets the count each set shall have
  /// @param total the count everything shall have
  static double[] factors(double[] expected, double[] targets, double total) {
    double[] fitted = expected.clone();
    double[] factor = new double[expected.length];
    java.util.Arrays.fill(factor, 1);
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double change = 0;
      for (int set = 0; set < targets.length; set++)
        change = Math.max(change, scale(fitted, factor, set, targets[set]));
      change = Math.max(change, scale(fitted, factor, -1, total));
      if (change < ENOUGH) break;
    }
    return factor;
  }

  // Multiplies the patterns inside `set` (all of them for −1); answers by how much, from one.
  private static double scale(double[] fitted, double[] factor, int set, double target) {
    double sum = 0;
    for (int p = 0; p < fitted.length; p++)
      if (set < 0 || Patterns.inside(p, set)) sum += fitted[p];
    if (sum == 0) return 0;
    double by = target / sum;
    for (int p = 0; p < fitted.length; p++) {
      if (set >= 0 && !Patterns.inside(p, set)) continue;
      fitted[p] *= by;
      factor[p] *= by;
    }
    return Math.abs(by - 1);
  }
}
