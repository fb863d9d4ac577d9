package dev.pumphandle.app.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a watch remembers from look to look.
///
/// @param begin since when it watches; what lies before is the past that it learns from
/// @param restarts from when each stream is watched, where an alarm made it start anew
/// @param alerts all of them: what was under alert is no past to learn from
/// @param undelivered what a receiver has not taken yet
/// @param raised alerts raised, ever
public record WatchState(
    Optional<Instant> begin,
    Map<StreamName, Instant> restarts,
    List<Alert> alerts,
    List<Delivery> undelivered,
    long raised) {

  /// Something to be delivered.
  ///
  /// @param receiver which one
  /// @param alert its fingerprint
  /// @param end whether it tells the end
  public record Delivery(Receiver receiver, String alert, boolean end) {}

  /// Who is told besides the person who watches.
  public enum Receiver {
    /// Takes what Alertmanager sends to a webhook.
    WEBHOOK,
    /// Is an Alertmanager itself.
    ALERTMANAGER
  }

  /// Copies the collections.
  public WatchState {
    restarts = Map.copyOf(restarts);
    alerts = List.copyOf(alerts);
    undelivered = List.copyOf(undelivered);
  }

  /// Nothing yet.
  static WatchState none() {
    return new WatchState(Optional.empty(), Map.of(), List.of(), List.of(), 0);
  }

  /// The alert of a stream that goes on.
  Optional<Alert> activeOn(StreamName stream) {
    return alerts.stream().filter(a -> a.active() && a.stream().equals(stream)).findFirst();
  }

  /// What is still to be told to the person.
  List<Alert> untold() {
    return alerts.stream().filter(a -> !a.told() || (!a.active() && !a.endTold())).toList();
  }

  /// The same after the person was told everything.
  WatchState afterTelling() {
    return new WatchState(
        begin, restarts, alerts.stream().map(Alert::afterTelling).toList(), undelivered, raised);
  }

  /// The same with other deliveries outstanding.
  WatchState with(List<Delivery> outstanding) {
    return new WatchState(begin, restarts, alerts, outstanding, raised);
  }

  /// The same with a stream that starts anew.
  WatchState restarted(StreamName stream, Instant from) {
    Map<StreamName, Instant> all = new TreeMap<>(restarts);
    all.put(stream, from);
    return new WatchState(begin, all, alerts, undelivered, raised);
  }
}
