package dev.pumphandle.epi.measure;

/// The unconditional odds ratio `ad/bc`, as textbooks print it; ours is [ConditionalOddsRatio].
///
/// @param table the counts
public record SampleOddsRatio(TwoByTwo table) {

  /// `ad/bc`; infinite when only the denominator is zero, NaN when both are.
  public double value() {
    return (double) table.exposedCases()
        * table.unexposedOthers()
        / ((double) table.exposedOthers() * table.unexposedCases());
  }

  /// Woolf's interval, from the variance `Σ 1/cell` of the logarithm; undefined with a zero cell.
  ///
  /// Source: B. Woolf, Annals of Human Genetics 19 (1955) 251–253.
  public Interval woolf(double level) {
    if (table.hasZero()) return Interval.undefined(level);
    return Wald.ofLogarithm(value(), standardError(0), level);
  }

  /// The odds ratio with half added to every cell, always finite, with its interval.
  ///
  /// Source: J. B. S. Haldane, Annals of Human Genetics 20 (1956) 309–311; F. J. Anscombe,
  /// Biometrika 43 (1956) 461–464.
  public Estimate haldane(double level) {
    double ratio =
        (table.exposedCases() + 0.5)
            * (table.unexposedOthers() + 0.5)
            / ((table.exposedOthers() + 0.5) * (table.unexposedCases() + 0.5));
    return Estimate.of(ratio, Wald.ofLogarithm(ratio, standardError(0.5), level));
  }

  private double standardError(double added) {
    return Math.sqrt(
        1 / (table.exposedCases() + added)
            + 1 / (table.exposedOthers() + added)
            + 1 / (table.unexposedCases() + added)
            + 1 / (table.unexposedOthers() + added));
  }
}
