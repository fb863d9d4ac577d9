package dev.pumphandle.epi.measure;

import dev.pumphandle.epi.numeric.Logs;

/// Large-sample tests of a 2×2 table, for large cells and for comparison with what others print.
///
/// With expected counts below 5 these overstate the evidence; use the exact or mid-p tests of
/// [ConditionalOddsRatio].
///
/// @param table the counts
public record TableTests(TwoByTwo table) {

  private static final double NOTHING = 1e-12;

  /// Pearson's χ², NaN when a margin is zero.
  ///
  /// Source: A. Agresti, Categorical Data Analysis, 3rd ed., §3.2.
  public TestResult pearson() {
    return TestResult.chiSquare(chiSquare(0), 1);
  }

  /// Pearson's χ² with Yates's correction `min(½, |O − E|)`.
  ///
  /// Source: F. Yates, JRSS Supplement 1 (1934) 217–235.
  public TestResult yates() {
    double deviation =
        Math.abs(table.exposedCases() - (double) table.exposed() * table.cases() / table.total());
    return TestResult.chiSquare(chiSquare(Math.min(0.5, deviation)), 1);
  }

  /// The likelihood ratio `G = 2 Σ O ln(O/E)`; rounding noise below 1e-12 is zero, and so is a
  /// table
  /// with a zero margin, which nothing can contradict.
  ///
  /// Source: R. R. Sokal, F. J. Rohlf, Biometry, 3rd ed., §17.4.
  public TestResult likelihoodRatio() {
    double g =
        2
            * (part(table.exposedCases(), table.exposed(), table.cases())
                + part(table.exposedOthers(), table.exposed(), table.others())
                + part(table.unexposedCases(), table.unexposed(), table.cases())
                + part(table.unexposedOthers(), table.unexposed(), table.others()));
    return TestResult.chiSquare(g < NOTHING ? 0 : g, 1);
  }

  private double part(long observed, long row, long column) {
    return Logs.xLogY(
        (double) observed, (double) observed * table.total() / ((double) row * column));
  }

  private double chiSquare(double correction) {
    if (!table.informative()) return Double.NaN;
    double n = table.total();
    double determinant =
        (double) table.exposedCases() * table.unexposedOthers()
            - (double) table.exposedOthers() * table.unexposedCases();
    double deviation = Math.abs(determinant) / n - correction;
    return deviation
        * deviation
        * n
        * n
        * n
        / ((double) table.exposed() * table.unexposed() * table.cases() * table.others());
  }
}
