package dev.pumphandle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Cores to measure with: a few real ones, and any number of replicas under other names.
///
/// @param originals the real cores
/// @param replicas the directory that holds the replicas
/// @param count how many replicas
public record Corpus(List<Path> originals, Path replicas, int count) {

  /// Replicates the cores of a directory by hard links: another name, the same bytes, no disk. So
  /// the page cache is warm for all of them and what is measured is the program, not the disk.
  ///
  /// @param source a directory of cores whose names begin with `core`
  /// @param replicas where the replicas go; made anew
  /// @param count how many replicas
  public static Corpus replicate(Path source, Path replicas, int count) throws IOException {
    List<Path> originals = cores(source);
    if (originals.isEmpty()) {
      throw new IOException(source + ": expected files whose names begin with core, found none");
    }
    Files.createDirectories(replicas);
    for (int i = 0; i < count; i++) {
      Path original = originals.get(i % originals.size());
      String name =
          String.format(
              Locale.ROOT,
              "core.patient%d.%d.%d.host%d",
              i % originals.size(),
              1000 + i,
              1_767_225_600L + i,
              i % 97);
      Files.createLink(replicas.resolve(name), original);
    }
    return new Corpus(originals, replicas, count);
  }

  /// The cores of one directory, by name.
  public static List<Path> cores(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith("core"))
          .filter(file -> !file.getFileName().toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }
}
