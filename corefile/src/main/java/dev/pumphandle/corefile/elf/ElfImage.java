package dev.pumphandle.corefile.elf;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFormatException;
import dev.pumphandle.corefile.ElfHeader;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.NotACoreException;
import dev.pumphandle.corefile.Segment;
import dev.pumphandle.corefile.UnsupportedCoreException;
import dev.pumphandle.corefile.Where;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An executable or shared object, opened: from a disk, or from memory where all of it was mapped
/// (the vDSO).
///
/// Addresses are the file's own, before any bias. Opening reads headers, section names and the
/// build-id; symbols are read and sorted when first asked for. Safe for many threads. The source
/// stays the caller's to close.
public final class ElfImage {

  private static final ByteView MAGIC = ByteView.ofLatin1("\u007fELF");

  /// How much is read first (bytes): headers and, as a rule, the build-id.
  private static final int FIRST_READ = 8 << 10;

  private final ByteSource source;
  private final Machine machine;
  private final ElfHeader header;
  private final ProgramHeaders segments;
  private final List<Section> sections;
  private final Optional<BuildId> buildId;
  private final boolean debugOnly;

  /// Filled on first use; two threads may both fill it, with equal tables.
  private volatile @Nullable SymbolIndex symbols;

  private final ConcurrentHashMap<Class<?>, Object> companions = new ConcurrentHashMap<>();

  private ElfImage(
      ByteSource source,
      Machine machine,
      ElfHeader header,
      ProgramHeaders segments,
      List<Section> sections)
      throws IOException {
    this.source = source;
    this.machine = machine;
    this.header = header;
    this.segments = segments;
    this.sections = sections;
    this.debugOnly = sections.stream().anyMatch(s -> s.executable() && s.type() == Section.NO_BITS);
    this.buildId = findBuildId();
  }

  /// Opens a 64-bit little-endian executable or shared object for Linux on a machine that is read
  /// here.
  ///
  /// @throws CoreFormatException where the file is something else, is cut inside its headers or
  ///     contradicts the format
  /// @throws IOException where the store cannot deliver
  public static ElfImage open(ByteSource source) throws IOException {
    String name = source.name();
    ByteView first = source.read(0, FIRST_READ);
    if (!first.startsWith(0, MAGIC)) {
      throw new NotACoreException(new Where(name, "file", 0), "an ELF file", "something else");
    }
    ElfHeader header = ElfHeader.decode(first, name);
    Optional<Machine> machine = Machine.ofElfNumber(header.machineNumber());
    if (first.u8(4) != 2 || first.u8(5) != 1 || machine.isEmpty()) {
      throw new UnsupportedCoreException(
          new Where(name, "ELF header", 4),
          "64-bit little-endian ELF for x86-64 or AArch64",
          "class "
              + first.u8(4)
              + ", byte order "
              + first.u8(5)
              + ", machine "
              + header.machineNumber());
    }
    return new ElfImage(
        source,
        machine.get(),
        header,
        programHeaders(source, header, first),
        SectionHeaders.read(source, header));
  }

  /// The program headers as far as the file has them; `e_phnum` has 16 bits, so they are never
  /// large.
  private static ProgramHeaders programHeaders(ByteSource source, ElfHeader header, ByteView first)
      throws IOException {
    long at = header.programHeadersAt();
    int bytes = header.programHeaderCount() * ProgramHeaders.ENTRY_BYTES;
    if (at < 0) {
      return new ProgramHeaders(ByteView.EMPTY);
    }
    boolean read = at + bytes > 0 && at + bytes <= first.length();
    return new ProgramHeaders(read ? first.slice((int) at, bytes) : source.read(at, bytes));
  }

  /// Where the bytes come from.
  public ByteSource source() {
    return source;
  }

  /// The processor architecture.
  public Machine machine() {
    return machine;
  }

  /// The ELF header.
  public ElfHeader header() {
    return header;
  }

  /// The program headers, unchecked.
  public List<Segment> segments() {
    return segments;
  }

  /// The section headers, unchecked; empty where the file has none that make sense.
  public List<Section> sections() {
    return sections;
  }

  /// The first section of this name.
  public Optional<Section> section(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /// The identity that the linker gave the file.
  public Optional<BuildId> buildId() {
    return buildId;
  }

  /// Whether the file holds symbols only, its code having been stripped out of it (a `.debug`
  /// file).
  public boolean debugOnly() {
    return debugOnly;
  }

  /// The lowest address of a PT_LOAD, rounded down to its page (unsigned): what the file's base is
  /// when nothing is added.
  public long lowestAddress() {
    return segments.lowestAddress();
  }

  /// The bytes that the file has for `[vaddr, vaddr + length)`; empty where it has not all of them.
  /// What a PT_LOAD fills with zeros is not in the file.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<ByteView> read(long vaddr, int length) throws IOException {
    Optional<FileRange> range = debugOnly ? Optional.empty() : rangeAt(vaddr);
    if (range.isEmpty() || range.get().bytes() < length) {
      return Optional.empty();
    }
    ByteView bytes = source.read(range.get().fileOffset(), length);
    return bytes.length() == length ? Optional.of(bytes) : Optional.empty();
  }

  /// As [#read], but as much as there is up to `length`; perhaps nothing.
  ///
  /// @throws IOException where the store cannot deliver
  public ByteView readUpTo(long vaddr, int length) throws IOException {
    Optional<FileRange> range = debugOnly ? Optional.empty() : rangeAt(vaddr);
    return range.isEmpty()
        ? ByteView.EMPTY
        : source.read(range.get().fileOffset(), (int) Math.min(length, range.get().bytes()));
  }

