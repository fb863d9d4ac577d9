package dev.pumphandle.epi.surveillance;

import dev.pumphandle.epi.measure.Rate;

/// How long a stretch without a crash must be before one may say "fixed".
///
/// After T without an event the rate is below `−ln(0.05)/T ≈ 3/T` with 95 %. "Fixed" is said when
/// that
/// is below a fifth of the lower limit of the old rate.
///
/// Source: J. A. Hanley, A. Lippman-Hand, JAMA 249 (1983) 1743–1745 (the rule of three).
///
/// @param before the rate before the change
public record CrashFree(Rate before) {

  private static final double SMALL_ENOUGH = 5;
  private static final double LEVEL = 0.95;

  /// The host-time without a crash that is needed, in the unit of the old rate; infinite when the
  /// old
  /// rate may have been zero.
  public double timeNeeded() {
    double lower = before.exactInterval(LEVEL).lower();
    return lower > 0 ? -Math.log(1 - LEVEL) * SMALL_ENOUGH / lower : Double.POSITIVE_INFINITY;
  }

  /// Whether a crash-free stretch is long enough.
  public boolean fixedAfter(double time) {
    return time >= timeNeeded();
  }

  /// The rate that a crash-free stretch leaves possible (upper 95 % limit).
  public static double stillPossible(double time) {
    return new Rate(0, time).upperLimit(LEVEL);
  }
}
