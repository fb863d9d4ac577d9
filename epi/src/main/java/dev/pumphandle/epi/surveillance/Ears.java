package dev.pumphandle.epi.surveillance;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// The Early Aberration Reporting System's moving charts, for comparison: without a stated rate of
/// false alarms, and with many.
///
/// The bar is the mean plus z standard deviations of `window` bins that end `gap` bins before the
/// present one.
///
/// Source: L. Hutwagner et al., Journal of Urban Health 80 (2003) i89–i96; R package surveillance,
/// `earsC`.
///
/// @param window how many bins of memory, usually 7
/// @param gap bins left out before the present one: 0 for C1, 2 for C2
/// @param alpha one-sided level under a normal distribution, usually 0.001
public record Ears(int window, int gap, double alpha) {

  /// C1: the seven bins just before.
  public static final Ears C1 = new Ears(7, 0, 0.001);

  /// C2: seven bins with a gap of two.
  public static final Ears C2 = new Ears(7, 2, 0.001);

  /// The bar for bin `at` (from 0), NaN where the memory is too short.
  public double bar(double[] y, int at) {
    int from = at - gap - window;
    if (from < 0) return Double.NaN;
    double mean = 0;
    for (int i = from; i < from + window; i++) mean += y[i];
    mean /= window;
    double squares = 0;
    for (int i = from; i < from + window; i++) squares += (y[i] - mean) * (y[i] - mean);
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(alpha);
    return mean + z * Math.sqrt(squares / (window - 1));
  }

  /// Whether bin `at` is above its bar; false where there is none.
  public boolean alarm(double[] y, int at) {
    return y[at] > bar(y, at);
  }
}
