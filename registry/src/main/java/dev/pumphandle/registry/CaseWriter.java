package dev.pumphandle.registry;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LineListSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Writes rows into a workspace: in batches, each one immutable Parquet file.
///
/// A batch ends after [#ROWS] rows, [#BYTES] or [#LONGEST], whichever comes first; a process that
/// is killed
/// loses at most the batch it had not yet written, and the next run finds those objects missing and
/// reads them again. Any number of writers, in any number of processes, may write to one workspace.
///
/// Not safe for several threads: one thread appends.
public final class CaseWriter implements AutoCloseable {

  /// The most rows in one batch.
  public static final int ROWS = 1024;

  /// The most that one batch's lists and maps measure as text (bytes): DuckDB takes about ten times
  /// that to turn them into columns, and a row of a process with a thousand libraries is large.
  public static final long BYTES = 4L << 20;

  /// The longest a row waits in memory while others arrive.
  public static final Duration LONGEST = Duration.ofSeconds(20);

  /// What DuckDB may take for an ordinary batch.
  private static final String MEMORY = "96MB";

  /// What it may take for a batch that needs more: rows of enormous processes.
  private static final String MORE_MEMORY = "2GB";

  private static final List<Column<?>> COLUMNS = LineListSchema.stored();

  private final DataFiles files;
  private final DuckDBConnection engine;
  private DuckDBAppender appender;
  private int waiting;
  private long waitingBytes;
  private long firstAt;
  private long written;

  private CaseWriter(DataFiles files, DuckDBConnection engine) throws IOException, SQLException {
    this.files = files;
    this.engine = engine;
    this.appender = stage();
  }

  /// Opens a writer, and clears away what killed writers left behind.
  public static CaseWriter open(Workspace workspace) throws IOException {
    Files.createDirectories(workspace.casesDirectory());
    DataFiles files = new DataFiles(workspace.casesDirectory());
    files.sweep();
    try {
      return new CaseWriter(files, Engine.open(MEMORY, 1));
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  /// Adds one row. May write a file.
  ///
  /// @throws IllegalArgumentException if the row does not say which object it is of
  public void append(CaseRow row) throws IOException {
    if (row.get(IdentityColumns.CASE_ID).isEmpty()
        || row.get(IdentityColumns.OBJECT_URI).isEmpty()
        || row.get(IdentityColumns.READ_STATE).isEmpty()) {
      throw new IllegalArgumentException("a row needs case_id, object_uri and read_state");
    }
    try {
      appender.beginRow();
      for (Column<?> column : COLUMNS) {
        append(column, row.value(column).orElse(null));
      }
      appender.endRow();
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
    if (waiting++ == 0) {
      firstAt = System.nanoTime();
    }
    if (waiting >= ROWS
        || waitingBytes >= BYTES
        || System.nanoTime() - firstAt > LONGEST.toNanos()) {
      flush();
    }
  }

  private void append(Column<?> column, @org.jspecify.annotations.Nullable Object value)
      throws SQLException, IOException {
    if (value == null) {
      appender.appendNull();
      return;
    }
    switch (column.type()) {
      case TEXT -> appender.append((String) value);
      case BOOLEAN -> appender.append((boolean) (Boolean) value);
      case INTEGER -> appender.append((int) (Integer) value);
      case BIGINT, UBIGINT -> appender.append((long) (Long) value);
      case DOUBLE -> appender.append((double) (Double) value);
      case TIMESTAMP -> appender.append(StagedValue.micros((Instant) value));
      case MAP_TEXT_UBIGINT, MAP_TEXT_TEXT, LIST_TEXT, LIST_UBIGINT, LIST_FRAMES, LIST_MODULES ->
          append(StagedValue.json(value));
    }
  }

  private void append(String json) throws SQLException {
    waitingBytes += json.length();
    appender.append(json);
  }

  /// Writes the rows that wait, as one file. Does nothing when none wait.
  public void flush() throws IOException {
    if (waiting == 0) {
      return;
    }
    Path file = files.fresh(Instant.now());
    Path temporary = files.temporary(file);
    try {
      appender.close();
      try (Statement statement = engine.createStatement()) {
        copy(statement, temporary);
        statement.execute("DROP TABLE staged");
      }
      files.publish(temporary, file);
      written += waiting;
      waiting = 0;
      waitingBytes = 0;
      appender = stage();
    } catch (SQLException e) {
      Files.deleteIfExists(temporary);
      throw new IOException(file + ": " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private static void copy(Statement statement, Path temporary) throws SQLException {
    try {
      statement.execute(copy(temporary));
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("Out of Memory")) {
        throw e;
      }
      statement.execute("SET memory_limit = '" + MORE_MEMORY + "'");
      statement.execute(copy(temporary));
      statement.execute("SET memory_limit = '" + MEMORY + "'");
    }
  }

  /// Rows that stand in files by now.
  public long written() {
    return written;
  }

  /// Writes what waits and ends.
  @Override
  public void close() throws IOException {
    try (engine) {
      flush();
      appender.close();
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private DuckDBAppender stage() throws SQLException {
    String columns =
        COLUMNS.stream()
            .map(c -> Engine.identifier(c.name()) + " " + StagedValue.stagedType(c))
            .collect(Collectors.joining(", "));
    try (Statement statement = engine.createStatement()) {
      statement.execute("CREATE TABLE staged (" + columns + ")");
    }
    return engine.createAppender("main", "staged");
  }

  private static String copy(Path to) {
    return "COPY (SELECT "
        + COLUMNS.stream().map(StagedValue::finished).collect(Collectors.joining(", "))
        + " FROM staged) TO "
        + Engine.literal(to)
        + " "
        + parquetOptions();
  }

  static String parquetOptions() {
    return "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048, STRING_DICTIONARY_PAGE_SIZE_LIMIT 65536, KV_METADATA {"
        + DataFiles.SCHEMA_KEY
        + ": '"
        + LineListSchema.VERSION
        + "'})";
  }
}
