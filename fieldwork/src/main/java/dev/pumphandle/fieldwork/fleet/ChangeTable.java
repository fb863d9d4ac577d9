package dev.pumphandle.fieldwork.fleet;

import dev.pumphandle.linelist.ChangeColumns;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.FleetChange;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Rows with named columns, from whatever table, as entries of the calendar.
///
/// Two columns do where the kind is given: when and what. Names are those of `changes`, in SQL's
/// spelling or OpenTelemetry's, or short words that people use ([#shortWords]).
public final class ChangeTable {

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("at", ChangeColumns.AT.name()),
          Map.entry("time", ChangeColumns.AT.name()),
          Map.entry("timestamp", ChangeColumns.AT.name()),
          Map.entry("date", ChangeColumns.AT.name()),
          Map.entry("publishedat", ChangeColumns.AT.name()),
          Map.entry("type", ChangeColumns.KIND.name()),
          Map.entry("release", ChangeColumns.WHAT.name()),
          Map.entry("version", ChangeColumns.WHAT.name()),
          Map.entry("tagname", ChangeColumns.WHAT.name()),
          Map.entry("title", ChangeColumns.WHAT.name()),
          Map.entry("cluster", ChangeColumns.CLUSTER.name()),
          Map.entry("region", ChangeColumns.REGION.name()),
          Map.entry("node", ChangeColumns.NODE.name()),
          Map.entry("link", ChangeColumns.URL.name()));

  private final Given given;
  private final Optional<String> kind;

  /// Rows of one file.
  ///
  /// @param kind what kind of changes they are, where they do not say so
  public ChangeTable(Given given, Optional<String> kind) {
    this.given = given;
    this.kind = kind;
  }

  /// Short words for columns, with the columns.
  public static Map<String, String> shortWords() {
    return SHORT;
  }

  /// One row.
  ///
  /// @param row texts by column; an empty text is a missing value
  /// @param line where it stands, from 1
  /// @throws FleetFormatException if it is no entry
  public FleetChange change(Map<String, String> row, long line) throws FleetFormatException {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, String> cell : row.entrySet()) {
      Optional<String> column = column(cell.getKey(), line);
      String text = cell.getValue().strip();
      if (column.isPresent() && !text.isEmpty() && values.put(column.get(), text) != null) {
        throw FleetFormatException.at(
            given.source(), line, "expected each column once, found " + column.get() + " twice");
      }
    }
    kind.ifPresent(word -> values.putIfAbsent(ChangeColumns.KIND.name(), word));
    String at = needed(values, ChangeColumns.AT, "when (column at)", row, line);
    Instant when =
        Moments.parse(at)
            .orElseThrow(
                () ->
                    FleetFormatException.at(
                        given.source(),
                        line,
                        "changed_at: expected a moment such as 2026-06-03T10:00:00Z or seconds"
                            + " since 1970, found '"
                            + at
                            + "'"));
    return new FleetChange(
        when,
        needed(values, ChangeColumns.KIND, "what kind (column kind, or --kind)", row, line),
        needed(values, ChangeColumns.WHAT, "what changed (column what)", row, line),
        Optional.ofNullable(values.get(ChangeColumns.CLUSTER.name())).or(given::cluster),
        Optional.ofNullable(values.get(ChangeColumns.REGION.name())),
        Optional.ofNullable(values.get(ChangeColumns.NODE.name())),
        Optional.ofNullable(values.get(ChangeColumns.URL.name())));
  }

  private String needed(
      Map<String, String> values, Column<?> column, String words, Map<String, String> row, long at)
      throws FleetFormatException {
    String value = values.get(column.name());
    if (value == null) {
      throw FleetFormatException.at(
          given.source(), at, "expected " + words + ", found none in " + row.keySet());
    }
    return value;
  }

  private Optional<String> column(String written, long line) throws FleetFormatException {
    String word = written.strip().toLowerCase(Locale.ROOT).replace('.', '_');
    String name = SHORT.getOrDefault(word, word);
    Optional<String> column =
        ChangeColumns.all().stream().<String>map(Column::name).filter(name::equals).findFirst();
    if (column.isEmpty() && !given.unknownColumns()) {
      throw FleetFormatException.at(
          given.source(),
          line,
          "unknown column '"
              + written.strip()
              + "' (--skip-unknown passes over it): expected "
              + ChangeColumns.all().stream().map(Column::name).collect(Collectors.joining(", ")));
    }
    return column;
  }
}
