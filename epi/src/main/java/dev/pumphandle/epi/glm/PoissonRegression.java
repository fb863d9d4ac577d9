package dev.pumphandle.epi.glm;

/// Counts with `ln E[y] = ln exposure + Xβ`.
///
/// Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed., ch. 6.
public final class PoissonRegression {

  private PoissonRegression() {}

  /// The maximum likelihood fit.
  ///
  /// @param y events, row by row
  /// @param exposure time at risk or expected count; rows with zero exposure say nothing
  public static Fit fit(Design x, double[] y, double[] exposure) {
    return new Newton(x, y, new Family.Poisson(exposure), false).fit();
  }

  /// The fit with Firth's penalty, finite also when a group has no events.
  ///
  /// Source: D. Firth, Biometrika 80 (1993) 27–38.
  public static Fit firth(Design x, double[] y, double[] exposure) {
    return new Newton(x, y, new Family.Poisson(exposure), true).fit();
  }
}
