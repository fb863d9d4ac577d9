package dev.pumphandle.epi.measure;

import java.util.List;

/// Whether the strata share one odds ratio; if not (p below 0.05), print the strata, not one
/// number.
///
/// @param tables the strata
public record Homogeneity(StratifiedTables tables) {

  /// `Σ(a − A)²/Var`, where A is the count expected in a stratum under the common odds ratio of
  /// Mantel and Haenszel and `Var = 1 / Σ(1/expected cell)`.
  ///
  /// Source: N. E. Breslow, N. E. Day, Statistical Methods in Cancer Research I (IARC 1980), §4.4.
  public TestResult breslowDay() {
    return test(false);
  }

  /// Breslow and Day's statistic less `(Σ(a − A))² / ΣVar`, which makes it χ² in large samples.
  ///
  /// Source: R. E. Tarone, Biometrika 72 (1985) 91–95.
  public TestResult tarone() {
    return test(true);
  }

  private TestResult test(boolean corrected) {
    List<TwoByTwo> strata = tables.informative();
    double common = commonOddsRatio(strata);
    if (!(common > 0) || Double.isInfinite(common) || strata.size() < 2)
      return TestResult.chiSquare(Double.NaN, strata.size() - 1);
    double statistic = 0;
    double deviation = 0;
    double variance = 0;
    for (TwoByTwo t : strata) {
      double expected = expectedExposedCases(t, common);
      double v =
          1
              / (1 / expected
                  + 1 / (t.exposed() - expected)
                  + 1 / (t.cases() - expected)
                  + 1 / (t.unexposed() - t.cases() + expected));
      double d = t.exposedCases() - expected;
      statistic += d * d / v;
      deviation += d;
      variance += v;
    }
    if (corrected) statistic -= deviation * deviation / variance;
    return TestResult.chiSquare(Math.max(0, statistic), strata.size() - 1);
  }

  private static double commonOddsRatio(List<TwoByTwo> strata) {
    double r = 0;
    double s = 0;
    for (TwoByTwo t : strata) {
      r += (double) t.exposedCases() * t.unexposedOthers() / t.total();
      s += (double) t.exposedOthers() * t.unexposedCases() / t.total();
    }
    return r / s;
  }

  // The A with A(n0 − m1 + A) = ψ (n1 − A)(m1 − A) inside the margins: a quadratic whose
  // smaller-sized
  // root form 2c/(−b ∓ √…) stays exact when ψ is near 1.
  private static double expectedExposedCases(TwoByTwo t, double psi) {
    double n1 = t.exposed();
    double m1 = t.cases();
    double n0 = t.unexposed();
    double a = 1 - psi;
    double b = n0 - m1 + psi * (n1 + m1);
    double c = -psi * n1 * m1;
    double root = Math.sqrt(b * b - 4 * a * c);
    return b >= 0 ? -2 * c / (b + root) : (-b + root) / (2 * a);
  }
}
