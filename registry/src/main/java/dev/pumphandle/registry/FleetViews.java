package dev.pumphandle.registry;

import dev.pumphandle.linelist.ChangeColumns;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.HostColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/// The fleet in SQL: `host_intervals` and `changes`, whatever columns the files at hand have.
///
/// `host_intervals_reported` holds the stretches as they were reported; in `host_intervals`
/// stretches of
/// one node that overlap are cut where the later one begins, and those without length are gone.
final class FleetViews {

  /// The view of stretches that do not overlap.
  static final String HOST_INTERVALS =
      """
      CREATE VIEW host_intervals AS
      SELECT * REPLACE (least(interval_to, coalesce(lead(interval_from) OVER node, interval_to))
        AS interval_to)
      FROM host_intervals_reported
      WHERE k8s_node_name IS NOT NULL AND interval_from < interval_to
      WINDOW node AS (
        PARTITION BY k8s_cluster_name, k8s_node_name ORDER BY interval_from, interval_to)
      QUALIFY interval_from < least(interval_to, coalesce(lead(interval_from) OVER node, interval_to))
      """;

  private FleetViews() {}

  /// Makes the views.
  ///
  /// @return whether there is an inventory
  static boolean create(DuckDBConnection engine, Workspace workspace, List<FileProblem> problems)
      throws SQLException, IOException {
    List<Path> intervals = usable(workspace.hostIntervalsDirectory(), problems);
    view(engine, "host_intervals_reported", HostColumns.all(), intervals);
    view(
        engine,
        "changes_reported",
        ChangeColumns.all(),
        usable(workspace.changesDirectory(), problems));
    try (Statement statement = engine.createStatement()) {
      statement.execute(HOST_INTERVALS);
      statement.execute("CREATE VIEW changes AS SELECT DISTINCT * FROM changes_reported");
    }
    return !intervals.isEmpty();
  }

  private static List<Path> usable(Path directory, List<FileProblem> problems) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> usable = new java.util.ArrayList<>();
    try (Stream<Path> list = Files.list(directory)) {
      for (Path file : list.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".parquet") || name.startsWith(".")) {
          continue;
        }
        String shape = DataFiles.shape(file);
        if (shape.isEmpty()) {
          usable.add(file);
        } else {
          problems.add(new FileProblem.Damaged(file, shape));
        }
      }
    }
    return usable;
  }

  private static void view(
      DuckDBConnection engine, String name, List<Column<?>> fields, List<Path> files)
      throws SQLException {
    Set<String> present = new HashSet<>();
    String relation = "";
    if (!files.isEmpty()) {
      relation =
          "read_parquet(["
              + files.stream().map(Engine::literal).collect(Collectors.joining(", "))
              + "], union_by_name = true)";
      try (Statement statement = engine.createStatement();
          ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
        while (rows.next()) {
          present.add(rows.getString(1));
        }
      }
    }
    String columns =
        fields.stream()
            .map(
                f ->
                    (present.contains(f.name()) ? f.name() : "NULL")
                        + "::"
                        + f.type().sql()
                        + " AS "
                        + f.name())
            .collect(Collectors.joining(", "));
    try (Statement statement = engine.createStatement()) {
      statement.execute(
          "CREATE VIEW "
              + name
              + " AS SELECT "
              + columns
              + (files.isEmpty() ? " WHERE false" : " FROM " + relation));
    }
  }
}
