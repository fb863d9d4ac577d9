package dev.pumphandle.corefile.loaded;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.Span;
import dev.pumphandle.corefile.note.AuxVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The search for a core's loaded files: candidates first, their first pages fetched together, then
/// a look at each.
final class LoadedFileSearch {

  /// The most mappings whose first page is looked at.
  static final int MAX_CANDIDATES = 4096;

  /// The same where there are no names to tell files by.
  private static final int MAX_NAMELESS = 512;

  private final CoreFile core;
  private final boolean hasFileMap;
  private final Map<Long, Long> auxiliary;
  private MemoryImage memory;
  private LinkMap linkMap = LinkMap.EMPTY;

  LoadedFileSearch(CoreFile core, MemoryImage memory) {
    this.core = core;
    this.memory = memory;
    this.hasFileMap = core.fileMap().isPresent();
    this.auxiliary = core.auxVector().map(AuxVector::all).orElse(Map.of());
  }

  LinkMap linkMap() {
    return linkMap;
  }

  MemoryImage memory() {
    return memory;
  }

  List<LoadedFile> run() throws IOException {
    List<Mapping> mappings = core.mappings();
    int most = hasFileMap ? MAX_CANDIDATES : MAX_NAMELESS;
    List<Span> firstPages = new ArrayList<>();
    for (int i = 0; i < mappings.size() && firstPages.size() < most; i++) {
      if (mayBegin(mappings, i)) {
        firstPages.add(new Span(mappings.get(i).from(), MappedHeader.PAGE));
      }
    }
    memory = memory.preload(firstPages);
    if (!hasFileMap) {
      linkMap = walkLinkMap();
    }
    return join(mappings, headers(firstPages));
  }

  /// The dynamic linker's list, from the main executable's dynamic section.
  LinkMap walkLinkMap() throws IOException {
    Long headersAt = auxiliary.get(AuxVector.AT_PHDR);
    if (headersAt == null) {
      return LinkMap.EMPTY;
    }
    // The program headers follow the ELF header, in the same page unless someone took pains.
    Optional<MappedHeader> header = MappedHeader.read(memory, headersAt & -MappedHeader.PAGE);
    return header.isPresent() && header.get().dynamic().isPresent()
        ? LinkMap.read(memory, header.get().dynamic().getAsLong(), core.source().name())
        : LinkMap.EMPTY;
  }

  /// Whether a mapping may begin with an ELF header: a named one at file offset 0; without names,
  /// one that is dumped, not writable, and code or right before code.
  private boolean mayBegin(List<Mapping> mappings, int i) {
    Mapping mapping = mappings.get(i);
    if (mapping.dumpedBytes() < 64) {
      return false;
    }
    if (mapping.path().isPresent()) {
      return mapping.fileOffset() == 0;
    }
    if (holds(AuxVector.AT_SYSINFO_EHDR, mapping.from(), mapping.from() + 1)) {
      return true;
    }
    return !hasFileMap
        && !mapping.permissions().writable()
        && (mapping.permissions().executable() || isBeforeCode(mappings, i));
  }

  private static boolean isBeforeCode(List<Mapping> mappings, int i) {
    if (i + 1 == mappings.size()) {
      return false;
    }
    Mapping next = mappings.get(i + 1);
    return next.from() == mappings.get(i).to() && next.permissions().executable();
  }

  private Map<Long, MappedHeader> headers(List<Span> firstPages) throws IOException {
    Map<Long, MappedHeader> headers = new HashMap<>();
    for (Span page : firstPages) {
      MappedHeader.read(memory, page.from()).ifPresent(h -> headers.put(page.from(), h));
    }
    return headers;
  }

  /// Puts mappings together that belong to one file: those of one path, up to where the next copy
  /// of it begins; without names, those within the reach of one header.
  private List<LoadedFile> join(List<Mapping> mappings, Map<Long, MappedHeader> headers)
      throws IOException {
    List<LoadedFile> files = new ArrayList<>();
    Part part = null;
    for (Mapping mapping : mappings) {
      MappedHeader header = headers.get(mapping.from());
      if (part != null && part.takes(mapping, header != null)) {
        part.add(mapping);
      } else if (!belongsToNone(mapping, header)) {
        if (part != null) {
          finish(part, files);
        }
        part = new Part(mapping, header);
      }
    }
    if (part != null) {
      finish(part, files);
    }
    return List.copyOf(files);
  }

