package dev.pumphandle.registry;

import dev.pumphandle.linelist.LineListSchema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// Merges the many small files of a line list into few large ones.
///
/// Writers make a small file for each batch, so that a killed one loses little. Whenever [#FAN_IN]
/// files of about one size have gathered they become one, so a row is written again only once for
/// each time the line list has grown by that factor. Source: O'Neil et al., *The log-structured
/// merge-tree*, Acta Informatica 33 (1996); tiers by size as in Apache Cassandra's size-tiered
/// strategy.
///
/// Nothing that a reader sees changes, at any moment and whoever is killed: a merged file holds all
/// rows of its files as they are, and its footer names them. They are deleted once it has its name;
/// until then a reader leaves out what a file at hand names, and one that listed them before asks
/// again ([LineList]). Files that other collectors write meanwhile are left alone.
public final class Compaction {

  /// How many files of about one size become one.
  static final int FAN_IN = 16;

  /// Files of this size are left as they are (bytes).
  static final long LARGE = 128L << 20;

  // A tier holds sizes up to FAN_IN times this, the next one up to FAN_IN times that.
  private static final long SMALLEST_TIER = 64L << 10;

  // DuckDB reads and writes a footer for each file, and holds one row group in memory.
  private static final int MOST_AT_ONCE = 256;

  // Of a group's pages before compression. What stands in the file says nothing of memory: a
  // core's row packs ten to one, a simulated one three to one.
  private static final long GROUP_BYTES = 4L << 20;
  private static final int LEAST_ROW_GROUP = 2_048;
  private static final int MOST_ROW_GROUP = 122_880;
  private static final String MEMORY = "192MB";

  /// What was done.
  ///
  /// @param merged how many files were merged
  /// @param made into how many
  public record Outcome(int merged, int made) {
    private static final Outcome NOTHING = new Outcome(0, 0);

    private Outcome and(Outcome other) {
      return new Outcome(merged + other.merged, made + other.made);
    }
  }

  private final DataFiles files;
  private final DuckDBConnection engine;
  private final List<DataFile> live;

  private Compaction(DataFiles files, DuckDBConnection engine, List<DataFile> live) {
    this.files = files;
    this.engine = engine;
    this.live = new ArrayList<>(live);
  }

  /// Merges what has gathered in a workspace; does nothing where another process is at it.
  public static Outcome run(Workspace workspace) throws IOException {
    Path directory = workspace.casesDirectory();
    if (new DataFiles(directory).count() < FAN_IN) {
      return Outcome.NOTHING; // also when a merge was killed there are more
    }
    Path name = directory.resolve(".lock");
    try (FileChannel channel =
            FileChannel.open(name, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null || !lock.isValid() ? Outcome.NOTHING : alone(directory);
    } catch (OverlappingFileLockException e) {
      return Outcome.NOTHING; // another thread of this process is at it
    }
  }

  private static Outcome alone(Path directory) throws IOException {
    DataFiles files = new DataFiles(directory);
    try (DuckDBConnection engine = Engine.open(MEMORY, 1)) {
      DataFiles.Inventory inventory = files.inventory(engine);
      Compaction compaction = new Compaction(files, engine, inventory.live());
      delete(inventory.replaced()); // a merge that was killed left them
      Outcome outcome = Outcome.NOTHING;
      Outcome step;
      do {
        step = compaction.merge();
        outcome = outcome.and(step);
      } while (step.made > 0);
      return outcome;
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private static void delete(Collection<Path> replaced) throws IOException {
    for (Path file : replaced) {
      Files.deleteIfExists(file);
    }
  }

  /// Merges the smallest tier that is full.
  private Outcome merge() throws IOException, SQLException {
    SortedMap<Integer, List<DataFile>> tiers = new TreeMap<>();
    for (DataFile file : live) {
      long size = Files.size(file.path());
      if (size < LARGE) {
        tiers.computeIfAbsent(tier(size), _ -> new ArrayList<>()).add(file);
      }
    }
    for (List<DataFile> tier : tiers.values()) {
      if (tier.size() >= FAN_IN) {
        return merge(chosen(tier));
      }
    }
    return Outcome.NOTHING;
  }

  static int tier(long bytes) {
    int tier = 0;
    for (long most = SMALLEST_TIER * FAN_IN; bytes >= most; most *= FAN_IN) {
      tier++;
    }
    return tier;
  }

  /// The oldest files of a tier, no more than one may hold.
  private List<DataFile> chosen(List<DataFile> tier) throws IOException {
    List<DataFile> chosen = new ArrayList<>();
    long bytes = 0;
    for (DataFile file : tier) {
      if (chosen.size() < MOST_AT_ONCE && bytes < 2 * LARGE) {
        chosen.add(file);
        bytes += Files.size(file.path());
      }
    }
    return chosen;
  }

  private Outcome merge(List<DataFile> sources) throws IOException, SQLException {
    Path merged = files.fresh(Instant.now());
    List<String> names =
        sources.stream().map(file -> String.valueOf(file.path().getFileName())).toList();
    String rows = StoredRows.of(engine, LineListSchema.stored(), sources);
    String options = ParquetFooter.options(LineListSchema.stored(), rowGroup(sources), names);
    try (Statement statement = engine.createStatement()) {
      files.write(
          merged,
          temporary ->
              statement.execute(
                  "COPY (" + rows + ") TO " + Engine.literal(temporary) + " " + options));
    }
    delete(sources.stream().map(DataFile::path).toList());
    live.removeAll(sources);
    live.add(
        new DataFile(
            merged,
            Optional.of(ParquetFooter.fingerprint(LineListSchema.stored())),
            Set.copyOf(names)));
    return new Outcome(sources.size(), 1);
  }

  /// Large groups are read faster and make short footers; but a row with a thousand modules is
  /// large itself, and a group is in memory until it is written.
  private int rowGroup(List<DataFile> sources) throws SQLException {
    String files =
        sources.stream()
            .map(DataFile::path)
            .map(Engine::literal)
            .collect(Collectors.joining(", ", "([", "])"));
    long bytesOfRow;
    try (Statement statement = engine.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT sum(total_uncompressed_size) FROM parquet_metadata"
                    + files
                    + ") // greatest(1, sum(num_rows)) FROM parquet_file_metadata"
                    + files)) {
      row.next();
      bytesOfRow = Math.max(1, row.getLong(1));
    }
    long whole = GROUP_BYTES / bytesOfRow / LEAST_ROW_GROUP * LEAST_ROW_GROUP;
    return Math.clamp(whole, LEAST_ROW_GROUP, MOST_ROW_GROUP);
  }
}
