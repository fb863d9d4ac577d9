package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/// DuckDB in memory, set up so that it fetches nothing from anywhere and keeps within its bounds.
final class Engine {

  private Engine() {}

  /// A new engine of its own.
  ///
  /// Extensions are neither installed nor loaded by themselves: what is needed here (Parquet, JSON,
  /// ICU) is built in, and a query must never reach the network.
  ///
  /// @param memory the most memory the engine may use, as DuckDB spells it (`256MB`)
  /// @param threads how many threads it may use
  static DuckDBConnection open(String memory, int threads) throws IOException {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", memory);
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("preserve_insertion_order", "true");
    // What a batch took goes back to the system when the batch is done: a collector runs for hours.
    settings.setProperty("allocator_flush_threshold", "16MB");
    settings.setProperty("allocator_bulk_deallocation_flush_threshold", "16MB");
    try {
      DuckDBConnection connection =
          (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
      }
      return connection;
    } catch (SQLException e) {
      throw new IOException("DuckDB would not start: " + e.getMessage(), e);
    }
  }

  /// A text as a SQL literal.
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// A path as a SQL literal.
  static String literal(Path path) {
    return literal(path.toString());
  }

  /// A name as a SQL identifier.
  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
