package dev.pumphandle.epi.surveillance;

import dev.pumphandle.epi.numeric.Logs;

/// Evidence that the rate is above the expected one, valid at every look.
///
/// The rate ratio has a Gamma(a, b) prior; after c events where μ were expected the evidence is
/// `e = b^a Γ(a + c) exp(μ) / (Γ(a) (b + μ)^(a + c))`, a martingale with mean 1 when nothing is
/// going
/// on. Stopping at e ≥ 1/α is a false alarm with probability at most α, however often one looks.
///
/// Source: J. Ville, Étude critique de la notion de collectif (1939); A. Ramdas et al., Statistical
/// Science 38 (2023) 576–601.
///
/// @param shape a, above zero
/// @param rate b, above zero
public record EProcess(double shape, double rate) {

  /// The prior that is used unless said otherwise: a = b = 1.
  public static final EProcess USUAL = new EProcess(1, 1);

  /// Refuses a prior that is not a distribution.
  public EProcess {
    if (!(shape > 0 && rate > 0)) throw new IllegalArgumentException("prior needs shape, rate > 0");
  }

  /// `ln e` after c events where μ were expected.
  public double logEvidence(double events, double expected) {
    return shape * Math.log(rate)
        + Logs.gamma(shape + events)
        - Logs.gamma(shape)
        + expected
        - (shape + events) * Math.log(rate + expected);
  }

  /// `ln e` after each bin.
  public double[] logEvidence(double[] events, double[] expected) {
    double[] log = new double[events.length];
    double c = 0;
    double mu = 0;
    for (int i = 0; i < log.length; i++) {
      c += events[i];
      mu += expected[i];
      log[i] = logEvidence(c, mu);
    }
    return log;
  }

  /// The first bin at which the evidence reaches 1/α, or −1.
  public int alarm(double[] events, double[] expected, double alpha) {
    double[] log = logEvidence(events, expected);
    for (int i = 0; i < log.length; i++) if (log[i] >= -Math.log(alpha)) return i;
    return -1;
  }
}
