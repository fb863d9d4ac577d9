package dev.pumphandle.app.logs;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a run over logs came to.
///
/// @param read logs read to their end
/// @param unreadable logs that could not be
/// @param bytes bytes of text
/// @param lines lines of text
/// @param cut lines that were too long to be seen whole
/// @param added rows written
/// @param known rows that stood in the line list already
/// @param byDialect deaths told, by dialect
public record LogSummary(
    long read,
    long unreadable,
    long bytes,
    long lines,
    long cut,
    long added,
    long known,
    Map<String, Long> byDialect) {

  /// Copies the map.
  public LogSummary {
    byDialect = new TreeMap<>(byDialect);
  }

  /// For a person.
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Read "
            + Words.count(read, "log")
            + ", "
            + Words.size(bytes)
            + ", "
            + Words.count(lines, "line")
            + (unreadable > 0 ? "; " + Words.count(unreadable) + " could not be read" : "")
            + ".");
    if (cut > 0) {
      sentences.add(
          Words.count(cut, "line") + " longer than 4 MiB: only their beginning was seen.");
    }
    if (byDialect.isEmpty()) {
      sentences.add("No death was told.");
      return sentences;
    }
    sentences.add(
        Words.count(added, "new row")
            + (known > 0 ? "; " + Words.count(known) + " known already" : "")
            + ": "
            + byDialect.entrySet().stream()
                .map(each -> each.getKey() + " " + Words.count(each.getValue()))
                .collect(Collectors.joining(" · "))
            + ".");
    return sentences;
  }

  /// For a program.
  public Grid grid() {
    List<List<Value>> rows = new ArrayList<>();
    row(rows, "logs_read", read);
    row(rows, "logs_unreadable", unreadable);
    row(rows, "bytes", bytes);
    row(rows, "lines", lines);
    row(rows, "lines_cut", cut);
    row(rows, "rows_new", added);
    row(rows, "rows_known", known);
    byDialect.forEach((dialect, count) -> row(rows, "reports " + dialect, count));
    return Grid.of(List.of(Heading.words("what"), Heading.numbers("count")), rows);
  }

  private static void row(List<List<Value>> rows, String what, long count) {
    rows.add(List.of(Value.text(what), Value.whole(count)));
  }
}