  /// Whether `vaddr` lies in a PT_LOAD that may be executed.
  public boolean isCode(long vaddr) {
    int i = loaded(vaddr);
    return i >= 0 && (segments.flags(i) & Segment.EXECUTABLE) != 0;
  }

  /// Whether `vaddr` lies in a PT_LOAD that is never writable: what stands in the file is what
  /// stood
  /// in memory. Relocated constants are not among these: their segment is writable until the
  /// dynamic
  /// linker has done its work.
  public boolean isConstant(long vaddr) {
    int i = loaded(vaddr);
    return i >= 0 && (segments.flags(i) & Segment.WRITABLE) == 0;
  }

  private int loaded(long vaddr) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.type(i) == Segment.LOAD
          && Long.compareUnsigned(vaddr - segments.vaddr(i), segments.memoryBytes(i)) < 0) {
        return i;
      }
    }
    return -1;
  }

  /// The index of the unwind tables (`.eh_frame_hdr`).
  public Optional<FileRange> ehFrameHeader() {
    int i = debugOnly ? -1 : segments.first(Segment.GNU_EH_FRAME);
    return i >= 0
        ? clip(segments.vaddr(i), segments.fileOffset(i), segments.fileBytes(i))
        : section(".eh_frame_hdr").flatMap(this::rangeOf);
  }

  /// The unwind tables (`.eh_frame`): the section, or where the index points, up to the end of the
  /// segment that holds them.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<FileRange> ehFrame() throws IOException {
    Optional<FileRange> named = section(".eh_frame").flatMap(this::rangeOf);
    Optional<FileRange> index = ehFrameHeader();
    if (named.isPresent() || index.isEmpty()) {
      return named;
    }
    // Source: LSB Core 5.0, §10.6.2: version, three encodings, pointer; 0x1b is a signed 4-byte
    // distance from itself.
    ByteView start = source.read(index.get().fileOffset(), 8);
    if (start.length() < 8 || start.u8(0) != 1 || start.u8(1) != 0x1b) {
      return Optional.empty();
    }
    return rangeAt(index.get().vaddr() + 4 + start.s32(4));
  }

  /// Where the symbols went, in a stripped file.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<DebugLink> debugLink() throws IOException {
    Optional<FileRange> range = section(".gnu_debuglink").flatMap(this::rangeOf);
    if (range.isEmpty()) {
      return Optional.empty();
    }
    ByteView bytes =
        source.read(range.get().fileOffset(), (int) Math.min(4096, range.get().bytes()));
    int end = bytes.indexOf(0, 0);
    int crcAt = (end + 4) & ~3;
    return end <= 0 || crcAt + 4 > bytes.length()
        ? Optional.empty()
        : Optional.of(new DebugLink(bytes.cString(0, end), bytes.u32(crcAt)));
  }

  /// The function whose code is at `vaddr`, as `.symtab` or `.dynsym` names it.
  ///
  /// For a return address ask with one less: a call that does not return may be the last
  /// instruction of its function.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<Symbol> functionAt(long vaddr) throws IOException {
    return symbols().functionAt(vaddr);
  }

  /// The function or object called `name`, exactly.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<Symbol> symbol(String name) throws IOException {
    return symbols().named(name);
  }

  private SymbolIndex symbols() throws IOException {
    SymbolIndex known = symbols;
    if (known == null) {
      known = SymbolIndex.of(this);
      symbols = known;
    }
    return known;
  }

  /// What a reader of this file has worked out of its contents and keeps with it, for whoever opens
  /// the next core of the same build. It is made when first asked for, one of each class, and must
  /// depend on nothing but the file and keep within a small bound.
  public <T> T companion(Class<T> kind, Function<ElfImage, T> make) {
    return kind.cast(companions.computeIfAbsent(kind, _ -> make.apply(this)));
  }

  /// What the file has from `vaddr` to the end of the PT_LOAD around it.
  private Optional<FileRange> rangeAt(long vaddr) {
    for (int i = 0; i < segments.size(); i++) {
      long into = vaddr - segments.vaddr(i);
      if (segments.type(i) == Segment.LOAD
          && Long.compareUnsigned(into, segments.fileBytes(i)) < 0) {
        return clip(vaddr, segments.fileOffset(i) + into, segments.fileBytes(i) - into);
      }
    }
    return Optional.empty();
  }

  /// Where a section's contents are in the file, as far as that can be.
  Optional<FileRange> rangeOf(Section section) {
    return section.type() == Section.NO_BITS
        ? Optional.empty()
        : clip(section.vaddr(), section.fileOffset(), section.bytes());
  }

  private static Optional<FileRange> clip(long vaddr, long fileOffset, long bytes) {
    boolean sane = fileOffset >= 0 && bytes > 0 && fileOffset + bytes > 0;
    return sane ? Optional.of(new FileRange(vaddr, fileOffset, bytes)) : Optional.empty();
  }

  private Optional<BuildId> findBuildId() throws IOException {
    Optional<BuildId> found = GnuNotes.buildId(source, segments);
    Optional<FileRange> section = section(".note.gnu.build-id").flatMap(this::rangeOf);
    return found.isPresent() || section.isEmpty()
        ? found
        : GnuNotes.buildId(source, section.get().fileOffset(), section.get().bytes());
  }

  @Override
  public String toString() {
    return source.name() + buildId.map(id -> " (" + id + ")").orElse("");
  }
}
