package dev.pumphandle.epi.race;

import dev.pumphandle.epi.measure.Interval;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/// How often an asynchronous event (a timer signal, say) falls into a window of vulnerability that
/// an
/// operation opens, over a fleet.
///
/// With a window of w seconds and one asynchronous event per P seconds, one operation is hit with
/// probability `p = 1 − exp(−w/P)`. A host with e operations per second is harmed
/// `86,400 · e · p · q` times a day, q the probability that a hit does harm.
///
/// @param windowNanos w (nanoseconds)
/// @param periodSeconds P (seconds)
/// @param load what the fleet does
public record RaceWindow(double windowNanos, double periodSeconds, Load load) {

  private static final double NORMAL = 1e8;
  private static final double RARE = 0.1;
  private static final double NANOS = 1e-9;

  /// What the fleet does while the window is open to chance.
  ///
  /// @param operationsPerHostSecond e (per second and host)
  /// @param hosts how many hosts
  /// @param days how long (days)
  /// @param harm q, P(harm | hit), in [0, 1]
  public record Load(double operationsPerHostSecond, double hosts, double days, double harm) {

    static final double SECONDS_PER_DAY = 86_400;

    /// Refuses what is not a number of things.
    public Load {
      if (!(operationsPerHostSecond >= 0 && hosts >= 0 && days >= 0 && harm >= 0 && harm <= 1))
        throw new IllegalArgumentException("a load below zero, or harm outside [0, 1]");
    }

    /// E: how many operations could have done harm, `86,400 · e · q · hosts · days`.
    public double opportunities() {
      return SECONDS_PER_DAY * operationsPerHostSecond * harm * hosts * days;
    }
  }

  /// Refuses a window below zero or a period that is not above zero.
  public RaceWindow {
    if (!(windowNanos >= 0 && periodSeconds > 0))
      throw new IllegalArgumentException("a window below zero, or a period not above zero");
  }

  /// Whether w/P is small enough (at most 0.1) for hits to be rare and independent; if not, the
  /// figures here must not be shown.
  public boolean rare() {
    return hitProbabilityLinear() <= RARE;
  }

  /// w/P, the usual approximation.
  public double hitProbabilityLinear() {
    return windowNanos * NANOS / periodSeconds;
  }

  /// p = 1 − exp(−w/P).
  public double hitProbability() {
    return -Math.expm1(-hitProbabilityLinear());
  }

  /// Harmful hits per host and day.
  public double ratePerHostDay() {
    return Load.SECONDS_PER_DAY * load.operationsPerHostSecond() * hitProbability() * load.harm();
  }

  /// Harmful hits per day over the fleet.
  public double fleetPerDay() {
    return ratePerHostDay() * load.hosts();
  }

  /// M: harmful hits expected over the whole time.
  public double expected() {
    return fleetPerDay() * load.days();
  }

  /// P(at least one) = 1 − exp(−M).
  public double atLeastOne() {
    return -Math.expm1(-expected());
  }

  /// The counts that chance alone would give: Poisson quantiles around M; where M is so large that
  /// they are no longer counted in 32 bits, those of its normal limit.
  public Interval countRange(double level) {
    double tail = (1 - level) / 2;
    if (expected() == 0) return new Interval(0, 0, level);
    if (expected() > NORMAL) {
      NormalDistribution normal = NormalDistribution.of(expected(), Math.sqrt(expected()));
      return new Interval(
          Math.floor(normal.inverseCumulativeProbability(tail)),
          Math.ceil(normal.inverseCumulativeProbability(1 - tail)),
          level);
    }
    PoissonDistribution poisson = PoissonDistribution.of(expected());
    return new Interval(
        poisson.inverseCumulativeProbability(tail),
        poisson.inverseCumulativeProbability(1 - tail),
        level);
  }
}
