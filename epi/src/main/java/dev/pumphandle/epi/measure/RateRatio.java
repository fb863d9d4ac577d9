package dev.pumphandle.epi.measure;

import dev.pumphandle.epi.numeric.Roots;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Two rates compared, given the total number of events: the exposed share of `x1 + x0` events is
/// binomial with probability `ρT1/(ρT1 + T0)`, ρ the rate ratio.
///
/// Source: K. J. Rothman, S. Greenland, T. L. Lash, Modern Epidemiology, 3rd ed., ch. 14.
///
/// @param exposed x1 events in T1
/// @param unexposed x0 events in T0, in the same unit of time
public record RateRatio(Rate exposed, Rate unexposed) {

  private static final long FEW = 5;

  /// (x1/T1)/(x0/T0): infinite when only x0 is zero, NaN when both are.
  public double value() {
    return exposed.value() / unexposed.value();
  }

  /// The ratio with its mid-p interval, which is what is shown.
  public Estimate estimate(double level) {
    if (exposed.time() == 0 || unexposed.time() == 0)
      return Estimate.notEstimable("no time at risk on one side", level);
    if (events() == 0) return Estimate.notEstimable("no events on either side", level);
    List<Caveat> caveats = new ArrayList<>();
    if (unexposed.events() == 0) caveats.add(new Caveat.OneSided(Caveat.OneSided.Side.AT_LEAST));
    if (exposed.events() == 0) caveats.add(new Caveat.OneSided(Caveat.OneSided.Side.AT_MOST));
    if (exposed.events() < FEW) caveats.add(new Caveat.SmallCounts(exposed.events()));
    return new Estimate(value(), midPInterval(level), caveats);
  }

  /// The exact interval, from Clopper and Pearson's limits of the exposed share.
  public Interval exactInterval(double level) {
    if (events() == 0) return Interval.undefined(level);
    Interval share = new Proportion(exposed.events(), events()).clopperPearson(level);
    return new Interval(ratio(share.lower()), ratio(share.upper()), level);
  }

  /// The mid-p interval.
  public Interval midPInterval(double level) {
    if (events() == 0) return Interval.undefined(level);
    double tail = Interval.tail(level);
    double lower = exposed.events() == 0 ? 0 : ratioWhere(tail, true);
    double upper = unexposed.events() == 0 ? Double.POSITIVE_INFINITY : ratioWhere(tail, false);
    return new Interval(lower, upper, level);
  }

  private double ratioWhere(double tail, boolean upperTail) {
    double logit =
        Roots.anywhere(
            l -> {
              double above = midAbove(1 / (1 + Math.exp(-l)));
              return (upperTail ? above : 1 - above) - tail;
            },
            Math.log((exposed.events() + 0.5) / (unexposed.events() + 0.5)),
            700,
            1e-13);
    return Math.exp(logit) * unexposed.time() / exposed.time();
  }

  /// The interval of the logarithm, variance 1/x1 + 1/x0; undefined with a zero count.
  public Interval waldInterval(double level) {
    if (exposed.events() == 0 || unexposed.events() == 0) return Interval.undefined(level);
    double error = Math.sqrt(1.0 / exposed.events() + 1.0 / unexposed.events());
    return Wald.ofLogarithm(value(), error, level);
  }

  /// P(at least x1 exposed events) if the rates are equal.
  public double pGreater() {
    return events() == 0 ? 1 : new Proportion(exposed.events(), events()).pGreater(shareIfEqual());
  }

  /// The exact two-sided p: shares no more probable than the observed one.
  public double pTwoSided() {
    return events() == 0 ? 1 : new Proportion(exposed.events(), events()).pTwoSided(shareIfEqual());
  }

  /// P(more than x1) + P(x1)/2 if the rates are equal.
  public double midPGreater() {
    return events() == 0 ? 0.5 : midAbove(shareIfEqual());
  }

  /// Twice the smaller one-sided mid-p, at most 1.
  public double midPTwoSided() {
    return events() == 0 ? 1 : 2 * Math.min(midPGreater(), midBelow(shareIfEqual()));
  }

  /// x1/T1 − x0/T0.
  public double difference() {
    return exposed.value() - unexposed.value();
  }

  /// The ratio with half an event added to each side, always finite.
  public double withHalfAdded() {
    return (exposed.events() + 0.5)
        / exposed.time()
        / ((unexposed.events() + 0.5) / unexposed.time());
  }

  private long events() {
    return exposed.events() + unexposed.events();
  }

  private double shareIfEqual() {
    return exposed.time() / (exposed.time() + unexposed.time());
  }

  private double ratio(double share) {
    return share / (1 - share) * unexposed.time() / exposed.time();
  }

  private double midAbove(double share) {
    BinomialDistribution binomial = BinomialDistribution.of(Math.toIntExact(events()), share);
    int x = Math.toIntExact(exposed.events());
    return binomial.survivalProbability(x) + binomial.probability(x) / 2;
  }

  private double midBelow(double share) {
    BinomialDistribution binomial = BinomialDistribution.of(Math.toIntExact(events()), share);
    int x = Math.toIntExact(exposed.events());
    return binomial.cumulativeProbability(x - 1) + binomial.probability(x) / 2;
  }
}
