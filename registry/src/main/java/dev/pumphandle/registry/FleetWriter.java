package dev.pumphandle.registry;

import dev.pumphandle.linelist.ChangeColumns;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.FleetChange;
import dev.pumphandle.linelist.HostColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Writes a fleet's inventory and calendar into a workspace, as immutable Parquet files.
///
/// The files appear when the writer is closed, whole or not at all. Not safe for several threads.
public final class FleetWriter implements AutoCloseable {

  private final Workspace workspace;
  private final DuckDBConnection engine;
  private final DuckDBAppender intervals;
  private final DuckDBAppender changes;
  private final Optional<String> digest;
  private long intervalRows;
  private long changeRows;

  private FleetWriter(Workspace workspace, DuckDBConnection engine, Optional<String> digest)
      throws SQLException {
    this.workspace = workspace;
    this.engine = engine;
    this.digest = digest;
    try (Statement statement = engine.createStatement()) {
      statement.execute(StagedColumns.table("intervals", HostColumns.all()));
      statement.execute(StagedColumns.table("changes", ChangeColumns.all()));
    }
    this.intervals = engine.createAppender("main", "intervals");
    this.changes = engine.createAppender("main", "changes");
  }

  /// Opens a writer.
  public static FleetWriter open(Workspace workspace) throws IOException {
    return open(workspace, Optional.empty());
  }

  /// Writes a calendar that came from one file, under a name made of what was in it; does nothing
  /// where the same content was written before.
  ///
  /// @param digest tells what was in it, in hex
  /// @param words tells what else was said of it, in hex: it is part of the name, so that the same
  ///   content under other words can be told from a mere repetition
  /// @return what was written before
  public static Optional<Path> calendar(
      Workspace workspace, String digest, String words, List<FleetChange> changes)
      throws IOException {
    Path directory = workspace.changesDirectory();
    Optional<Path> before = written(directory, digest);
    if (before.isEmpty()) {
      try (FleetWriter writer = open(workspace, Optional.of(digest + "-" + words))) {
        for (FleetChange change : changes) {
          writer.add(change);
        }
      }
    }
    return before;
  }

  private static Optional<Path> written(Path directory, String digest) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    String name = directory.getFileName() + "-" + digest + "-";
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith(name)).findFirst();
    }
  }

  private static FleetWriter open(Workspace workspace, Optional<String> digest) throws IOException {
    try {
      return new FleetWriter(workspace, Engine.open("512MB", 1), digest);
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private static Path named(Path directory, String digest) {
    return directory.resolve(directory.getFileName() + "-" + digest + ".parquet");
  }

  /// Adds a stretch of the inventory.
  ///
  /// @throws IllegalArgumentException if it ends before it begins
  public void add(HostInterval interval) throws IOException {
    if (interval.to().isBefore(interval.from())) {
      throw new IllegalArgumentException(
          interval.node()
              + ": expected an end after "
              + interval.from()
              + ", found "
              + interval.to());
    }
    Map<String, Object> values = new HashMap<>();
    values.put(HostColumns.NODE.name(), interval.node());
    interval.physicalHost().ifPresent(v -> values.put(HostColumns.PHYSICAL.name(), v));
    interval.cluster().ifPresent(v -> values.put(HostColumns.CLUSTER.name(), v));
    interval.region().ifPresent(v -> values.put("cloud_region", v));
    interval.hostType().ifPresent(v -> values.put("host_type", v));
    interval.kernel().ifPresent(v -> values.put("os_version", v));
    interval.cpuModel().ifPresent(v -> values.put("host_cpu_model_name", v));
    interval.serviceVersion().ifPresent(v -> values.put("service_version", v));
    interval.startedAt().ifPresent(v -> values.put(HostColumns.STARTED_AT.name(), v));
    values.put(HostColumns.FROM.name(), interval.from());
    values.put(HostColumns.TO.name(), interval.to());
    interval.exceptionsPerSecond().ifPresent(v -> values.put(HostColumns.EXCEPTIONS.name(), v));
    try {
      intervals.beginRow();
      for (Column<?> column : HostColumns.all()) {
        switch (values.get(column.name())) {
          case null -> intervals.appendNull();
          case Instant at -> intervals.append(StagedValue.micros(at));
          case Double number -> intervals.append(number.doubleValue());
          case Object text -> intervals.append(text.toString());
        }
      }
      intervals.endRow();
      intervalRows++;
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  /// Adds an entry of the calendar.
  public void add(FleetChange change) throws IOException {
    try {
      changes.beginRow();
      moment(changes, Optional.of(change.at()));
      changes.append(change.kind());
      changes.append(change.what());
      text(changes, change.cluster());
      text(changes, change.region());
      text(changes, change.node());
      text(changes, change.url());
      changes.endRow();
      changeRows++;
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private static void text(DuckDBAppender appender, Optional<String> text) throws SQLException {
    if (text.isPresent()) {
      appender.append(text.get());
    } else {
      appender.appendNull();
    }
  }

  private static void moment(DuckDBAppender appender, Optional<Instant> at) throws SQLException {
    if (at.isPresent()) {
      appender.append(StagedValue.micros(at.get()));
    } else {
      appender.appendNull();
    }
  }

  /// Writes the files and ends.
  @Override
  public void close() throws IOException {
    try (engine) {
      intervals.close();
      changes.close();
      if (intervalRows > 0) {
        write("intervals", HostColumns.all(), workspace.hostIntervalsDirectory());
      }
      if (changeRows > 0) {
        write("changes", ChangeColumns.all(), workspace.changesDirectory());
      }
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private void write(String table, List<Column<?>> fields, Path directory)
      throws IOException, SQLException {
    DataFiles files = new DataFiles(directory);
    files.prepare();
    Path file =
        digest.map(name -> named(directory, name)).orElseGet(() -> files.fresh(Instant.now()));
    try (Statement statement = engine.createStatement()) {
      files.write(
          file,
          temporary ->
              statement.execute(
                  "COPY ("
                      + StagedColumns.finished(table, fields)
                      + ") TO "
                      + Engine.literal(temporary)
                      + " "
                      + ParquetFooter.options()));
    }
  }
}
