package dev.pumphandle.epi.measure;

/// The share of cases that would not have happened without the exposure, if the association were
/// causal.
///
/// Source: K. J. Rothman, S. Greenland, T. L. Lash, Modern Epidemiology, 3rd ed., ch. 4 (excess
/// fraction).
///
/// @param riskRatio RR
/// @param exposedShareOfCases a/(a + c)
public record AttributableFraction(double riskRatio, double exposedShareOfCases) {

  /// The fractions of a table.
  public static AttributableFraction of(TwoByTwo table) {
    return new AttributableFraction(
        table.exposedRisk() / table.unexposedRisk(), (double) table.exposedCases() / table.cases());
  }

  /// `1 − 1/RR` among the exposed; below zero for a protective exposure, NaN when RR is zero,
  /// infinite or unknown.
  public double amongExposed() {
    return riskRatio > 0 && riskRatio < Double.POSITIVE_INFINITY ? 1 - 1 / riskRatio : Double.NaN;
  }

  /// `a/(a + c) · (1 − 1/RR)` among all cases.
  public double amongAll() {
    return exposedShareOfCases * amongExposed();
  }

  /// The fraction among all cases as shown to people: zero when there is no excess.
  public double shown() {
    return amongAll() > 0 ? amongAll() : 0;
  }
}
