package dev.pumphandle.epi.measure;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Tails of the binomial distribution that belong to tests.
final class ExactBinomial {

  // R's relErr: two probabilities this close are equal.
  private static final double TIE = 1 + 1e-7;

  private ExactBinomial() {}

  /// The sum of P(X = k) over every k that is no more probable than x.
  ///
  /// Probabilities rise up to the mode and fall after it, so the far tail is found by bisection.
  static double twoSided(long trials, long count, double probability) {
    if (probability <= 0) return count == 0 ? 1 : 0;
    if (probability >= 1) return count == trials ? 1 : 0;
    int n = Math.toIntExact(trials);
    int x = Math.toIntExact(count);
    BinomialDistribution binomial = BinomialDistribution.of(n, probability);
    double bar = binomial.probability(x) * TIE;
    double mean = n * probability;
    if (x == mean) return 1;
    if (x < mean) {
      int low = (int) Math.ceil(mean);
      int high = n + 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (binomial.probability(middle) <= bar) high = middle;
        else low = middle + 1;
      }
      return Math.min(1, binomial.cumulativeProbability(x) + above(binomial, low, n));
    }
    int low = -1;
    int high = (int) Math.floor(mean);
    while (low < high) {
      int middle = Math.floorDiv(low + high + 1, 2);
      if (binomial.probability(middle) <= bar) low = middle;
      else high = middle - 1;
    }
    double below = low < 0 ? 0 : binomial.cumulativeProbability(low);
    return Math.min(1, below + binomial.survivalProbability(x - 1));
  }

  private static double above(BinomialDistribution binomial, int from, int n) {
    return from > n ? 0 : binomial.survivalProbability(from - 1);
  }
}
