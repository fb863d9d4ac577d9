package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Words;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// Numbers as the page writes them: two or three digits that mean something.
final class Figures {

  private Figures() {}

  /// A ratio with its interval: `12 times (95 % 7.1 to 21)`.
  static String times(Estimate estimate) {
    Interval interval = estimate.interval();
    if (!estimate.estimable() || !interval.defined()) {
      return estimate.caveats().isEmpty()
          ? "cannot be estimated"
          : estimate.caveats().getFirst().text();
    }
    boolean unlimited = Double.isInfinite(estimate.value()) || Double.isInfinite(interval.upper());
    if (unlimited && interval.lower() >= 1) {
      return "at least " + brief(interval.lower()) + " times (95 %, no upper limit)";
    }
    // "At least 0.04 times" would sound like a rise where a fall is as possible.
    if (unlimited) {
      return brief(interval.lower()) + " to " + brief(interval.upper()) + " times (95 %)";
    }
    return brief(estimate.value())
        + " times (95 % "
        + brief(interval.lower())
        + " to "
        + brief(interval.upper())
        + ")";
  }

  /// A number with two or three digits.
  static String brief(double number) {
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      return number > 0 ? "unlimited" : "unknown";
    }
    double size = Math.abs(number);
    if (size >= 1e15) {
      return String.format(Locale.ROOT, "%.2g", number);
    }
    if (size >= 100) {
      return Words.count(Math.round(number));
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.0f" : size >= 1 ? "%.1f" : "%.2f", number);
  }

  /// A share in percent.
  static String percent(double share) {
    return Double.isNaN(share) ? "unknown" : Math.round(100 * share) + " %";
  }

  /// A p-value as a person says it: `1 in 1,000 or less`.
  static String chance(double p, int replicates) {
    if (p <= 1.0 / (replicates + 1) + 1e-12) {
      return "1 in " + Words.count(replicates + 1L) + " or less";
    }
    return p >= 0.1 ? percent(p) : "1 in " + Words.count(Math.round(1 / p));
  }

  /// The day of a bin.
  ///
  /// @param start when the window begins (epoch seconds)
  static LocalDate day(long start, int bin) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(start), ZoneOffset.UTC).plusDays(bin);
  }
}
