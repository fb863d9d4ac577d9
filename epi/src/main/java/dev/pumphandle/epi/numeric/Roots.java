package dev.pumphandle.epi.numeric;

import java.util.function.DoubleUnaryOperator;

/// Roots of monotone functions of one variable.
///
/// Source: R. P. Brent, Algorithms for Minimization Without Derivatives (1973), ch. 4.
public final class Roots {

  private static final double EPSILON = Math.ulp(1.0);
  private static final int MOST_STEPS = 1000;

  private Roots() {}

  /// The root of `f` between `from` and `to`, or the end with the smaller |f| when the signs agree.
  ///
  /// @param tolerance the largest error of the root (same unit as the variable)
  public static double between(DoubleUnaryOperator f, double from, double to, double tolerance) {
    double older = from;
    double best = to;
    double fOlder = f.applyAsDouble(from);
    double fBest = f.applyAsDouble(to);
    if (fOlder == 0) return from;
    if (fBest == 0) return to;
    if (fOlder > 0 == fBest > 0) return Math.abs(fOlder) < Math.abs(fBest) ? from : to;
    double opposite = older;
    double fOpposite = fOlder;
    for (int i = 0; i < MOST_STEPS; i++) {
      double previousStep = best - older;
      if (Math.abs(fOpposite) < Math.abs(fBest)) {
        older = best;
        best = opposite;
        opposite = older;
        fOlder = fBest;
        fBest = fOpposite;
        fOpposite = fOlder;
      }
      double nearEnough = 2 * EPSILON * Math.abs(best) + tolerance / 2;
      double step = (opposite - best) / 2;
      if (Math.abs(step) <= nearEnough || fBest == 0) return best;
      if (Math.abs(previousStep) >= nearEnough && Math.abs(fOlder) > Math.abs(fBest))
        step =
            interpolated(
                step,
                previousStep,
                nearEnough,
                older,
                best,
                opposite,
                fBest / fOlder,
                fOlder / fOpposite);
      if (Math.abs(step) < nearEnough) step = Math.copySign(nearEnough, step);
      older = best;
      fOlder = fBest;
      best += step;
      fBest = f.applyAsDouble(best);
      if (fBest > 0 == fOpposite > 0 && fBest != 0) {
        opposite = older;
        fOpposite = fOlder;
      }
    }
    return best;
  }

  // Secant when only two points are known, inverse quadratic through three; kept only while it
  // stays
  // well inside the bracket and shrinks faster than bisection.
  private static double interpolated(
      double bisection,
      double previousStep,
      double nearEnough,
      double older,
      double best,
      double opposite,
      double bestToOlder,
      double olderToOpposite) {
    double width = opposite - best;
    double p;
    double q;
    if (older == opposite) {
      p = width * bestToOlder;
      q = 1 - bestToOlder;
    } else {
      double bestToOpposite = bestToOlder * olderToOpposite;
      p =
          bestToOlder
              * (width * olderToOpposite * (olderToOpposite - bestToOpposite)
                  - (best - older) * (bestToOpposite - 1));
      q = (olderToOpposite - 1) * (bestToOpposite - 1) * (bestToOlder - 1);
    }
    if (p > 0) q = -q;
    else p = -p;
    boolean insideBracket = p < 0.75 * width * q - Math.abs(nearEnough * q) / 2;
    boolean shrinks = p < Math.abs(previousStep * q / 2);
    return insideBracket && shrinks ? p / q : bisection;
  }

  /// The root of an increasing or decreasing `f` over the whole line, found by doubling a bracket
  /// around `start`; plus or minus infinity when no sign change lies within `±limit`.
  public static double anywhere(
      DoubleUnaryOperator f, double start, double limit, double tolerance) {
    double atStart = f.applyAsDouble(start);
    if (atStart == 0) return start;
    for (double width = 1; ; width *= 2) {
      double low = Math.max(start - width, -limit);
      double high = Math.min(start + width, limit);
      if (f.applyAsDouble(low) > 0 != atStart > 0) return between(f, low, start, tolerance);
      if (f.applyAsDouble(high) > 0 != atStart > 0) return between(f, start, high, tolerance);
      if (low <= -limit && high >= limit) {
        boolean rootIsAbove = Math.abs(f.applyAsDouble(high)) < Math.abs(f.applyAsDouble(low));
        return rootIsAbove ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      }
    }
  }
}
