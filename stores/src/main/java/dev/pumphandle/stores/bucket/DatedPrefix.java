package dev.pumphandle.stores.bucket;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prefix whose last parts are a date, as in `dt=2026-11-01/`, `2026/11/01/` or
/// `year=2026/month=11/day=01/`: the layouts of Hive and Hadoop, and of whoever writes a directory
/// a day.
///
/// Objects below such a prefix are taken to be written on those days or up to two days later: an
/// upload may be late, and the days may be those of another time zone.
final class DatedPrefix {
  private static final Duration GRACE = Duration.ofDays(2);

  private static final String KEY = "(?:^|/)(?:[A-Za-z][A-Za-z_-]*=)?";

  /// A day in one part.
  private static final List<Pattern> DAYS =
      List.of(
          Pattern.compile(KEY + "(20\\d\\d)-(\\d\\d)-(\\d\\d)/$"),
          Pattern.compile(KEY + "(20\\d\\d)(\\d\\d)(\\d\\d)/$"),
          Pattern.compile(
              KEY
                  + "(20\\d\\d)/(?:[A-Za-z][A-Za-z_-]*=)?(\\d\\d?)/(?:[A-Za-z][A-Za-z_-]*=)?(\\d\\d?)/$"));

  /// A month, in one part or two.
  private static final List<Pattern> MONTHS =
      List.of(
          Pattern.compile(KEY + "(20\\d\\d)-(\\d\\d)/$"),
          Pattern.compile(KEY + "(20\\d\\d)/(?:[A-Za-z][A-Za-z_-]*=)?(\\d\\d?)/$"));

  /// A bare number is believed to be a year only where days or months below it say so; with a key
  /// it is one.
  private static final Pattern NAMED_YEAR =
      Pattern.compile("(?:^|/)(?:year|yyyy|y)=(20\\d\\d)/$", Pattern.CASE_INSENSITIVE);

  private static final Pattern PERHAPS_A_YEAR = Pattern.compile("(?:^|/)(20\\d\\d)/$");

  private DatedPrefix() {}

  /// What a prefix means for a search since some time.
  enum Meaning {
    /// Everything below was written before.
    OVER,
    /// What lies below may be dated more finely.
    COARSE,
    /// A day that is wanted, at least in part.
    WANTED,
    /// No date.
    UNDATED
  }

  /// What `prefix` means where only objects written from `since` on are wanted.
  static Meaning of(String prefix, Instant since) {
    for (Pattern day : DAYS) {
      Matcher found = day.matcher(prefix);
      if (found.find()) {
        return judged(found, Period.ofDays(1), since, Meaning.WANTED);
      }
    }
    for (Pattern month : MONTHS) {
      Matcher found = month.matcher(prefix);
      if (found.find()) {
        return judged(found, Period.ofMonths(1), since, Meaning.COARSE);
      }
    }
    Matcher year = NAMED_YEAR.matcher(prefix);
    if (year.find()) {
      return judged(year, Period.ofYears(1), since, Meaning.COARSE);
    }
    return PERHAPS_A_YEAR.matcher(prefix).find() ? Meaning.COARSE : Meaning.UNDATED;
  }

  private static Meaning judged(Matcher found, Period length, Instant since, Meaning otherwise) {
    try {
      LocalDate begins =
          LocalDate.of(
              Integer.parseInt(found.group(1)),
              found.groupCount() > 1 ? Integer.parseInt(found.group(2)) : 1,
              found.groupCount() > 2 ? Integer.parseInt(found.group(3)) : 1);
      Instant ends = begins.plus(length).atStartOfDay(ZoneOffset.UTC).toInstant().plus(GRACE);
      return ends.isAfter(since) ? otherwise : Meaning.OVER;
    } catch (DateTimeException _) {
      return Meaning.UNDATED; // the numbers are no date
    }
  }
}
