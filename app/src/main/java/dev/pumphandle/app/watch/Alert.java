package dev.pumphandle.app.watch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// More cases than the past lets one expect.
///
/// @param stream of what
/// @param raisedAt when it was noticed
/// @param since the start of the excess, at a guess: since then the chart was never at zero
/// @param lastAlarmAt when the detector last alarmed: an excess that goes on alarms again
/// @param resolvedAt when it was over; empty while it is not
/// @param observed cases since then
/// @param expected what was expected of them
/// @param rise the rate, as a multiple of the expected one, that fits best
/// @param hosts who has them, most first
/// @param told whether its beginning has been told to the person who watches
/// @param endTold whether its end has
public record Alert(
    StreamName stream,
    Instant raisedAt,
    Instant since,
    Instant lastAlarmAt,
    Optional<Instant> resolvedAt,
    double observed,
    double expected,
    double rise,
    List<HostCount> hosts,
    boolean told,
    boolean endTold) {

  /// A host and its share.
  ///
  /// @param host the physical host where it is known, else the node
  /// @param cases how many since the start of the excess
  /// @param isNew whether it had none of this label before
  public record HostCount(String host, long cases, boolean isNew) {}

  /// Copies the list.
  public Alert {
    hosts = List.copyOf(hosts);
  }

  /// Whether it goes on.
  boolean active() {
    return resolvedAt.isEmpty();
  }

  /// A name that stays the same from look to look, so that receivers know a repetition. One look
  /// far back can raise several alerts of one stream; they differ in their start.
  String fingerprint() {
    String all = stream.label() + '\n' + stream.region() + '\n' + since.getEpochSecond();
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  Alert alarmedAgain(Instant at, double rise) {
    return new Alert(
        stream, raisedAt, since, at, resolvedAt, observed, expected, rise, hosts, told, endTold);
  }

  Alert over(Instant at) {
    return new Alert(
        stream,
        raisedAt,
        since,
        lastAlarmAt,
        Optional.of(at),
        observed,
        expected,
        rise,
        hosts,
        told,
        endTold);
  }

  /// The same with what is known of it by now.
  Alert present(double observed, double expected, List<HostCount> hosts) {
    return new Alert(
        stream,
        raisedAt,
        since,
        lastAlarmAt,
        resolvedAt,
        observed,
        expected,
        rise,
        hosts,
        told,
        endTold);
  }

  /// Marks what the person has been told.
  Alert afterTelling() {
    return new Alert(
        stream,
        raisedAt,
        since,
        lastAlarmAt,
        resolvedAt,
        observed,
        expected,
        rise,
        hosts,
        true,
        !active());
  }
}
