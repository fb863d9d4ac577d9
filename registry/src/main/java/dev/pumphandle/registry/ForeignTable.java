package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/// A Parquet file that somebody else wrote, row by row as texts.
public final class ForeignTable {

  private static final long AT_ONCE = 100_000;

  private ForeignTable() {}

  /// What takes the rows.
  public interface Rows {
    /// One row: texts by column, empty where there is no value; its number from 1.
    void row(Map<String, String> row, long number) throws IOException;
  }

  /// Reads a file.
  ///
  /// @param source its name, for messages
  /// @throws IOException if it is cut short, or DuckDB cannot read it, in its own words
  public static void read(Path file, String source, Rows rows) throws IOException {
    String shape = DataFiles.shape(file);
    if (!shape.isEmpty()) {
      throw new IOException(source + ": expected a whole Parquet file, found " + shape);
    }
    try (DuckDBConnection engine = Engine.open("1GB", 1);
        Statement statement = engine.createStatement()) {
      for (long from = 0; ; from += AT_ONCE) {
        try (ResultSet answer =
            statement.executeQuery(
                "FROM read_parquet("
                    + Engine.literal(file)
                    + ") LIMIT "
                    + AT_ONCE
                    + " OFFSET "
                    + from)) {
          long given = 0;
          while (answer.next()) {
            given++;
            rows.row(row(answer), from + given);
          }
          if (given < AT_ONCE) {
            return;
          }
        }
      }
    } catch (SQLException e) {
      throw new IOException(source + ": " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private static Map<String, String> row(ResultSet answer) throws SQLException {
    ResultSetMetaData columns = answer.getMetaData();
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      row.put(columns.getColumnName(i), text(answer.getObject(i)));
    }
    return row;
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case null -> "";
      case OffsetDateTime at -> at.toInstant().toString();
      case java.sql.Timestamp at -> local(at).toString();
      case Object other -> other.toString();
    };
  }

  // A moment without a zone is meant in UTC, whatever zone this process is in.
  private static Instant local(java.sql.Timestamp at) {
    return at.toLocalDateTime().toInstant(ZoneOffset.UTC);
  }
}
