package dev.pumphandle.epi.vectors;

/// How far a value may be off: within `relative · |expected|` or within `absolute`.
///
/// @param relative share of the expected value
/// @param absolute in the value's own unit
public record Tolerance(double relative, double absolute) {

  /// Closed forms.
  public static final Tolerance CLOSED = new Tolerance(1e-9, 1e-12);

  /// Limits found by searching for a root.
  public static final Tolerance ROOT = new Tolerance(1e-6, 1e-12);

  /// Regressions.
  public static final Tolerance REGRESSION = new Tolerance(1e-6, 1e-9);

  /// How far off as a share of what is allowed: at most 1 passes.
  public double share(double expected, double actual) {
    if (Double.isNaN(expected) || Double.isNaN(actual) || Double.isInfinite(expected))
      return Double.compare(expected, actual) == 0 ? 0 : Double.POSITIVE_INFINITY;
    double allowed = Math.max(relative * Math.abs(expected), absolute);
    double off = Math.abs(expected - actual);
    return off == 0 ? 0 : off / allowed;
  }
}