  /// Anonymous memory between a file's mappings (its zero-filled data) does not end the file.
  private boolean belongsToNone(Mapping mapping, @Nullable MappedHeader header) {
    return mapping.path().isEmpty() && header == null && !isMain(mapping.from(), mapping.to());
  }

  private void finish(Part part, List<LoadedFile> files) throws IOException {
    // A file that is only data (a locale archive, a mapped table) was mapped, not loaded.
    if (part.header == null && !part.executable && !isMain(part.from, part.to)) {
      return;
    }
    Optional<String> path = part.path.or(() -> pathFromLinkMap(part));
    LoadedFile.Kind kind = kind(part);
    if (path.isEmpty() && kind == LoadedFile.Kind.MAIN) {
      path = startedAs();
    }
    files.add(
        new LoadedFile(
            kind,
            path,
            part.header == null ? Optional.empty() : part.header.buildId(),
            part.from,
            part.to,
            part.header == null ? part.assumedBias() : part.header.bias()));
  }

  private LoadedFile.Kind kind(Part part) {
    if (isMain(part.from, part.to)) {
      return LoadedFile.Kind.MAIN;
    }
    if (holds(AuxVector.AT_SYSINFO_EHDR, part.from, part.to)) {
      return LoadedFile.Kind.VDSO;
    }
    return holds(AuxVector.AT_BASE, part.from, part.to)
        ? LoadedFile.Kind.LINKER
        : LoadedFile.Kind.LIBRARY;
  }

  /// AT_ENTRY is asked first: where the program headers are outside every segment, AT_PHDR points
  /// nowhere.
  private boolean isMain(long from, long to) {
    return holds(AuxVector.AT_ENTRY, from, to) || holds(AuxVector.AT_PHDR, from, to);
  }

  private boolean holds(long type, long from, long to) {
    Long address = auxiliary.get(type);
    return address != null
        && address != 0
        && Long.compareUnsigned(address, from) >= 0
        && Long.compareUnsigned(address, to) < 0;
  }

  private Optional<String> pathFromLinkMap(Part part) {
    for (LinkMap.Entry entry : linkMap.entries()) {
      boolean inside =
          Long.compareUnsigned(entry.dynamic(), part.from) >= 0
              && Long.compareUnsigned(entry.dynamic(), part.to) < 0;
      if (inside && !entry.path().isEmpty()) {
        return Optional.of(entry.path());
      }
    }
    return Optional.empty();
  }

  /// The path by which the program was started, from the process's own stack.
  private Optional<String> startedAs() throws IOException {
    Long at = auxiliary.get(AuxVector.AT_EXECFN);
    if (at == null) {
      return Optional.empty();
    }
    String path = memory.readUpTo(at, 4096).bytes().cString(0, 4096);
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  /// The mappings of one file, while they are gathered.
  private static final class Part {

    private final long from;
    private final Optional<String> path;
    private final @Nullable MappedHeader header;
    private final long fileOffset;
    private long to;
    private boolean executable;

    Part(Mapping first, @Nullable MappedHeader header) {
      this.from = first.from();
      this.path = first.path();
      this.header = header;
      this.fileOffset = first.fileOffset();
      this.to = first.to();
      if (path.isEmpty() && header != null && Long.compareUnsigned(header.to(), to) > 0) {
        this.to = header.to(); // without names, only the header tells how far the file reaches
      }
      this.executable = first.permissions().executable();
    }

    boolean takes(Mapping mapping, boolean begins) {
      boolean within = header != null && Long.compareUnsigned(mapping.from(), header.to()) < 0;
      if (mapping.path().isEmpty()) {
        return within && path.isEmpty() && !begins;
      }
      return mapping.path().equals(path) && (within || !begins);
    }

    void add(Mapping mapping) {
      to = Long.compareUnsigned(mapping.to(), to) > 0 ? mapping.to() : to;
      executable |= mapping.permissions().executable();
    }

    /// Without a header: position-independent files begin at their base, fixed ones lie in the
    /// lowest 4 GiB and are not moved.
    long assumedBias() {
      return Long.compareUnsigned(from, 1L << 32) < 0 ? 0 : from - fileOffset;
    }
  }
}
