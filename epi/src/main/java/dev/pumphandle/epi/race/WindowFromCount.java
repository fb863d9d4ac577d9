package dev.pumphandle.epi.race;

import dev.pumphandle.epi.measure.Caveat;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Interval;
import dev.pumphandle.epi.measure.Rate;

/// The race window that a number of crashes speaks for: `w = −P ln(1 − x/E)`.
///
/// Nothing seen gives an upper limit only: absence rules out windows wider than that.
///
/// @param observed x, crashes seen
/// @param periodSeconds P (seconds)
/// @param load what the fleet did, with E opportunities
public record WindowFromCount(long observed, double periodSeconds, RaceWindow.Load load) {

  private static final double NANOS_PER_SECOND = 1e9;

  /// x/E with Garwood's limits.
  public Estimate hitProbability(double level) {
    double opportunities = load.opportunities();
    if (opportunities == 0) return Estimate.notEstimable("no opportunities", level);
    return new Rate(observed, opportunities).estimate(level);
  }

  /// The window (nanoseconds).
  public Estimate windowNanos(double level) {
    Estimate hit = hitProbability(level);
    if (!hit.estimable()) return hit;
    if (hit.value() >= 1) return Estimate.notEstimable("more crashes than opportunities", level);
    Interval limits = hit.interval();
    Estimate window =
        new Estimate(
            nanos(hit.value()),
            new Interval(nanos(limits.lower()), nanos(limits.upper()), level),
            hit.caveats());
    return observed > 0 && observed < 5 ? window.with(new Caveat.SmallCounts(observed)) : window;
  }

  private double nanos(double probability) {
    return probability >= 1
        ? Double.POSITIVE_INFINITY
        : -periodSeconds * NANOS_PER_SECOND * Math.log1p(-probability);
  }
}
