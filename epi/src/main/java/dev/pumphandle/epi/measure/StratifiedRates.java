package dev.pumphandle.epi.measure;

import dev.pumphandle.epi.numeric.Roots;
import java.util.List;

/// One exposure, many strata, with host-time as denominator.
///
/// In a stratum: x1 events in T1 exposed, x0 events in T0 unexposed, T = T1 + T0.
///
/// Source: K. J. Rothman, S. Greenland, T. L. Lash, Modern Epidemiology, 3rd ed., ch. 15; S.
/// Greenland, J. Robins, Biometrics 41 (1985) 55–68.
///
/// @param strata the two rates of each stratum
public record StratifiedRates(List<RateRatio> strata) {

  /// Copies the strata.
  public StratifiedRates {
    strata = List.copyOf(strata);
  }

  /// The rates of all strata thrown together.
  public RateRatio crude() {
    long x1 = 0;
    long x0 = 0;
    double t1 = 0;
    double t0 = 0;
    for (RateRatio s : strata) {
      x1 += s.exposed().events();
      x0 += s.unexposed().events();
      t1 += s.exposed().time();
      t0 += s.unexposed().time();
    }
    return new RateRatio(new Rate(x1, t1), new Rate(x0, t0));
  }

  /// The Mantel–Haenszel rate ratio `Σ(x1 T0/T) / Σ(x0 T1/T)`, variance of its logarithm
  /// `Σ(x T1 T0/T²) / [Σ(x1 T0/T) Σ(x0 T1/T)]`.
  public Estimate rateRatio(double level) {
    double r = 0;
    double s = 0;
    double v = 0;
    int informative = 0;
    for (RateRatio stratum : strata) {
      double t1 = stratum.exposed().time();
      double t0 = stratum.unexposed().time();
      double t = t1 + t0;
      long x = stratum.exposed().events() + stratum.unexposed().events();
      if (t1 == 0 || t0 == 0 || x == 0) continue;
      informative++;
      r += stratum.exposed().events() * t0 / t;
      s += stratum.unexposed().events() * t1 / t;
      v += x * t1 * t0 / (t * t);
    }
    if (informative == 0) return Estimate.notEstimable("no informative stratum", level);
    double ratio = r / s;
    Interval interval =
        r > 0 && s > 0
            ? Wald.ofLogarithm(ratio, Math.sqrt(v / (r * s)), level)
            : Interval.undefined(level);
    Estimate estimate = Estimate.of(ratio, interval);
    if (informative < strata.size())
      estimate = estimate.with(new Caveat.UninformativeStrata(informative, strata.size()));
    if (Double.isInfinite(ratio))
      estimate = estimate.with(new Caveat.OneSided(Caveat.OneSided.Side.AT_LEAST));
    return ratio == 0 ? estimate.with(new Caveat.OneSided(Caveat.OneSided.Side.AT_MOST)) : estimate;
  }

  /// The exact interval where all events are on one side, which has one limit: where they would all
  /// be on it with the probability of the mid-p limit, `Π (ρT1/(ρT1 + T0))^x = 2α/2`.
  ///
  /// @throws IllegalStateException if there are events on both sides in strata with time on both
  public Interval oneSided(double level) {
    boolean inside = strata.stream().anyMatch(s -> timed(s) && s.exposed().events() > 0);
    boolean outside = strata.stream().anyMatch(s -> timed(s) && s.unexposed().events() > 0);
    if (inside && outside) throw new IllegalStateException("events on both sides");
    if (!inside && !outside) return Interval.undefined(level);
    double tail = Math.log(2 * Interval.tail(level));
    double limit =
        Math.exp(Roots.anywhere(log -> logOfAll(Math.exp(log), inside) - tail, 0, 700, 1e-12));
    return inside
        ? new Interval(limit, Double.POSITIVE_INFINITY, level)
        : new Interval(0, limit, level);
  }

  // A stratum with time on one side only says nothing of the ratio, wherever its events are.
  private static boolean timed(RateRatio stratum) {
    return stratum.exposed().time() > 0 && stratum.unexposed().time() > 0;
  }

  private double logOfAll(double ratio, boolean inside) {
    double sum = 0;
    for (RateRatio stratum : strata) {
      double t1 = ratio * stratum.exposed().time();
      double t0 = stratum.unexposed().time();
      long x = stratum.exposed().events() + stratum.unexposed().events();
      if (!timed(stratum) || x == 0) continue;
      sum += x * Math.log((inside ? t1 : t0) / (t1 + t0));
    }
    return sum;
  }

  /// χ² of `Σx1 − Σ x T1/T` with variance `Σ x T1 T0/T²`.
  public TestResult mantelHaenszel() {
    double deviation = 0;
    double variance = 0;
    for (RateRatio stratum : strata) {
      double t1 = stratum.exposed().time();
      double t0 = stratum.unexposed().time();
      double t = t1 + t0;
      long x = stratum.exposed().events() + stratum.unexposed().events();
      if (t == 0) continue;
      deviation += stratum.exposed().events() - x * t1 / t;
      variance += x * t1 * t0 / (t * t);
    }
    return TestResult.chiSquare(variance == 0 ? Double.NaN : deviation * deviation / variance, 1);
  }

  /// The standardised ratio: exposed events over those expected at the unexposed rates.
  public double standardisedRatio() {
    double observed = 0;
    double expected = 0;
    for (RateRatio stratum : strata) {
      if (stratum.exposed().time() == 0) continue;
      observed += stratum.exposed().events();
      expected += stratum.unexposed().value() * stratum.exposed().time();
    }
    return observed / expected;
  }
}
