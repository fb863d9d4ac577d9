package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what the kernel says behind whatever a logger put before it.
///
/// A kernel line begins with the name of a thread, which may hold spaces and brackets, so it cannot
/// be told where it begins but by what stands before: `kernel:`, or the seconds since boot.
final class KernelText {

  private static final Pattern BEFORE =
      Pattern.compile("^(?:.{0,120}\\bkernel: +)?(?:\\[ *\\d+\\.\\d+] *)?(?:\\[ *[TC]\\d+] *)?");

  private KernelText() {}

  /// The match of a pattern at the beginning of what the kernel says.
  static Optional<Matcher> find(LogLine line, Pattern pattern) {
    Matcher before = BEFORE.matcher(line.text());
    String text = before.lookingAt() ? line.text().substring(before.end()) : line.text();
    Matcher matcher = pattern.matcher(text);
    if (matcher.lookingAt()) {
      return Optional.of(matcher);
    }
    // Some other prefix: then the name of the thread is taken to be one word.
    int word = text.lastIndexOf(' ', Math.max(0, text.indexOf("]: ")));
    int traps = text.indexOf("traps: ");
    int from = traps > 0 ? traps : word + 1;
    Matcher later = pattern.matcher(text.substring(from));
    return from > 0 && later.lookingAt() && Lines.plausible(text.substring(0, from))
        ? Optional.of(later)
        : Optional.empty();
  }
}
