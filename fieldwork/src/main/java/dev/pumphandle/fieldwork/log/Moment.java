package dev.pumphandle.fieldwork.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Moments with an offset of their own, as supervisors write them.
public final class Moment {

  private Moment() {}

  /// ISO 8601, RFC 1123 or seconds since the epoch; empty where it is none of them.
  public static Optional<Instant> of(String text) {
    String moment = text.strip();
    if (moment.matches("\\d{9,19}(?:\\.\\d+)?")) {
      return Clock.epoch(moment);
    }
    try {
      return Optional.of(OffsetDateTime.parse(moment).toInstant());
    } catch (DateTimeException _) {
      return rfc1123(moment);
    }
  }

  private static Optional<Instant> rfc1123(String moment) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(moment)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
