package dev.pumphandle.app.collect;

import dev.pumphandle.stores.StreamedSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a user wants cores to be collected.
///
/// @param jobs how many files to examine at a time
/// @param remoteJobs how many objects of object stores to examine at a time: they mostly wait
/// @param since only objects written from then on
/// @param keyPattern how object names are read; else as the workspace says, else the usual names
/// @param debugDirectories where executables lie, before those of the workspace
/// @param scanLimit how far to look into a compressed core (bytes, decompressed)
/// @param bounds what it may cost
/// @param dryRun whether to list only
public record Wishes(
    int jobs,
    int remoteJobs,
    Optional<Instant> since,
    Optional<String> keyPattern,
    List<Path> debugDirectories,
    long scanLimit,
    Bounds bounds,
    boolean dryRun) {

  /// How many objects of object stores are examined at a time unless told otherwise.
  public static final int REMOTE_JOBS = 64;

  /// None in particular.
  public static final Wishes NONE =
      new Wishes(
          2 * Runtime.getRuntime().availableProcessors(),
          REMOTE_JOBS,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          StreamedSource.DEFAULT_SCAN_LIMIT,
          Bounds.NONE,
          false);

  public Wishes {
    debugDirectories = List.copyOf(debugDirectories);
  }
}
