package dev.pumphandle.fieldwork;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.FileSource;
import dev.pumphandle.corefile.PagedSource;
import dev.pumphandle.corefile.elf.BuildId;
import dev.pumphandle.corefile.elf.ElfImage;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.corefile.loaded.LoadedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Finds executables on this machine by build-id, and keeps them open across cores.
///
/// Looked at, in this order: the given directories (laid out as `.build-id/ab/cdef…` or holding
/// files
/// under their own names), `/usr/lib/debug`, and the path that the core names. A file counts only
/// when its build-id is the core's: a path alone proves nothing, since the file may have been
/// replaced since.
///
/// Safe for many threads. What was not found is remembered too, for the path it was looked for at:
/// the same build may lie at another one.
///
/// Folklore: the first core of a round that named an executable was one of a process whose file had
/// been replaced meanwhile, ` (deleted)`; all later cores of that build went without their text.
/// Test: DebugFilesTest.
public final class DebugFiles implements Executables, AutoCloseable {

  private static final String DELETED = " (deleted)";

  private static final Path SYSTEM = Path.of("/usr/lib/debug");

  /// The most files kept open; a fleet runs few builds at a time.
  private static final int MOST_OPEN = 512;

  /// What is kept of each in memory: the parts of its unwind tables that crashes lead to (bytes).
  private static final long PAGES = 256 << 10;

  private final List<Path> directories;

  /// By build-id: executables with their text.
  private final ConcurrentHashMap<String, ElfImage> whole = new ConcurrentHashMap<>();

  /// By build-id and path: what a search there came to.
  private final ConcurrentHashMap<String, Optional<ElfImage>> searched = new ConcurrentHashMap<>();

  private final Set<ByteSource> open = ConcurrentHashMap.newKeySet();

  /// Looks in these directories first.
  public DebugFiles(List<Path> directories) {
    List<Path> all = new ArrayList<>(directories);
    all.add(SYSTEM);
    this.directories = List.copyOf(all);
  }

  @Override
  public Optional<ElfImage> find(LoadedFile file) {
    if (file.buildId().isEmpty() || file.kind() == LoadedFile.Kind.VDSO) {
      return Optional.empty();
    }
    BuildId id = file.buildId().get();
    ElfImage found = whole.get(id.hex());
    return found != null
        ? Optional.of(found)
        : searched.computeIfAbsent(id.hex() + ' ' + file.path().orElse(""), _ -> search(file, id));
  }

  private Optional<ElfImage> search(LoadedFile file, BuildId id) {
    Optional<ElfImage> debugOnly = Optional.empty();
    for (Path candidate : candidates(file, id)) {
      Optional<ElfImage> image = open(candidate, id);
      if (image.isPresent() && !image.get().debugOnly()) {
        whole.put(id.hex(), image.get());
        return image;
      }
      debugOnly = debugOnly.or(() -> image);
    }
    return debugOnly;
  }

  private List<Path> candidates(LoadedFile file, BuildId id) {
    List<Path> candidates = new ArrayList<>();
    Optional<String> path =
        file.path().map(DebugFiles::asItWas).filter(p -> p.startsWith("/") && !p.contains("\0"));
    path.ifPresent(p -> candidates.add(Path.of(p)));
    String tail =
        id.hex().length() > 2 ? id.hex().substring(0, 2) + "/" + id.hex().substring(2) : "";
    for (Path directory : directories) {
      candidates.add(directory.resolve(".build-id").resolve(tail));
      candidates.add(directory.resolve(".build-id").resolve(tail + ".debug"));
      candidates.add(directory.resolve(tail + "/executable"));
      path.ifPresent(p -> candidates.add(directory.resolve(p.substring(1))));
      path.ifPresent(p -> candidates.add(directory.resolve(p.substring(p.lastIndexOf('/') + 1))));
    }
    return candidates;
  }

  /// The path without the kernel's ` (deleted)`: the same build may have been put there again.
  private static String asItWas(String path) {
    return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
  }

  private Optional<ElfImage> open(Path path, BuildId id) {
    if (open.size() >= MOST_OPEN || !Files.isRegularFile(path)) {
      return Optional.empty();
    }
    ByteSource source = null;
    try {
      source = new PagedSource(FileSource.open(path), PAGES);
      ElfImage image = ElfImage.open(source);
      if (image.buildId().filter(id::equals).isPresent()) {
        open.add(source);
        return Optional.of(image);
      }
    } catch (IOException e) {
      // Not readable, or no executable: then it is not the one that was looked for.
    }
    if (source != null) {
      try {
        source.close();
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    for (ByteSource source : open) {
      source.close();
    }
  }
}
