package dev.pumphandle.fieldwork.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what a line says, and tells saying from talking about it.
public final class Lines {

  /// How long a prefix that no carrier's rule knows may be (characters).
  private static final int LONGEST_PREFIX = 160;

  private static final Pattern QUOTED = Pattern.compile("[\"'`«“]|^\\s*(?:>|//|\\$ |[-+*] |/\\*)");

  private static final Pattern PROSE =
      Pattern.compile("(?:(?<![\\w.:/=\\[-])[A-Za-z][a-z']*[,;:]? +){3}");

  private static final Pattern TEST = Pattern.compile("\\[ +(?:DEATH|RUN|OK|FAILED) +]");

  private Lines() {}

  /// The match of a pattern at the beginning of the line, or behind something that may be a prefix
  /// of some logger: no prose, no quotation, no comment, no death test.
  ///
  /// The pattern must begin with what the program prints first.
  public static Optional<Matcher> find(LogLine line, Pattern pattern) {
    Matcher matcher = pattern.matcher(line.text());
    if (!matcher.find()) {
      return Optional.empty();
    }
    int from = matcher.start();
    while (from < matcher.end() && line.text().charAt(from) == ' ') {
      from++;
    }
    return plausible(line.text().substring(0, from)) ? Optional.of(matcher) : Optional.empty();
  }

  /// Whether a text may stand before a message.
  public static boolean plausible(String prefix) {
    if (prefix.isBlank()) {
      return true;
    }
    char last = prefix.charAt(prefix.length() - 1);
    return prefix.length() <= LONGEST_PREFIX
        && (Character.isWhitespace(last) || last == '|' || last == ']' || last == ':')
        && !QUOTED.matcher(prefix).find()
        && !TEST.matcher(prefix).find()
        && !PROSE.matcher(prefix).find();
  }

  /// A number in hex, with or without `0x`, unsigned, of at most 64 bits.
  public static Optional<Long> hex(String text) {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    try {
      return Optional.of(Long.parseUnsignedLong(digits, 16));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// A number in decimal that may be an id of a process or a thread.
  public static Optional<Long> id(@org.jspecify.annotations.Nullable String text) {
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(Long.valueOf(text)).filter(number -> number > 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
