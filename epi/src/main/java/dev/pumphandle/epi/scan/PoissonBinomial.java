package dev.pumphandle.epi.scan;

/// The number of successes in independent trials with different probabilities, exactly.
///
/// Source: R. E. Barlow, K. D. Heidtmann, IEEE Transactions on Reliability 33 (1984) 322–323.
public final class PoissonBinomial {

  private final double[] probabilities;

  /// @param trials the probability of each trial
  public PoissonBinomial(double[] trials) {
    double[] p = new double[trials.length + 1];
    p[0] = 1;
    for (int i = 0; i < trials.length; i++) {
      if (!(trials[i] >= 0 && trials[i] <= 1))
        throw new IllegalArgumentException("probability " + trials[i]);
      for (int k = i + 1; k > 0; k--) p[k] = p[k] * (1 - trials[i]) + p[k - 1] * trials[i];
      p[0] *= 1 - trials[i];
    }
    this.probabilities = p;
  }

  /// P(X = k).
  public double probability(int k) {
    return k < 0 || k >= probabilities.length ? 0 : probabilities[k];
  }

  /// P(X ≥ k).
  public double atLeast(int k) {
    double sum = 0;
    for (int i = probabilities.length - 1; i >= Math.max(0, k); i--) sum += probabilities[i];
    return Math.min(1, sum);
  }
}
