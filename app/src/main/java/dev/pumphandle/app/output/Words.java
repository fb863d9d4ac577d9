package dev.pumphandle.app.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/// Values as words: what all formats but JSON write, with `yes` and `no` for people and `true` and
/// `false` for programs.
public final class Words {
  private Words() {}

  /// The value in one line of plain characters; the empty string when it is missing.
  public static String of(Value value) {
    return of(value, "yes", "no");
  }

  /// The same for a program: a truth in the words that DuckDB, pandas and R take for one.
  static String plain(Value value) {
    return of(value, "true", "false");
  }

  private static String of(Value value, String yes, String no) {
    return switch (value) {
      case Value.Missing _ -> "";
      case Value.Text(String text) -> text;
      case Value.Whole(var number) -> number.toPlainString();
      case Value.Decimal(double number) -> decimal(number);
      case Value.Truth(boolean truth) -> truth ? yes : no;
      case Value.Address(long bits) -> hex(bits);
      case Value.Moment(Instant at) -> at.toString();
      case Value.Several several ->
          several.values().stream().map(each -> of(each, yes, no)).collect(Collectors.joining(" "));
      case Value.Named named ->
          named.values().entrySet().stream()
              .filter(each -> !(each.getValue() instanceof Value.Missing))
              .map(each -> each.getKey() + "=" + of(each.getValue(), yes, no))
              .collect(Collectors.joining(" "));
    };
  }

  /// The value as a table shows it: moments to the second, everything else as [#of].
  static String brief(Value value) {
    return value instanceof Value.Moment(Instant at)
        ? at.truncatedTo(ChronoUnit.SECONDS).toString()
        : of(value);
  }

  /// An address as hex with `0x`, without leading zeros.
  public static String hex(long bits) {
    return "0x" + Long.toHexString(bits);
  }

  /// A size in the binary unit that suits it, three digits at most: `812 B`, `14.2 MiB`.
  public static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double scaled = bytes;
    for (String unit : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
      scaled /= 1024;
      if (scaled < 1024 || unit.equals("TiB")) {
        return String.format(Locale.ROOT, scaled < 100 ? "%.1f %s" : "%.0f %s", scaled, unit);
      }
    }
    throw new AssertionError("the last unit takes every size");
  }

  /// A count with separators: `5,204`.
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A count and its noun: `1 core`, `5,204 cores`.
  public static String count(long number, String singular) {
    return count(number) + " " + singular + (number == 1 ? "" : "s");
  }

  private static String decimal(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /// Makes a text safe for a terminal and for one line: control characters become spaces or visible
  /// escapes, so that a name found in a core can neither move the cursor nor change colours.
  public static String printable(String text) {
    StringBuilder out = null;
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      boolean control = Character.isISOControl(each) || (each >= 0x202a && each <= 0x202e);
      if (control && out == null) {
        out = new StringBuilder(text.length() + 8).append(text, 0, at);
      }
      if (out != null) {
        if (!control) {
          out.append(each);
        } else if (each == '\n' || each == '\t' || each == '\r') {
          out.append(' ');
        } else {
          out.append(String.format(Locale.ROOT, "\\x%02x", (int) each));
        }
      }
    }
    return out == null ? text : out.toString();
  }
}
