package dev.pumphandle.epi.surveillance;

import dev.pumphandle.epi.glm.CountSpread;
import java.util.List;

/// One stream of events under watch: what it expects is learnt from its past, what it has is held
/// against that by an [EDetector].
///
/// The last bin may be one that has only begun: events and exposure so far. Within a bin the
/// statistic is a martingale too, so looking early costs no false alarms.
///
/// @param past the bins that the expected rate is learnt from; those without exposure count nothing
/// @param now the bins under watch
public record StreamWatch(List<Bin> past, List<Bin> now) {

  /// The fewest bins from which a spread wider than Poisson can be learnt.
  private static final int FEWEST_FOR_SPREAD = 14;

  /// A stretch of time.
  ///
  /// @param events how many there were
  /// @param exposure what they could happen in, in any unit
  public record Bin(double events, double exposure) {

    /// Refuses what cannot be.
    public Bin {
      if (!(events >= 0 && exposure >= 0)) {
        throw new IllegalArgumentException(events + " events in an exposure of " + exposure);
      }
    }
  }

  /// Copies the lists.
  public StreamWatch {
    past = List.copyOf(past);
    now = List.copyOf(now);
  }

  /// What became of the watch.
  ///
  /// @param observed events under watch
  /// @param expected what the past lets one expect of them
  /// @param alarms bins, counted from the begin of the watch
  /// @param chanceOfNone the probability that there would be no event at all, given the past
  public record Outcome(
      double observed, double expected, List<EDetector.Alarm> alarms, double chanceOfNone) {

    /// Copies the list.
    public Outcome {
      alarms = List.copyOf(alarms);
    }
  }

  /// What the stream expects.
  ///
  /// @param leastExposure the exposure that is assumed where the past has less, so that a stream
  ///     without a past expects one event in that time
  public ExpectedRate learned(double leastExposure) {
    List<Bin> exposed = past.stream().filter(bin -> bin.exposure > 0).toList();
    double events = exposed.stream().mapToDouble(Bin::events).sum();
    double exposure = exposed.stream().mapToDouble(Bin::exposure).sum();
    double excess =
        events > 0 && exposed.size() >= FEWEST_FOR_SPREAD
            ? new CountSpread(
                    exposed.stream().mapToDouble(Bin::events).toArray(),
                    exposed.stream().mapToDouble(Bin::exposure).toArray())
                .excessByMoments()
            : 0;
    return new ExpectedRate(events, Math.max(exposure, leastExposure), excess);
  }

  /// Watches.
  ///
  /// @param threshold when to alarm (bins), see [EDetector#threshold(double, double)]
  /// @param leastExposure as for [#learned(double)]
  public Outcome outcome(double threshold, double leastExposure) {
    ExpectedRate learned = learned(leastExposure);
    double[] events = now.stream().mapToDouble(Bin::events).toArray();
    double[] expected = now.stream().mapToDouble(b -> b.exposure * learned.rate()).toArray();
    double observedSum = now.stream().mapToDouble(Bin::events).sum();
    double expectedSum = now.stream().mapToDouble(b -> b.exposure * learned.rate()).sum();
    double k = learned.concentration();
    double none = Math.exp(k * -Math.log1p(expectedSum / k));
    return new Outcome(
        observedSum, expectedSum, new EDetector(threshold, k).watch(events, expected), none);
  }
}
