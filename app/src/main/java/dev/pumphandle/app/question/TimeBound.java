package dev.pumphandle.app.question;

import dev.pumphandle.app.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A moment as people type it: `2025-06-03`, `2025-06-03T10:00:00Z`, or an age such as `30d`,
/// `12h`, `90m`.
public final class TimeBound {
  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhdw])");

  private TimeBound() {}

  /// The moment (UTC; a date means its first instant).
  ///
  /// @param option the option's name, for the message
  /// @param now what ages count back from
  /// @throws CommandException (usage) where it is none
  public static Instant parse(String option, String text, Instant now) {
    Matcher age = AGE.matcher(text);
    if (age.matches()) {
      return now.minus(unit(age.group(2)).multipliedBy(Long.parseLong(age.group(1))));
    }
    try {
      if (text.length() <= 10) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException _) {
      throw CommandException.usage(
          option
              + ": expected 2025-06-03, 2025-06-03T10:00:00Z or an age such as 30d, found '"
              + text
              + "'");
    }
  }

  /// A length of time such as `30d`, `12h`, `90m`.
  ///
  /// @param option the option's name, for the message
  /// @throws CommandException (usage) where it is none
  public static Duration age(String option, String text) {
    Matcher age = AGE.matcher(text);
    if (!age.matches()) {
      throw CommandException.usage(
          option + ": expected a time such as 3h, 90m or 2d, found '" + text + "'");
    }
    return unit(age.group(2)).multipliedBy(Long.parseLong(age.group(1)));
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      case String other -> throw new AssertionError(other);
    };
  }
}
