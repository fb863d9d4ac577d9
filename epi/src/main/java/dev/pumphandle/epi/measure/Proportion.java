package dev.pumphandle.epi.measure;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/// `x` out of `n`.
///
/// @param count x
/// @param trials n
public record Proportion(long count, long trials) {

  /// Refuses counts outside 0 … n.
  public Proportion {
    if (count < 0 || count > trials)
      throw new IllegalArgumentException(count + " out of " + trials);
  }

  /// x/n; NaN when n is zero.
  public double value() {
    return (double) count / trials;
  }

  /// The proportion with Wilson's interval, which is the one to show.
  public Estimate estimate(double level) {
    if (trials == 0) return Estimate.notEstimable("nothing was counted", level);
    return Estimate.of(value(), wilson(level));
  }

  /// Wilson's score interval.
  ///
  /// Source: E. B. Wilson, JASA 22 (1927) 209–212.
  public Interval wilson(double level) {
    if (trials == 0) return Interval.undefined(level);
    double z = Wald.quantile(level);
    double n = trials;
    double p = value();
    double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double reach = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return new Interval(
        count == 0 ? 0 : middle - reach, count == trials ? 1 : middle + reach, level);
  }

  /// The exact interval of Clopper and Pearson, for tests.
  ///
  /// Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404–413.
  public Interval clopperPearson(double level) {
    if (trials == 0) return Interval.undefined(level);
    if (trials <= Integer.MAX_VALUE) {
      var i =
          BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(
              (int) trials, (int) count, 1 - level);
      return new Interval(i.getLowerBound(), i.getUpperBound(), level);
    }
    return beta(level, 0, 1);
  }

  /// Jeffreys's interval: the middle of the posterior under the prior Beta(½, ½), with 0 and 1 as
  /// ends where nothing or everything was counted.
  ///
  /// Source: L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101–133.
  public Interval jeffreys(double level) {
    if (trials == 0) return Interval.undefined(level);
    return beta(level, 0.5, 0.5);
  }

  private Interval beta(double level, double added, double addedAbove) {
    double tail = Interval.tail(level);
    long rest = trials - count;
    double lower =
        count == 0
            ? 0
            : BetaDistribution.of(count + added, rest + (added == 0 ? 1 : added))
                .inverseCumulativeProbability(tail);
    double upper =
        rest == 0
            ? 1
            : BetaDistribution.of(count + addedAbove, rest + added)
                .inverseSurvivalProbability(tail);
    return new Interval(lower, upper, level);
  }

  /// The exact two-sided test of a probability: the sum over counts no more probable than the
  /// observed one; probabilities within 1e-7 (relative) count as equal, as in R.
  public double pTwoSided(double probability) {
    return ExactBinomial.twoSided(trials, count, probability);
  }

  /// P(X ≥ x) under `probability`.
  public double pGreater(double probability) {
    return BinomialDistribution.of(Math.toIntExact(trials), probability)
        .survivalProbability(Math.toIntExact(count) - 1);
  }
}
