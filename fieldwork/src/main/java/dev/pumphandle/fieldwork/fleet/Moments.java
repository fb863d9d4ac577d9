package dev.pumphandle.fieldwork.fleet;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Moments as inventories write them.
final class Moments {

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?))?"
              + "\\s?(Z|UTC|[+-]\\d{2}(?::?\\d{2})?)?");

  private static final Pattern EPOCH = Pattern.compile("(\\d{9,19})(?:\\.(\\d+))?");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?<!\\d)(\\d{4})-?(\\d{2})-?(\\d{2})[T_ -](\\d{2})[:.-]?(\\d{2})(?:[:.-]?(\\d{2}))?Z?(?!\\d)");

  // Older than Linux, or further than any plan: a wrong unit or a wrong column.
  private static final Instant FIRST = Instant.parse("1991-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  private Moments() {}

  /// The moment (UTC where no offset is written); empty where it is none.
  static Optional<Instant> parse(String text) {
    try {
      return raw(text).filter(at -> !at.isBefore(FIRST) && at.isBefore(LAST));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> raw(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (written.matches()) {
      LocalDateTime local =
          LocalDateTime.parse(
              written.group(1) + "T" + (written.group(2) == null ? "00:00" : written.group(2)));
      String offset = written.group(3) == null ? "Z" : written.group(3);
      return Optional.of(
          OffsetDateTime.of(local, offset.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(offset))
              .toInstant());
    }
    Matcher epoch = EPOCH.matcher(text);
    return epoch.matches() ? Optional.of(epoch(text, epoch.group(1))) : Optional.empty();
  }

  // Seconds have 9 to 11 digits until the year 5138, milliseconds 12 to 14, and so on.
  private static Instant epoch(String text, String whole) {
    if (whole.length() <= 11) {
      return Instant.EPOCH.plusNanos(
          new java.math.BigDecimal(text).movePointRight(9).longValueExact());
    }
    long number = Long.parseLong(whole);
    return switch ((whole.length() - 12) / 3) {
      case 0 -> Instant.ofEpochMilli(number);
      case 1 -> Instant.EPOCH.plus(number, java.time.temporal.ChronoUnit.MICROS);
      default -> Instant.EPOCH.plusNanos(number);
    };
  }

  /// The moment in a file's name, such as `nodes-2026-11-24T16:03:00Z.json.zst`, else in its
  /// directory's. A day alone is no moment.
  static Optional<Instant> inName(String source) {
    String[] parts = source.split("/", -1);
    for (int i = parts.length - 1; i >= Math.max(0, parts.length - 2); i--) {
      Optional<Instant> found = inPart(parts[i]);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> inPart(String name) {
    Matcher stamp = NAMED.matcher(name);
    while (stamp.find()) {
      Optional<Instant> found =
          parse(
              "%s-%s-%sT%s:%s:%sZ"
                  .formatted(
                      stamp.group(1),
                      stamp.group(2),
                      stamp.group(3),
                      stamp.group(4),
                      stamp.group(5),
                      stamp.group(6) == null ? "00" : stamp.group(6)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
