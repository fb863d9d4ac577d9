package dev.pumphandle.linelist;

import java.time.Instant;
import java.util.Map;

/// What one line of one file says about one node: that it was seen, or that it lived through a
/// stretch of time, and with what.
///
/// Reports are stored as they were read; `host_intervals` is worked out from all of them, so that
/// neither the order in which files come nor reading one twice makes a difference.
///
/// @param basis whether the stretch was asserted or seen
/// @param stream what the report can be compared with: two sightings of one stream report the same
///   things, so that what both say held in between
/// @param node the node's name
/// @param values what it lived with, by column of [HostColumns]; moments as ISO 8601, UTC
/// @param from the begin, or the first sighting
/// @param to the end, or the last sighting; equals `from` for one sighting
/// @param spacing seconds between the sightings within; 0 when there are none
/// @param source the file
/// @param line the line in it, or the number of the object, from 1
public record HostReport(
    Basis basis,
    String stream,
    String node,
    Map<String, String> values,
    Instant from,
    Instant to,
    long spacing,
    String source,
    long line) {

  /// How the reporter knows.
  public enum Basis {
    /// Somebody wrote down both ends.
    ASSERTED,
    /// The node was seen at the first and at the last moment.
    SEEN
  }

  /// Copies the values and checks the ends.
  public HostReport {
    values = Map.copyOf(values);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          node + ": expected an end after " + from + ", found " + to);
    }
  }

  /// The same report with other values.
  public HostReport with(Map<String, String> others) {
    return new HostReport(basis, stream, node, others, from, to, spacing, source, line);
  }

  /// Where it stands, for messages.
  public String place() {
    return source + ":" + line;
  }
}
