package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// The SQL that reads Parquet files as one relation with all columns of a schema, whatever columns
/// the files have: one that a file lacks is null.
///
/// Files known to have just these columns are read without looking at each one's schema
/// beforehand. DuckDB's `union_by_name` opens every file whenever a query is bound, and a view is
/// bound once for each mention: of a list in a thousand files it took half a minute and 5 GB to
/// count the rows.
final class StoredRows {

  private StoredRows() {}

  /// The query.
  ///
  /// @param engine to look at the files whose columns are not known
  static String of(DuckDBConnection engine, List<Column<?>> columns, List<DataFile> files)
      throws SQLException {
    Optional<String> current = Optional.of(ParquetFooter.fingerprint(columns));
    List<Path> alike = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (DataFile file : files) {
      (file.columns().equals(current) ? alike : others).add(file.path());
    }
    List<String> parts = new ArrayList<>();
    if (!alike.isEmpty()) {
      parts.add(
          "SELECT "
              + columns.stream()
                  .map(column -> Engine.identifier(column.name()))
                  .collect(Collectors.joining(", "))
              + " FROM "
              + read(alike, false));
    }
    if (!others.isEmpty()) {
      String relation = read(others, true);
      Set<String> present = columns(engine, relation);
      parts.add(
          "SELECT "
              + columns.stream()
                  .map(
                      column ->
                          present.contains(column.name())
                              ? Engine.identifier(column.name())
                              : absent(column))
                  .collect(Collectors.joining(", "))
              + " FROM "
              + relation);
    }
    if (parts.isEmpty()) {
      return "SELECT "
          + columns.stream().map(StoredRows::absent).collect(Collectors.joining(", "))
          + " WHERE false";
    }
    return String.join(" UNION ALL ", parts);
  }

  private static String read(List<Path> files, boolean unionByName) {
    return "read_parquet(["
        + files.stream().map(Engine::literal).collect(Collectors.joining(", "))
        + "], hive_partitioning = false, union_by_name = "
        + unionByName
        + ")";
  }

  private static Set<String> columns(DuckDBConnection engine, String relation) throws SQLException {
    Set<String> present = new HashSet<>();
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
      while (rows.next()) {
        present.add(rows.getString(1));
      }
    }
    return present;
  }

  private static String absent(Column<?> column) {
    return "NULL::" + column.type().sql() + " AS " + Engine.identifier(column.name());
  }
}
