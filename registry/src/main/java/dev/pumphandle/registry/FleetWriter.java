package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
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
  private long intervalRows;
  private long changeRows;

  private FleetWriter(Workspace workspace, DuckDBConnection engine) throws SQLException {
    this.workspace = workspace;
    this.engine = engine;
    try (Statement statement = engine.createStatement()) {
      statement.execute(FleetViews.stagedTable("intervals", FleetViews.INTERVALS));
      statement.execute(FleetViews.stagedTable("changes", FleetViews.CHANGES));
    }
    this.intervals = engine.createAppender("main", "intervals");
    this.changes = engine.createAppender("main", "changes");
  }

  /// Opens a writer.
  public static FleetWriter open(Workspace workspace) throws IOException {
    try {
      return new FleetWriter(workspace, Engine.open("512MB", 1));
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
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
    try {
      intervals.beginRow();
      intervals.append(interval.node());
      text(intervals, interval.physicalHost());
      text(intervals, interval.cluster());
      text(intervals, interval.region());
      text(intervals, Optional.empty());
      text(intervals, interval.hostType());
      text(intervals, interval.kernel());
      text(intervals, Optional.empty());
      text(intervals, interval.cpuModel());
      text(intervals, Optional.empty());
      text(intervals, interval.serviceVersion());
      moment(intervals, interval.startedAt());
      moment(intervals, Optional.of(interval.from()));
      moment(intervals, Optional.of(interval.to()));
      if (interval.exceptionsPerSecond().isPresent()) {
        intervals.append(interval.exceptionsPerSecond().getAsDouble());
      } else {
        intervals.appendNull();
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
        write("intervals", FleetViews.INTERVALS, workspace.hostIntervalsDirectory());
      }
      if (changeRows > 0) {
        write("changes", FleetViews.CHANGES, workspace.changesDirectory());
      }
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private void write(String table, java.util.List<FleetViews.Field> fields, Path directory)
      throws IOException, SQLException {
    Files.createDirectories(directory);
    DataFiles files = new DataFiles(directory);
    files.sweep();
    Path file = files.fresh(Instant.now());
    Path temporary = files.temporary(file);
    try (Statement statement = engine.createStatement()) {
      statement.execute(
          "COPY ("
              + FleetViews.finished(table, fields)
              + ") TO "
              + Engine.literal(temporary)
              + " "
              + CaseWriter.parquetOptions());
    }
    files.publish(temporary, file);
  }
}
