package dev.pumphandle.epi.measure;

import dev.pumphandle.epi.numeric.Roots;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/// Events over host-time.
///
/// @param events x
/// @param time T, the time at risk (hours, or whatever unit the rate shall be per)
public record Rate(long events, double time) {

  /// Refuses negative events or time.
  public Rate {
    if (events < 0 || !(time >= 0))
      throw new IllegalArgumentException(events + " events in " + time);
  }

  /// x/T; NaN or infinite when T is zero.
  public double value() {
    return events / time;
  }

  /// The rate with Garwood's exact interval.
  public Estimate estimate(double level) {
    if (time == 0) return Estimate.notEstimable("no time at risk", level);
    Estimate estimate = Estimate.of(value(), exactInterval(level));
    return events == 0
        ? estimate.with(new Caveat.OneSided(Caveat.OneSided.Side.AT_MOST))
        : estimate;
  }

  /// Garwood's exact interval: χ²(α/2; 2x)/2T and χ²(1 − α/2; 2x + 2)/2T.
  ///
  /// Source: F. Garwood, Biometrika 28 (1936) 437–442.
  public Interval exactInterval(double level) {
    if (time == 0) return Interval.undefined(level);
    double tail = Interval.tail(level);
    double lower =
        events == 0
            ? 0
            : ChiSquaredDistribution.of(2.0 * events).inverseCumulativeProbability(tail) / 2;
    return new Interval(lower / time, upper(tail) / time, level);
  }

  /// The one-sided upper limit; `2.9957/T` at 95 % when nothing was seen (the rule of three).
  public double upperLimit(double level) {
    return time == 0 ? Double.NaN : upper(1 - level) / time;
  }

  private double upper(double tail) {
    return ChiSquaredDistribution.of(2.0 * events + 2).inverseSurvivalProbability(tail) / 2;
  }

  /// The mid-p interval, which counts half the probability of the observed number.
  ///
  /// Source: G. R. Cohen, S. Y. Yang, Statistics in Medicine 13 (1994) 2189–2203.
  public Interval midPInterval(double level) {
    if (time == 0) return Interval.undefined(level);
    double tail = Interval.tail(level);
    double start = Math.log(events + 0.5);
    double lower =
        events == 0
            ? 0
            : Math.exp(Roots.anywhere(l -> above(Math.exp(l)) - tail, start, 700, 1e-13));
    double upper = Math.exp(Roots.anywhere(l -> 1 - above(Math.exp(l)) - tail, start, 700, 1e-13));
    return new Interval(lower / time, upper / time, level);
  }

  // P(X > x) + P(X = x)/2 at this mean
  private double above(double mean) {
    PoissonDistribution poisson = PoissonDistribution.of(Math.max(mean, Double.MIN_NORMAL));
    int x = Math.toIntExact(events);
    return poisson.survivalProbability(x) + poisson.probability(x) / 2;
  }
}
