package dev.pumphandle.epi.numeric;

import org.apache.commons.numbers.gamma.LogGamma;

/// Logarithms as counting statistics need them.
public final class Logs {

  private Logs() {}

  /// `x · ln y`, with `0 · ln 0 = 0`.
  ///
  /// A cut in which every record is a case makes such a product; without this rule it would be NaN
  /// and the strongest finding of all would be lost.
  public static double xLogY(double x, double y) {
    return x == 0 ? 0 : x * Math.log(y);
  }

  /// `ln x` of each.
  public static double[] of(double[] x) {
    double[] logs = new double[x.length];
    for (int i = 0; i < x.length; i++) logs[i] = Math.log(x[i]);
    return logs;
  }

  /// `ln Γ(x)` for positive x.
  public static double gamma(double x) {
    return LogGamma.value(x);
  }

  /// `ln(Σ exp x)`, without overflow; minus infinity for an empty array.
  public static double sumOfExponentials(double[] x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double v : x) largest = Math.max(largest, v);
    if (Double.isInfinite(largest)) return largest;
    double sum = 0;
    for (double v : x) sum += Math.exp(v - largest);
    return largest + Math.log(sum);
  }

  /// The probabilities proportional to `exp x`.
  public static double[] normalised(double[] x) {
    double total = sumOfExponentials(x);
    double[] p = new double[x.length];
    for (int i = 0; i < x.length; i++) p[i] = Math.exp(x[i] - total);
    return p;
  }
}
