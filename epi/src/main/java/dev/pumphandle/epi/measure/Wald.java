package dev.pumphandle.epi.measure;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// Intervals that take an estimate as normal around the truth.
public final class Wald {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Wald() {}

  /// `z`, the standard normal quantile that leaves (1 − level)/2 above.
  public static double quantile(double level) {
    return NORMAL.inverseSurvivalProbability(Interval.tail(level));
  }

  /// `estimate ± z · error`.
  public static Interval of(double estimate, double standardError, double level) {
    double reach = quantile(level) * standardError;
    return new Interval(estimate - reach, estimate + reach, level);
  }

  /// `estimate · exp(±z · error of the logarithm)`, for ratios.
  public static Interval ofLogarithm(double ratio, double standardErrorOfLog, double level) {
    double reach = quantile(level) * standardErrorOfLog;
    return new Interval(ratio * Math.exp(-reach), ratio * Math.exp(reach), level);
  }
}
