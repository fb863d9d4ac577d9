package dev.pumphandle.epi.surveillance;

/// The Shiryaev–Roberts statistic for one rise ρ of Poisson counts:
/// `R ← (1 + R) · ρ^y exp(−μ(ρ − 1))`.
///
/// When μ is known, R minus the number of bins is a martingale; an alarm at R ≥ A therefore comes
/// after A bins on average, or later.
///
/// Source: A. N. Shiryaev, Theory of Probability and its Applications 8 (1963) 22–46; S. W.
/// Roberts,
/// Technometrics 8 (1966) 411–430; M. Pollak, Annals of Statistics 13 (1985) 206–227.
///
/// @param factor ρ
public record ShiryaevRoberts(double factor) {

  /// `ln R` after each bin; in logarithms, since R grows beyond any number.
  public double[] logStatistic(double[] events, double[] expected) {
    double[] log = new double[events.length];
    double r = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < log.length; i++) {
      r = logOnePlus(r) + events[i] * Math.log(factor) - expected[i] * (factor - 1);
      log[i] = r;
    }
    return log;
  }

  /// `ln(1 + exp r)`.
  static double logOnePlus(double r) {
    return r > 0 ? r + Math.log1p(Math.exp(-r)) : Math.log1p(Math.exp(r));
  }
}
