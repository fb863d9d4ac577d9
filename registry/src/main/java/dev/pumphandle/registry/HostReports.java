package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// What inventory files said, as they said it: one immutable Parquet file for each, named by a
/// digest
/// of its content, so that a file is taken once however often it is given.
public final class HostReports {

  static final List<String> VALUES =
      HostColumns.exposures().stream().<String>map(Column::name).toList();

  private static final String COLUMNS =
      "basis VARCHAR, stream VARCHAR, k8s_node_name VARCHAR, seen_from BIGINT, seen_to BIGINT,"
          + " spacing_s BIGINT, source VARCHAR, line BIGINT, "
          + VALUES.stream().map(name -> name + " VARCHAR").collect(Collectors.joining(", "));

  private static final String DERIVED = "collected-intervals.parquet";

  /// About how many reports are in memory at a time.
  private static final long AT_ONCE = 400_000;

  private final Path directory;
  private final Path target;

  /// The reports in a workspace.
  public HostReports(Workspace workspace) {
    this.directory = workspace.hostReportsDirectory();
    this.target = workspace.hostIntervalsDirectory();
  }

  /// A writer for the reports of one file.
  public Writer writer() throws IOException {
    new DataFiles(directory).prepare();
    try {
      return new Writer(directory);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /// Reports of one file on their way to the disk: there when published, else gone.
  public static final class Writer implements AutoCloseable {
    private final Path directory;
    private final DuckDBConnection engine;
    private final DuckDBAppender rows;
    private long count;

    private Writer(Path directory) throws IOException, SQLException {
      this.directory = directory;
      this.engine = Engine.open("1GB", 1);
      try (Statement statement = engine.createStatement()) {
        statement.execute("CREATE TABLE reports (" + COLUMNS + ")");
      }
      this.rows = engine.createAppender("main", "reports");
    }

    /// Adds a report.
    public void add(HostReport report) throws IOException {
      try {
        rows.beginRow();
        rows.append(report.basis().name());
        rows.append(report.stream());
        rows.append(report.node());
        rows.append(StagedValue.micros(report.from()));
        rows.append(StagedValue.micros(report.to()));
        rows.append(report.spacing());
        rows.append(report.source());
        rows.append(report.line());
        for (String name : VALUES) {
          String value = report.values().get(name);
          if (value == null) {
            rows.appendNull();
          } else {
            rows.append(value);
          }
        }
        rows.endRow();
        count++;
      } catch (SQLException e) {
        throw failure(e);
      }
    }

    /// How many were added.
    public long count() {
      return count;
    }

    /// Writes the file, unless one with this digest was taken before.
    ///
    /// @param digest of its content and of whatever else its reports depend on, in hex
    /// @return whether it is new
    public boolean publish(String digest) throws IOException {
      Path file = directory.resolve("reports-" + digest + ".parquet");
      if (Files.exists(file)) {
        return false;
      }
      DataFiles files = new DataFiles(directory);
      try (Statement statement = engine.createStatement()) {
        rows.close();
        files.write(
            file,
            temporary ->
                statement.execute(
                    "COPY (SELECT * FROM reports ORDER BY k8s_node_name, seen_from, line) TO "
                        + Engine.literal(temporary)
                        + " "
                        + ParquetFooter.options()));
        return true;
      } catch (SQLException e) {
        throw failure(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        engine.close();
      } catch (SQLException e) {
        throw failure(e);
      }
    }
  }

  /// What makes the stretches of one node of all that was said of it.
  public interface Timelines {
    /// The rows of `host_intervals` of one node, as texts by column.
    ///
    /// @param widest the longest time between two sightings that is bridged
    Stream<Map<String, String>> of(String node, List<HostReport> reports, Duration widest);
  }

  /// What was worked out.
  ///
  /// @param reports of how many reports
  /// @param files from how many files
  /// @param nodes of how many nodes
  /// @param intervals how many rows
  /// @param widest the longest time between two sightings that was bridged
  public record Derived(long reports, long files, long nodes, long intervals, Duration widest) {}

  /// Works `host_intervals` out anew from all reports: the file of the former time is replaced.
  ///
  /// @param widest the longest time between two sightings that is bridged, given the usual time
  ///   between two sightings of a node; none when nothing was sighted twice
  public Derived derive(Function<Optional<Duration>, Duration> widest, Timelines timelines)
      throws IOException {
    new DataFiles(directory).prepare();
    try (FileChannel lock = lockFile();
        FileLock held = lock.lock();
        DuckDBConnection engine = Engine.open("2GB", 2)) {
      List<Path> files = files();
      if (files.isEmpty() || !held.isValid()) {
        return new Derived(0, 0, 0, 0, widest.apply(Optional.empty()));
      }
      run(
          engine,
          "CREATE VIEW reports AS FROM read_parquet(["
              + files.stream().map(Engine::literal).collect(Collectors.joining(", "))
              + "], union_by_name = true)");
      Duration bridged = widest.apply(usualSpacing(engine));
      IntervalFile intervals = new IntervalFile(engine);
      long[] counts = each(engine, timelines, bridged, intervals);
      intervals.replace(target, DERIVED);
      return new Derived(counts[0], files.size(), counts[1], intervals.count(), bridged);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private FileChannel lockFile() throws IOException {
    try {
      return FileChannel.open(
          directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new DataFiles(directory).notWritten(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.filter(f -> f.getFileName().toString().startsWith("reports-")).sorted().toList();
    }
  }

  private static Optional<Duration> usualSpacing(DuckDBConnection engine) throws SQLException {
    try (Statement statement = engine.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT median(apart)::BIGINT FROM (
                  SELECT CASE WHEN spacing_s > 0 THEN spacing_s * 1000000
                    ELSE seen_from - lag(seen_to) OVER (
                      PARTITION BY stream, k8s_cluster_name, k8s_node_name ORDER BY seen_from, seen_to)
                    END AS apart
                  FROM reports WHERE basis = 'SEEN') WHERE apart > 0
                """)) {
      rows.next();
      long micros = rows.getLong(1);
      return rows.wasNull()
          ? Optional.empty()
          : Optional.of(Duration.of(micros, ChronoUnit.MICROS));
    }
  }

  // Nodes come in shares of bounded size: the driver holds a whole answer in memory.
  private static long[] each(
      DuckDBConnection engine, Timelines timelines, Duration widest, IntervalFile out)
      throws SQLException {
    long reports = number(engine, "SELECT count(*) FROM reports");
    long shares = Math.max(1, Math.ceilDiv(reports, AT_ONCE));
    for (long share = 0; share < shares; share++) {
      String ask =
          "SELECT basis, stream, k8s_node_name, seen_from, seen_to, spacing_s, source, line, "
              + String.join(", ", VALUES)
              + " FROM reports WHERE hash(k8s_node_name) % "
              + shares
              + " = "
              + share
              + " ORDER BY k8s_node_name";
      List<HostReport> one = new ArrayList<>();
      try (Statement statement = engine.createStatement();
          ResultSet rows = statement.executeQuery(ask)) {
        while (rows.next()) {
          HostReport next = report(rows);
          if (!one.isEmpty() && !one.getFirst().node().equals(next.node())) {
            out.add(timelines.of(one.getFirst().node(), one, widest));
            one = new ArrayList<>();
          }
          one.add(next);
        }
      }
      if (!one.isEmpty()) {
        out.add(timelines.of(one.getFirst().node(), one, widest));
      }
    }
    return new long[] {
      reports, number(engine, "SELECT count(DISTINCT k8s_node_name) FROM reports")
    };
  }

  private static long number(DuckDBConnection engine, String ask) throws SQLException {
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(ask)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static HostReport report(ResultSet row) throws SQLException {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < VALUES.size(); i++) {
      String value = row.getString(9 + i);
      if (value != null) {
        values.put(VALUES.get(i), value);
      }
    }
    return new HostReport(
        Basis.valueOf(row.getString(1)),
        row.getString(2),
        row.getString(3),
        values,
        Instant.EPOCH.plus(row.getLong(4), ChronoUnit.MICROS),
        Instant.EPOCH.plus(row.getLong(5), ChronoUnit.MICROS),
        row.getLong(6),
        row.getString(7),
        row.getLong(8));
  }

  private static void run(DuckDBConnection engine, String sql) throws SQLException {
    try (Statement statement = engine.createStatement()) {
      statement.execute(sql);
    }
  }

  private static IOException failure(SQLException e) {
    return new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
  }
}
