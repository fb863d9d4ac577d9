package dev.pumphandle.fieldwork.log;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Moments as logs write them. Where a line names no offset the log's zone is meant; where it names
/// no year, the latest year in which the moment does not lie after the log was last written.
///
/// @param zone what clock lines without an offset were written by
/// @param until when the log was last written
record Clock(ZoneId zone, Instant until) {

  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})[-/](\\d{2})[-/](\\d{2})[T ](\\d{2}):(\\d{2}):(\\d{2})(?:[.,](\\d{1,9}))?"
              + " ?(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?(?!\\d))?");

  private static final Pattern MONTH_NAMED =
      Pattern.compile(
          "(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) +(\\d{1,2}) (\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?(?: (\\d{4})(?!\\d))?");

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  /// How far a clock that wrote a line may have been ahead of the one that wrote the file's time.
  private static final Duration AHEAD = Duration.ofDays(1);

  /// The moment that a text begins with.
  Optional<Instant> beginning(String text) {
    Matcher iso = ISO.matcher(text);
    if (iso.lookingAt()) {
      return iso(iso);
    }
    Matcher named = MONTH_NAMED.matcher(text);
    return named.lookingAt() ? named(named) : Optional.empty();
  }

  private Optional<Instant> iso(Matcher iso) {
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(iso, 1),
              number(iso, 2),
              number(iso, 3),
              number(iso, 4),
              number(iso, 5),
              number(iso, 6),
              nanos(iso.group(7)));
      return Optional.of(local.atZone(zone(iso.group(8))).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private ZoneId zone(@org.jspecify.annotations.Nullable String written) {
    if (written == null) {
      return zone;
    }
    return written.startsWith("+") || written.startsWith("-")
        ? ZoneOffset.of(written)
        : ZoneOffset.UTC;
  }

  private Optional<Instant> named(Matcher named) {
    int month = MONTHS.indexOf(named.group(1)) + 1;
    if (month == 0) {
      return Optional.empty();
    }
    Optional<Integer> year = Optional.ofNullable(named.group(7)).map(Integer::valueOf);
    return moment(
        year,
        month,
        number(named, 2),
        number(named, 3),
        number(named, 4),
        number(named, 5),
        nanos(named.group(6)));
  }

  /// The moment in the log's zone.
  ///
  /// @param year empty where the log does not say
  Optional<Instant> moment(
      Optional<Integer> year, int month, int day, int hour, int minute, int second, int nano) {
    try {
      if (year.isPresent()) {
        return Optional.of(at(year.get(), month, day, hour, minute, second, nano));
      }
      int last = until.plus(AHEAD).atZone(zone).getYear();
      for (int each = last; each > last - 8; each--) {
        if (day > Month.of(month).length(java.time.Year.isLeap(each))) {
          continue;
        }
        Instant at = at(each, month, day, hour, minute, second, nano);
        if (!at.isAfter(until.plus(AHEAD))) {
          return Optional.of(at);
        }
      }
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Instant at(int year, int month, int day, int hour, int minute, int second, int nano) {
    return LocalDateTime.of(year, month, day, hour, minute, second, nano).atZone(zone).toInstant();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /// A fraction of a second as nanoseconds.
  static int nanos(@org.jspecify.annotations.Nullable String fraction) {
    return fraction == null || fraction.isEmpty()
        ? 0
        : Integer.parseInt((fraction + "000000000").substring(0, 9));
  }

  /// Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by their
  /// length; a fraction may follow.
  static Optional<Instant> epoch(String text) {
    Matcher number = EPOCH.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    String whole = number.group(1);
    long value = Long.parseLong(whole);
    if (whole.length() <= 11) {
      return Optional.of(Instant.ofEpochSecond(value, nanos(number.group(2))));
    }
    return Optional.of(
        switch ((whole.length() - 12) / 3) {
          case 0 -> Instant.ofEpochMilli(value);
          case 1 -> Instant.EPOCH.plus(value, java.time.temporal.ChronoUnit.MICROS);
          default -> Instant.ofEpochSecond(value / 1_000_000_000, value % 1_000_000_000);
        });
  }

  private static final Pattern EPOCH =
      Pattern.compile("(\\d{9,18}|1\\d{18})(?:\\.(\\d{1,9})\\d*)?");
}
