package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ColumnType;
import dev.pumphandle.linelist.HostColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The one file of `host_intervals` that is worked out from reports; written whole, then put in the
/// place of the former one.
final class IntervalFile {

  private static final List<Column<?>> COLUMNS = HostColumns.all();

  private final DuckDBConnection engine;
  private final DuckDBAppender rows;
  private long count;

  IntervalFile(DuckDBConnection engine) throws SQLException {
    this.engine = engine;
    try (Statement statement = engine.createStatement()) {
      statement.execute(
          "CREATE TABLE intervals ("
              + COLUMNS.stream().map(c -> c.name() + " VARCHAR").collect(Collectors.joining(", "))
              + ")");
    }
    this.rows = engine.createAppender("main", "intervals");
  }

  void add(Stream<Map<String, String>> intervals) throws SQLException {
    for (Map<String, String> each : intervals.toList()) {
      rows.beginRow();
      for (Column<?> column : COLUMNS) {
        String value = each.get(column.name());
        if (value == null) {
          rows.appendNull();
        } else {
          rows.append(value);
        }
      }
      rows.endRow();
      count++;
    }
  }

  long count() {
    return count;
  }

  /// Writes the file and puts it in the place of the former one.
  void replace(Path directory, String name) throws SQLException, IOException {
    rows.close();
    DataFiles files = new DataFiles(directory);
    files.prepare();
    try (Statement statement = engine.createStatement()) {
      files.write(
          directory.resolve(name),
          temporary ->
              statement.execute(
                  "COPY (SELECT "
                      + COLUMNS.stream()
                          .map(IntervalFile::finished)
                          .collect(Collectors.joining(", "))
                      + " FROM intervals ORDER BY k8s_node_name, k8s_cluster_name, interval_from) TO "
                      + Engine.literal(temporary)
                      + " "
                      + ParquetFooter.options()));
    }
  }

  private static String finished(Column<?> column) {
    return column.type() == ColumnType.TEXT
        ? column.name()
        : column.name() + "::" + column.type().sql() + " AS " + column.name();
  }
}
