package dev.pumphandle.app;

import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A workspace with three quiet months behind it, for a watch to look at.
final class WatchedFleet {

  private final Path directory;
  private final Workspace workspace;
  private int written;

  WatchedFleet(Path directory) throws IOException {
    this.directory = directory;
    this.workspace = Workspace.init(directory);
    crash("node-old", Duration.ofDays(80));
  }

  void crash(String node, Duration ago) throws IOException {
    Instant at = Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS);
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      written++;
      writer.append(SampleRows.returnToNull(String.format("%016x", written), node, at.toString()));
    }
  }

  void outbreak() throws IOException {
    for (int i = 0; i < 5; i++) {
      crash("node-" + i, Duration.ofMinutes(10 + i));
    }
  }

  /// One look with these arguments.
  Ran watch(String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(new String[] {"watch", "--once", "--since", "20h"}, 0, all, 0, 4);
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return Ran.in(directory, all);
  }
}
