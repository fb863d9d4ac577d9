package dev.pumphandle.epi.measure;

import dev.pumphandle.epi.numeric.Roots;
import java.util.function.DoubleUnaryOperator;

/// The odds ratio given the margins: maximum likelihood, with an exact or mid-p interval.
///
/// The estimate is the ψ at which the expected number of exposed cases equals the observed one. The
/// limits are the ψ at which the tail beyond the observed count is (1 − level)/2; the mid-p
/// interval
/// counts half of the observed table's own probability and is shorter, with coverage near the
/// level.
///
/// Source: K. J. Rothman, S. Greenland, T. L. Lash, Modern Epidemiology, 3rd ed., ch. 14.
public final class ConditionalOddsRatio {

  private static final double LOG_LIMIT = 600;
  private static final double LOG_TOLERANCE = 1e-13;
  private static final double EXACT = 1;
  private static final double MID = 0.5;

  private final ConditionalDistribution distribution;
  private final int observed;

  ConditionalOddsRatio(ConditionalDistribution distribution, int observed) {
    this.distribution = distribution;
    this.observed = observed;
  }

  /// The measure for one table.
  public static ConditionalOddsRatio of(TwoByTwo table) {
    return new ConditionalOddsRatio(
        ConditionalDistribution.of(table), Math.toIntExact(table.exposedCases()));
  }

  /// The common odds ratio of several tables; informative ones only change the answer.
  public static ConditionalOddsRatio common(Iterable<TwoByTwo> strata) {
    ConditionalDistribution sum = ConditionalDistribution.of(new TwoByTwo(0, 0, 0, 0));
    long observed = 0;
    for (TwoByTwo stratum : strata) {
      sum = sum.plus(ConditionalDistribution.of(stratum));
      observed += stratum.exposedCases();
    }
    return new ConditionalOddsRatio(sum, Math.toIntExact(observed));
  }

  /// Whether the margins leave more than one possible table.
  public boolean informative() {
    return distribution.lowest() < distribution.highest();
  }

  /// The conditional maximum likelihood estimate: 0 or infinite at an end of the support, NaN when
  /// the margins leave one table only.
  public double estimate() {
    if (!informative()) return Double.NaN;
    if (observed == distribution.lowest()) return 0;
    if (observed == distribution.highest()) return Double.POSITIVE_INFINITY;
    return root(l -> distribution.mean(l) - observed);
  }

  /// The exact (Cornfield–Fisher) interval; never shorter than its level.
  public Interval exactInterval(double level) {
    return interval(level, EXACT);
  }

  /// The mid-p interval.
  public Interval midPInterval(double level) {
    return interval(level, MID);
  }

  // With one possible table only, the interval is everything from 0 to infinity.
  private Interval interval(double level, double share) {
    double tail = Interval.tail(level);
    double lower =
        observed == distribution.lowest()
            ? 0
            : root(l -> distribution.above(l, observed, share) - tail);
    double upper =
        observed == distribution.highest()
            ? Double.POSITIVE_INFINITY
            : root(l -> distribution.below(l, observed, share) - tail);
    return new Interval(lower, upper, level);
  }

  private static double root(DoubleUnaryOperator inLogOdds) {
    return Math.exp(Roots.anywhere(inLogOdds, 0, LOG_LIMIT, LOG_TOLERANCE));
  }

  /// The same figures as R's `fisher.test` and `mantelhaen.test(exact = TRUE)` print them.
  public PrintedByR printedByR() {
    return new PrintedByR(distribution, observed);
  }

  /// P(A ≥ observed) at ψ = 1.
  public double pGreater() {
    return Math.min(1, distribution.above(0, observed, EXACT));
  }

  /// P(A ≤ observed) at ψ = 1.
  public double pLess() {
    return Math.min(1, distribution.below(0, observed, EXACT));
  }

  /// P(A > observed) + P(A = observed)/2 at ψ = 1.
  public double midPGreater() {
    return distribution.above(0, observed, MID);
  }

  /// P(A < observed) + P(A = observed)/2 at ψ = 1.
  public double midPLess() {
    return distribution.below(0, observed, MID);
  }

  /// Twice the smaller one-sided mid-p, at most 1.
  public double midPTwoSided() {
    return Math.min(1, 2 * Math.min(midPGreater(), midPLess()));
  }

  /// Fisher's two-sided p: the sum over tables no more probable than the observed one, where
  /// probabilities within 1e-7 (relative) count as equal, as in R.
  public double pTwoSided() {
    double[] p = distribution.probabilities(0);
    double bar = p[observed - distribution.lowest()] * (1 + 1e-7);
    double sum = 0;
    for (double x : p) if (x <= bar) sum += x;
    return Math.min(1, sum);
  }

  /// The least p-value that P(A ≥ a) can attain with these margins, see
  /// [dev.pumphandle.epi.adjust.Tarone].
  public double leastAttainableP() {
    double[] p = distribution.probabilities(0);
    return p[p.length - 1];
  }
}
