package dev.pumphandle.epi.glm;

/// Cases among trials with `logit p = Xβ`.
///
/// Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed., ch. 4.
public final class LogisticRegression {

  private LogisticRegression() {}

  /// The maximum likelihood fit.
  ///
  /// @param cases cases, row by row
  /// @param trials how many could have been cases
  public static Fit fit(Design x, double[] cases, double[] trials) {
    return new Newton(x, cases, new Family.Binomial(trials), false).fit();
  }

  /// The fit with Firth's penalty, finite also when all cases are on one host.
  ///
  /// Source: D. Firth, Biometrika 80 (1993) 27–38; G. Heinze, M. Schemper, Statistics in Medicine
  /// 21
  /// (2002) 2409–2419.
  public static Fit firth(Design x, double[] cases, double[] trials) {
    return new Newton(x, cases, new Family.Binomial(trials), true).fit();
  }
}
