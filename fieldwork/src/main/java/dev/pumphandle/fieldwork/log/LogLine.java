package dev.pumphandle.fieldwork.log;

import java.time.Instant;
import java.util.Optional;

/// One line of a log, taken out of what carried it.
///
/// @param text the line without the prefix of its carrier: no time, host or level where those were
///   recognised; no line end
/// @param number its place in the file: the line's, counted from 1; for JSON documents the record's
/// @param time when it was written, as the carrier says
/// @param origin where it comes from
public record LogLine(String text, long number, Optional<Instant> time, Origin origin) {

  /// This line with another text: what a wrapper around it leaves.
  public LogLine with(String other) {
    return new LogLine(other, number, time, origin);
  }
}
