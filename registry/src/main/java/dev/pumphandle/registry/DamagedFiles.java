package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/// Finds the files whose footers are sound and whose rows are not.
///
/// Folklore: a few altered bytes within a data page pass every check when a file is opened. DuckDB
/// then ends whatever query reads that page with `Invalid Error: don't know what type` or
/// `Invalid Input Error`, and names no file. Test: DamagedFilesTest.
final class DamagedFiles {

  private static final List<String> OF_FILES =
      List.of(
          "Invalid Error", "Invalid Input Error", "IO Error", "Serialization Error", "INTERNAL");

  private DamagedFiles() {}

  /// Whether what went wrong may be a file's fault.
  static boolean mayExplain(SQLException problem) {
    String message = String.valueOf(problem.getMessage());
    return OF_FILES.stream().anyMatch(message::startsWith);
  }

  /// Reads every row of every file.
  ///
  /// @return what to say, where any cannot be read
  static Optional<RegistryException.DamagedFile> among(List<Path> directories) throws IOException {
    List<String> damaged = new ArrayList<>();
    for (Path directory : directories) {
      if (!Files.isDirectory(directory)) {
        continue;
      }
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
          problem(file).ifPresent(why -> damaged.add(file + ": " + why));
        }
      }
    }
    return damaged.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RegistryException.DamagedFile(
                String.join("; ", damaged)
                    + ": expected rows, found damaged bytes; move the file away, then take in anew"
                    + " what it held"));
  }

  // An engine of its own: an internal error leaves the one that met it unusable.
  private static Optional<String> problem(Path file) throws IOException {
    try (DuckDBConnection engine = Engine.open("1GB", 1);
        Statement statement = engine.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT bit_xor(hash(t)) FROM read_parquet(" + Engine.literal(file) + ") t")) {
      rows.next();
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(
          DuckMessage.firstLine(e.getMessage())
              .replace("Failed to read file \"" + file + "\": ", ""));
    }
  }
}
