package dev.pumphandle.corefile.loaded;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreFormatException;
import dev.pumphandle.corefile.elf.ElfImage;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.MemoryRead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that were loaded into the dead process, by address.
///
/// Where the core has a file map they come from it, with build-ids from the first pages that the
/// kernel dumps of each ELF file (bit 4 of `coredump_filter`). Where it has none they come from the
/// auxiliary vector, the dynamic linker's list, and ELF headers at the start of dumped mappings.
public final class LoadedFiles {

  private final List<LoadedFile> files;
  private final LinkMap linkMap;
  private final MemoryImage memory;

  /// Opened when first asked for; two threads may both open it.
  private volatile @Nullable Vdso opened;

  private record Vdso(Optional<ElfImage> image) {}

  private LoadedFiles(List<LoadedFile> files, LinkMap linkMap, MemoryImage memory) {
    this.files = files;
    this.linkMap = linkMap;
    this.memory = memory;
  }

  /// Finds the files of a core; reads their first pages, at most [LoadedFileSearch#MAX_CANDIDATES]
  /// of them.
  ///
  /// @throws IOException where the store cannot deliver
  public static LoadedFiles of(CoreFile core) throws IOException {
    return of(core, core.memory());
  }

  /// As [#of(CoreFile)], over an image of the same core that has more fetched already.
  ///
  /// @throws IOException where the store cannot deliver
  public static LoadedFiles of(CoreFile core, MemoryImage memory) throws IOException {
    LoadedFileSearch search = new LoadedFileSearch(core, memory);
    List<LoadedFile> files = search.run();
    return new LoadedFiles(files, search.linkMap(), search.memory());
  }

  /// Files that somebody else has told of: nothing is searched for, and nothing read.
  ///
  /// @param known in any order
  /// @param memory the memory they were loaded into
  public static LoadedFiles told(List<LoadedFile> known, MemoryImage memory) {
    List<LoadedFile> sorted = new ArrayList<>(known);
    sorted.sort((a, b) -> Long.compareUnsigned(a.from(), b.from()));
    return new LoadedFiles(List.copyOf(sorted), LinkMap.EMPTY, memory);
  }

  /// The dynamic linker's list of a core, wherever its file map stands: reads a few dozen bytes for
  /// each file in it.
  ///
  /// @throws IOException where the store cannot deliver
  public static LinkMap linkMapOf(CoreFile core) throws IOException {
    return new LoadedFileSearch(core, core.memory()).walkLinkMap();
  }

  /// The files by address. Unmodifiable.
  public List<LoadedFile> list() {
    return files;
  }

  /// The file that `address` lies in.
  public Optional<LoadedFile> at(long address) {
    int low = 0;
    int high = files.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      LoadedFile file = files.get(middle);
      if (Long.compareUnsigned(address, file.from()) < 0) {
        high = middle - 1;
      } else if (Long.compareUnsigned(address, file.to()) >= 0) {
        low = middle + 1;
      } else {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /// The program itself.
  public Optional<LoadedFile> main() {
    return first(LoadedFile.Kind.MAIN);
  }

  /// The vDSO.
  public Optional<LoadedFile> vdso() {
    return first(LoadedFile.Kind.VDSO);
  }

  /// The dynamic linker's list, where it was needed; empty where the file map was enough.
  public LinkMap linkMap() {
    return linkMap;
  }

  /// The core's memory with what this search has fetched.
  public MemoryImage memory() {
    return memory;
  }

  /// The vDSO, opened from the core's own pages: it is on no disk. Empty where it was not dumped
  /// whole.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<ElfImage> vdsoImage() throws IOException {
    Vdso known = opened;
    if (known == null) {
      known = new Vdso(openVdso());
      opened = known;
    }
    return known.image();
  }

  private Optional<ElfImage> openVdso() throws IOException {
    Optional<LoadedFile> vdso = vdso();
    if (vdso.isEmpty()) {
      return Optional.empty();
    }
    long bytes = vdso.get().to() - vdso.get().from();
    if (bytes <= 0 || bytes > 1 << 20) {
      return Optional.empty(); // the real one has a few pages
    }
    return switch (memory.read(vdso.get().from(), (int) bytes)) {
      case MemoryRead.Present present -> open(ByteSource.of("[vdso]", present.bytes()));
      case MemoryRead.Gap _ -> Optional.empty();
    };
  }

  private static Optional<ElfImage> open(ByteSource source) throws IOException {
    try {
      return Optional.of(ElfImage.open(source));
    } catch (CoreFormatException e) {
      return Optional.empty(); // overwritten, or not a vDSO: nothing depends on it
    }
  }

  private Optional<LoadedFile> first(LoadedFile.Kind kind) {
    return files.stream().filter(file -> file.kind() == kind).findFirst();
  }
}
