package dev.pumphandle.registry;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LineListSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /// A writer that goes on for weeks merges what it wrote now and then.
  private static final int BATCHES_BETWEEN_MERGES = 64;

  /// Rows in a group of a batch's file.
  private static final int ROW_GROUP = 2048;

  private static final int BULK_ROWS = 61_440;

  /// The most that one batch's lists and maps measure (bytes): DuckDB takes a multiple of that to
  /// turn them into columns, and a row of a process with a thousand libraries is large.
  public static final long BYTES = 4L << 20;

  /// The longest a row waits in memory while others arrive.
  public static final Duration LONGEST = Duration.ofSeconds(20);

  /// What DuckDB may take for an ordinary batch.
  private static final String MEMORY = "96MB";

  /// What it may take for a batch that needs more: rows of enormous processes.
  private static final String MORE_MEMORY = "2GB";

  private static final List<Column<?>> COLUMNS = LineListSchema.stored();

  private final Workspace workspace;
  private final DataFiles files;
  private final DuckDBConnection engine;
  private final int rows;
  private DuckDBAppender appender;
  private int waiting;
  private long waitingBytes;
  private long firstAt;
  private long written;
  private int batches;

  private CaseWriter(Workspace workspace, DataFiles files, DuckDBConnection engine, int rows)
      throws IOException, SQLException {
    this.rows = rows;
    this.workspace = workspace;
    this.files = files;
    this.engine = engine;
    this.appender = stage();
  }

  /// Opens a writer, merges small files where many have gathered ([Compaction]), and clears away
  /// what killed writers left behind.
  public static CaseWriter open(Workspace workspace) throws IOException {
    return open(workspace, ROWS, MEMORY);
  }

  /// Opens a writer for millions of short rows that can be made again: a killed one loses more, and
  /// it takes more memory.
  public static CaseWriter bulk(Workspace workspace) throws IOException {
    return open(workspace, BULK_ROWS, MORE_MEMORY);
  }

  private static CaseWriter open(Workspace workspace, int rows, String memory) throws IOException {
    DataFiles files = new DataFiles(workspace.casesDirectory());
    files.prepare();
    Compaction.run(workspace);
    try {
      return new CaseWriter(workspace, files, Engine.open(memory, 1), rows);
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
        waitingBytes += StagedValue.append(appender, column, row.value(column).orElse(null));
      }
      appender.endRow();
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
    if (waiting++ == 0) {
      firstAt = System.nanoTime();
    }
    if (waiting >= rows
        || waitingBytes >= BYTES
        || System.nanoTime() - firstAt > LONGEST.toNanos()) {
      flush();
    }
  }

  /// Writes the rows that wait, as one file. Does nothing when none wait.
  public void flush() throws IOException {
    if (waiting == 0) {
      return;
    }
    Path file = files.fresh(Instant.now());
    try {
      appender.close();
      try (Statement statement = engine.createStatement()) {
        files.write(file, temporary -> copy(statement, temporary));
        statement.execute("DROP TABLE staged");
      }
      written += waiting;
      waiting = 0;
      waitingBytes = 0;
      appender = stage();
      if (++batches % BATCHES_BETWEEN_MERGES == 0) {
        Compaction.run(workspace);
      }
    } catch (SQLException e) {
      throw new IOException(file + ": " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private void copy(Statement statement, Path temporary) throws SQLException {
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
    try (Statement statement = engine.createStatement()) {
      statement.execute(StagedColumns.table("staged", COLUMNS));
    }
    return engine.createAppender("main", "staged");
  }

  private String copy(Path to) {
    return "COPY ("
        + StagedColumns.finished("staged", COLUMNS)
        + ") TO "
        + Engine.literal(to)
        + " "
        + ParquetFooter.options(COLUMNS, Math.max(rows, ROW_GROUP));
  }
}
