package dev.pumphandle.app.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What one look saw.
///
/// @param at when it was
/// @param begin since when it is watched
/// @param pastFrom where the past that was learnt from begins
/// @param inHostHours whether expected counts follow host-hours, or plain time
/// @param falseAlarmEvery in how much time one false alarm may come, over all streams together
/// @param streams each stream that has cases or expects some
/// @param watched how many streams are watched
/// @param raised alerts that were not there before
/// @param state what is to be remembered
record LookResult(
    Instant at,
    Instant begin,
    Instant pastFrom,
    boolean inHostHours,
    Duration falseAlarmEvery,
    List<StreamLook> streams,
    int watched,
    List<Alert> raised,
    WatchState state) {

  LookResult {
    streams = List.copyOf(streams);
    raised = List.copyOf(raised);
  }

  /// How much of a past there is.
  Duration past() {
    return Duration.between(pastFrom, begin);
  }
}
