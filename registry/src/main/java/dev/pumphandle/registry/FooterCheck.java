package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/// Looks at one file's end and metadata before it is let into the line list: one bad file must not
/// hide the rest.
final class FooterCheck {

  private FooterCheck() {}

  /// What is wrong with a file, if anything.
  static Optional<FileProblem> of(Path file, DuckDBConnection engine) {
    try {
      String shape = DataFiles.shape(file);
      if (!shape.isEmpty()) {
        return Optional.of(new FileProblem.Damaged(file, shape));
      }
      Optional<Integer> version = version(file, engine);
      if (version.isEmpty()) {
        return Optional.of(new FileProblem.Foreign(file));
      }
      int found = version.get();
      if (found < DataFiles.LEAST_SCHEMA) {
        return Optional.of(new FileProblem.TooOld(file, found, DataFiles.LEAST_SCHEMA));
      }
      if (found > DataFiles.currentSchema()) {
        return Optional.of(new FileProblem.TooNew(file, found, DataFiles.currentSchema()));
      }
      return Optional.empty();
    } catch (IOException | SQLException e) {
      return Optional.of(
          new FileProblem.Damaged(
              file, "one that cannot be read: " + DuckMessage.firstLine(e.getMessage())));
    }
  }

  private static Optional<Integer> version(Path file, DuckDBConnection engine) throws SQLException {
    String sql =
        "SELECT decode(value) FROM parquet_kv_metadata("
            + Engine.literal(file)
            + ") WHERE decode(key) = "
            + Engine.literal(DataFiles.SCHEMA_KEY);
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        return Optional.empty();
      }
      String text = rows.getString(1);
      return text != null && text.matches("[0-9]{1,9}")
          ? Optional.of(Integer.parseInt(text))
          : Optional.empty();
    }
  }
}
