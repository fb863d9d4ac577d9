package dev.pumphandle.fieldwork.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes lines out of what carries them: CRI, JSON records, syslog; several of one inside the
/// other.
///
/// Bytes that are no UTF-8 become replacement characters and harm nothing.
final class Framing {

  /// Lines that may hold a dialect's literal without showing it: parts of a CRI line, since half a
  /// line may hold half a literal, and journal entries whose message is an array of bytes.
  static final List<String> HIDING =
      List.of(" stdout P ", " stderr P ", "\"MESSAGE\":[", "\"MESSAGE\" : [");

  /// Source: kubernetes/design-proposals-archive node/kubelet-cri-logging.md: time, stream, tags
  /// (P for a part, F for the last), message.
  private static final Pattern CRI =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2}))"
              + " (stdout|stderr) ([FP])(?::\\S*)? ?");

  /// The longest message that is put together (characters).
  private static final int LONGEST = LineReader.LONGEST;

  private final Origin source;
  private final Clock clock;
  private final TextPrefix prefix;
  private final Map<String, StringBuilder> parts = new HashMap<>();

  Framing(Origin source, Clock clock) {
    this.source = source;
    this.clock = clock;
    this.prefix = new TextPrefix(clock);
  }

  /// Whether a message has begun whose end is still to come.
  boolean pending() {
    return !parts.isEmpty();
  }

  /// The lines of the message in one line of a file; none where it is only a part.
  List<LogLine> read(byte[] bytes, int from, int to, long number) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    Matcher cri = CRI.matcher(text);
    if (cri.lookingAt()) {
      Origin origin =
          new Origin(source.stream() + "|" + cri.group(2), source.facts(), source.fields());
      StringBuilder part = parts.computeIfAbsent(cri.group(2), _ -> new StringBuilder());
      if (part.length() < LONGEST) {
        part.append(text, cri.end(), text.length());
      }
      if (cri.group(3).equals("P")) {
        return List.of();
      }
      parts.remove(cri.group(2));
      return message(new LogLine(part.toString(), number, clock.beginning(cri.group(1)), origin));
    }
    return message(new LogLine(text, number, Optional.empty(), source));
  }

  /// The lines of a message, each without its prefix.
  List<LogLine> message(LogLine carried) {
    String text = carried.text();
    if (text.startsWith("{") && text.strip().endsWith("}")) {
      Optional<LogLine> record = JsonRecord.read(text, carried.number(), carried.origin(), clock);
      if (record.isPresent()) {
        return lines(timed(record.get(), carried));
      }
    }
    return lines(carried);
  }

  /// The lines of a record's message.
  List<LogLine> lines(LogLine record) {
    String text = record.text();
    if (text.indexOf('\n') < 0) {
      return List.of(prefix.off(record));
    }
    List<LogLine> lines = new ArrayList<>();
    text.lines().forEach(each -> lines.add(prefix.off(record.with(each))));
    return lines;
  }

  private static LogLine timed(LogLine inner, LogLine outer) {
    return inner.time().isPresent()
        ? inner
        : new LogLine(inner.text(), inner.number(), outer.time(), inner.origin());
  }
}
