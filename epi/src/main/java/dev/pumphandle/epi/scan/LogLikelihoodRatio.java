package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.numeric.Logs;

/// How much better the data are explained when a subset has its own, higher rate.
///
/// c, n: cases and crashes in the subset; μ: cases expected there; C, N: all. Zero when the subset
/// has
/// no more than expected. `0 ln 0 = 0`, so that a subset in which everything is a case keeps its
/// value.
///
/// Source: M. Kulldorff, Communications in Statistics: Theory and Methods 26 (1997) 1481–1496.
public final class LogLikelihoodRatio {

  private LogLikelihoodRatio() {}

  /// Poisson counts given their total:
  /// `c ln(c/μ) + (C − c) ln((C − c)/(C − μ))`, where μ sums to C over everything.
  public static double conditionalPoisson(double c, double expected, double total) {
    if (c <= expected || c == 0) return 0;
    if (expected <= 0) return Double.POSITIVE_INFINITY;
    return Math.max(
        0, c * Math.log(c / expected) + Logs.xLogY(total - c, (total - c) / (total - expected)));
  }

  /// Poisson counts with known μ: `c ln(c/μ) − (c − μ)`. The statistic of maxSPRT as well.
  ///
  /// Source: M. Kulldorff et al., Sequential Analysis 30 (2011) 58–78.
  public static double unconditionalPoisson(double c, double expected) {
    if (c <= expected || c == 0) return 0;
    if (expected <= 0) return Double.POSITIVE_INFINITY;
    return c * Math.log(c / expected) - (c - expected);
  }

  /// Cases among crashes with one probability inside and another outside.
  public static double bernoulli(double c, double n, double cases, double crashes) {
    return bernoulliGiven(c, n, n * cases / crashes, cases, crashes);
  }

  /// Cases among crashes against fitted probabilities:
  /// `c ln(c/μ) + (n − c) ln((n − c)/(n − μ))` and the same outside.
  ///
  /// @param expected μ, the fitted probabilities summed over the subset; over everything they sum
  /// to
  ///     the number of cases
  public static double bernoulliGiven(
      double c, double n, double expected, double cases, double crashes) {
    if (c <= expected || c == 0) return 0;
    double outside = cases - c;
    double outsideCrashes = crashes - n;
    double outsideExpected = cases - expected;
    double sum =
        c * Math.log(c / expected)
            + Logs.xLogY(n - c, (n - c) / (n - expected))
            + Logs.xLogY(outside, outside / outsideExpected)
            + Logs.xLogY(
                outsideCrashes - outside,
                (outsideCrashes - outside) / (outsideCrashes - outsideExpected));
    return Math.max(0, sum);
  }
}
