package dev.pumphandle.registry;

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

  /// One column.
  record Field(String name, String type) {}

  static final List<Field> INTERVALS =
      List.of(
          new Field("k8s_node_name", "VARCHAR"),
          new Field("host_physical_id", "VARCHAR"),
          new Field("k8s_cluster_name", "VARCHAR"),
          new Field("cloud_region", "VARCHAR"),
          new Field("cloud_availability_zone", "VARCHAR"),
          new Field("host_type", "VARCHAR"),
          new Field("os_version", "VARCHAR"),
          new Field("host_cpu_microcode", "VARCHAR"),
          new Field("host_cpu_model_name", "VARCHAR"),
          new Field("host_image_version", "VARCHAR"),
          new Field("service_version", "VARCHAR"),
          new Field("node_started_at", "TIMESTAMPTZ"),
          new Field("interval_from", "TIMESTAMPTZ"),
          new Field("interval_to", "TIMESTAMPTZ"),
          new Field("exceptions_per_second", "DOUBLE"));

  static final List<Field> CHANGES =
      List.of(
          new Field("changed_at", "TIMESTAMPTZ"),
          new Field("kind", "VARCHAR"),
          new Field("what", "VARCHAR"),
          new Field("k8s_cluster_name", "VARCHAR"));

  private FleetViews() {}

  static String stagedTable(String name, List<Field> fields) {
    return "CREATE TABLE "
        + name
        + " ("
        + fields.stream()
            .map(f -> f.name() + " " + (f.type().equals("TIMESTAMPTZ") ? "BIGINT" : f.type()))
            .collect(Collectors.joining(", "))
        + ")";
  }

  static String finished(String table, List<Field> fields) {
    return "SELECT "
        + fields.stream()
            .map(
                f ->
                    f.type().equals("TIMESTAMPTZ")
                        ? "make_timestamptz(" + f.name() + ") AS " + f.name()
                        : f.name())
            .collect(Collectors.joining(", "))
        + " FROM "
        + table;
  }

  static void create(DuckDBConnection engine, Workspace workspace, List<FileProblem> problems)
      throws SQLException, IOException {
    view(
        engine,
        "host_intervals_reported",
        INTERVALS,
        usable(workspace.hostIntervalsDirectory(), problems));
    view(engine, "changes", CHANGES, usable(workspace.changesDirectory(), problems));
    try (Statement statement = engine.createStatement()) {
      statement.execute(
          """
          CREATE VIEW host_intervals AS
          SELECT * REPLACE (least(interval_to, coalesce(lead(interval_from) OVER (
              PARTITION BY k8s_node_name ORDER BY interval_from, interval_to), interval_to))
            AS interval_to)
          FROM host_intervals_reported
          WHERE k8s_node_name IS NOT NULL AND interval_from < interval_to
          QUALIFY interval_from < least(interval_to, coalesce(lead(interval_from) OVER (
              PARTITION BY k8s_node_name ORDER BY interval_from, interval_to), interval_to))
          """);
    }
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
      DuckDBConnection engine, String name, List<Field> fields, List<Path> files)
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
                        + f.type()
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
