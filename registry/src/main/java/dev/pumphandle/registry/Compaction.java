package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// Merges the many small files of a line list into one.
///
/// The merged file gets its name before the small ones go: a run that is killed in between leaves
/// rows twice, which the view shows once. Files that other collectors write meanwhile are left
/// alone.
public final class Compaction {

  /// What was done.
  ///
  /// @param filesBefore how many files were merged
  /// @param problems files that could not be read and were left where they are
  public record Outcome(int filesBefore, List<FileProblem> problems) {}

  private Compaction() {}

  /// Merges a workspace's files.
  public static Outcome run(Workspace workspace) throws IOException {
    DataFiles files = new DataFiles(workspace.casesDirectory());
    files.sweep();
    try (DuckDBConnection engine = Engine.open("1GB", 2)) {
      DataFiles.Inventory inventory = files.inventory(engine);
      if (inventory.usable().size() < 2) {
        return new Outcome(0, inventory.problems());
      }
      Path merged = files.fresh(Instant.now());
      Path temporary = files.temporary(merged);
      String all =
          inventory.usable().stream().map(Engine::literal).collect(Collectors.joining(", "));
      try (Statement statement = engine.createStatement()) {
        statement.execute(
            "COPY (FROM read_parquet(["
                + all
                + "], union_by_name = true) QUALIFY row_number() OVER (PARTITION BY object_uri"
                + " ORDER BY collected_at DESC NULLS LAST, object_version) = 1) TO "
                + Engine.literal(temporary)
                + " "
                + CaseWriter.parquetOptions());
      }
      files.publish(temporary, merged);
      for (Path file : inventory.usable()) {
        Files.deleteIfExists(file);
      }
      return new Outcome(inventory.usable().size(), inventory.problems());
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }
}
