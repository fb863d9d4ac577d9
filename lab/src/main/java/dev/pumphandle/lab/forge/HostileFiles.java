package dev.pumphandle.lab.forge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Files that mean harm, a few thousand of them, the same ones each time: lying numbers, cut and
/// overwritten cores, bombs, and files of other kinds.
///
/// They are made one after another and never stored. Whoever reads them must end soon, with little
/// memory, in a result or a refusal that says why.
public final class HostileFiles {

  private HostileFiles() {}

  /// All of them.
  public static Stream<HostileFile> all() {
    return Stream.of(lyingNumbers(), cutCores(), fuzzedCores(), bombs(), otherKinds())
        .flatMap(s -> s);
  }

  /// A whole core in which one named number lies: 0, the largest, half of that, just past the end
  /// of the file, one more.
  public static Stream<HostileFile> lyingNumbers() {
    return LyingNumbers.all();
  }

  /// Cores that end too soon, at and around every boundary of a structure.
  public static Stream<HostileFile> cutCores() {
    return CutCores.all();
  }

  /// Cores with random damage from fixed seeds.
  public static Stream<HostileFile> fuzzedCores() {
    return FuzzedCores.all();
  }

  /// Cores made to cost time and memory: counts, cycles, overlaps, chains.
  public static Stream<HostileFile> bombs() {
    return Stream.of(HeaderBombs.ALL, NoteBombs.ALL, MemoryBombs.ALL).flatMap(List::stream);
  }

  /// Files that are something else: other machines, other systems, other formats, nothing at all.
  public static Stream<HostileFile> otherKinds() {
    return OtherKinds.ALL.stream();
  }

  /// Writes them into a directory, with an empty directory, one named like a core, a link that
  /// leads nowhere and one that leads back up.
  public static void write(Stream<HostileFile> files, Path directory) throws IOException {
    Files.createDirectories(directory.resolve("core.directory.1.1.host"));
    Files.createDirectories(directory.resolve("empty"));
    Files.createSymbolicLink(directory.resolve("core.dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(directory.resolve("empty").resolve("up"), directory);
    for (HostileFile f : (Iterable<HostileFile>) files::iterator)
      f.core().write(directory.resolve(f.name()));
  }
}
