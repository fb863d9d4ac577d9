package dev.pumphandle.epi.surveillance;

/// What a quiet stream expects, learnt from its history and a little pessimistic on purpose.
///
/// The rate is `(c + 1)/H`: the extra event keeps a stream without history from alarming at its
/// first
/// case. What is not known of the rate widens the distribution of the counts:
/// `k = 1/(α + 1/(c + 1))`.
///
/// @param events c, events in the history
/// @param exposure H, exposure in the history, above zero
/// @param excess α, the negative binomial excess by moments
public record ExpectedRate(double events, double exposure, double excess) {

  /// Refuses a history without exposure.
  public ExpectedRate {
    if (!(exposure > 0 && events >= 0 && excess >= 0))
      throw new IllegalArgumentException("a history needs exposure above zero");
  }

  /// Events per unit of exposure.
  public double rate() {
    return (events + 1) / exposure;
  }

  /// k of the negative binomial predictive distribution.
  public double concentration() {
    return 1 / (excess + 1 / (events + 1));
  }
}
