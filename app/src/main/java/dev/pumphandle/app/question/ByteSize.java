package dev.pumphandle.app.question;

import dev.pumphandle.app.CommandException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A size as people type it: `256M`, `1GiB`, `4096`; units count in 1,024s.
public final class ByteSize {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,12})\\s*([kmgt]?)(i?b)?", Pattern.CASE_INSENSITIVE);

  private ByteSize() {}

  /// The number of bytes.
  ///
  /// @param option the option's name, for the message
  /// @throws CommandException (usage) where it is no size
  public static long parse(String option, String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw CommandException.usage(
          option + ": expected a size such as 256M or 1G, found '" + text + "'");
    }
    int power =
        switch (size.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          case "t" -> 40;
          default -> 0;
        };
    long number = Long.parseLong(size.group(1));
    if (number > Long.MAX_VALUE >> power) {
      throw CommandException.usage(option + ": expected less than 8 EiB, found '" + text + "'");
    }
    return number << power;
  }
}
