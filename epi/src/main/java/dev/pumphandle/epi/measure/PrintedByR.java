package dev.pumphandle.epi.measure;

import dev.pumphandle.epi.numeric.Roots;
import java.util.function.DoubleUnaryOperator;

/// The conditional odds ratio and its exact interval as R 4.2 prints them, for comparison with what
/// others have published; never shown as ours.
///
/// R looks for 1/ψ between 2⁻⁵² and 1 (or for ψ between 0 and 1) with an absolute tolerance of
/// 2⁻¹³ = 1.2e-4, so that a large odds ratio comes out with few digits: for the table
/// (30, 2; 3, 20000) R prints 4.5e15 where the likelihood is largest near 7.3e4.
///
/// Source: R 4.2.2, `stats:::fisher.test` and `stats::uniroot` (their documentation and their
/// printed results; the search is Brent's).
public final class PrintedByR {

  private static final double EPSILON = Math.ulp(1.0);
  private static final double TOLERANCE = Math.pow(EPSILON, 0.25);

  private final ConditionalDistribution distribution;
  private final int observed;

  PrintedByR(ConditionalDistribution distribution, int observed) {
    this.distribution = distribution;
    this.observed = observed;
  }

  /// The estimate that R labels "odds ratio".
  public double estimate() {
    if (observed == distribution.lowest()) return 0;
    if (observed == distribution.highest()) return Double.POSITIVE_INFINITY;
    return search(psi -> mean(psi) - observed, mean(1) > observed);
  }

  private double mean(double psi) {
    return psi == 0 ? distribution.lowest() : distribution.mean(Math.log(psi));
  }

  /// The interval that R labels "conf.int".
  public Interval interval(double level) {
    double tail = Interval.tail(level);
    double lower = 0;
    double upper = Double.POSITIVE_INFINITY;
    if (observed > distribution.lowest()) lower = search(psi -> above(psi) - tail, above(1) > tail);
    if (observed < distribution.highest())
      upper = search(psi -> below(psi) - tail, below(1) < tail);
    return new Interval(lower, upper, level);
  }

  private double above(double psi) {
    return psi == 0
        ? (observed <= distribution.lowest() ? 1 : 0)
        : distribution.above(Math.log(psi), observed, 1);
  }

  private double below(double psi) {
    return psi == 0 ? 1 : distribution.below(Math.log(psi), observed, 1);
  }

  private double search(DoubleUnaryOperator f, boolean belowOne) {
    if (f.applyAsDouble(1) == 0) return 1;
    if (belowOne) return Roots.between(f, 0, 1, TOLERANCE);
    return 1 / Roots.between(t -> f.applyAsDouble(1 / t), EPSILON, 1, TOLERANCE);
  }
}
