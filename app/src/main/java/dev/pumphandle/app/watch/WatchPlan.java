package dev.pumphandle.app.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How to watch.
///
/// @param since where the watch begins; empty for where it once began
/// @param history how far back the past reaches from which is learnt what to expect
/// @param falseAlarmEvery in how much time one false alarm may come, over all streams together
/// @param quiet how long after its last alarm an alert is over
/// @param byRegion whether each region is watched by itself too
public record WatchPlan(
    Optional<Instant> since,
    Duration history,
    Duration falseAlarmEvery,
    Duration quiet,
    boolean byRegion) {}
