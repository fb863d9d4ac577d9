package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A small but whole executable or shared object: headers, build-id, symbols, call frames, text and
/// data.
///
/// File offsets equal link-time addresses. The first page holds everything that a default core
/// keeps of a mapped ELF file; text starts at
/// [#TEXT]; data is a page of its own behind it and starts with the dynamic section. The same image
/// serves as a file on disk and as memory in a core.
///
/// Source: System V gABI chapters 4 and 5; Linux v6.1 include/uapi/linux/elf.h.
public final class ForgedElf {

  /// Where text starts (bytes from the load address).
  public static final long TEXT = 0x1000;

  /// Where data starts (bytes from the load address): all text fits one page.
  public static final long DATA = 0x2000;

  /// Size of the loaded image (bytes).
  public static final long SIZE = DATA + Region.PAGE;

  static final int DYNAMIC_BYTES = 0x100;

  private final ForgedMachine machine;
  private final String path;
  private final Code code;
  private final TreeMap<Integer, Long> data = new TreeMap<>();
  private final Map<String, Long> objects = new TreeMap<>();
  private final Map<String, String> called = new HashMap<>();
  private Optional<byte[]> buildId = Optional.empty();
  private boolean program;

  /// A shared object that will be mapped from `path`.
  public ForgedElf(ForgedMachine machine, String path, Code code) {
    this.machine = machine;
    this.path = path;
    this.code = code;
  }

  /// Makes it a program: it has an interpreter, an entry point `main`, and DT_DEBUG.
  public ForgedElf program() {
    program = true;
    return this;
  }

  /// Gives it a GNU build-id.
  public ForgedElf buildId(byte[] id) {
    buildId = Optional.of(id.clone());
    return this;
  }

  /// Puts a word into the data page, `offset` bytes behind the dynamic section's room.
  public ForgedElf data(int offset, long value) {
    data.put(offset, value);
    return this;
  }

  /// Gives functions other names in the symbol table; marks keep theirs.
  public ForgedElf calling(Map<String, String> names) {
    called.putAll(names);
    return this;
  }

  /// Names a word of the data page as a global object.
  public ForgedElf object(String name, int offset) {
    objects.put(name, DATA + DYNAMIC_BYTES + offset);
    return this;
  }

  /// The path that it is mapped from.
  public String path() {
    return path;
  }

  /// The link-time address of a function or mark.
  public long at(String name) {
    return code.at(name);
  }

  /// The link-time address of a word of the data page.
  public static long dataAt(int offset) {
    return DATA + DYNAMIC_BYTES + offset;
  }

  /// The three mappings of it at `base`: headers, text, data. The kernel keeps the headers' page
  /// and the written data; text only when asked to.
  ///
  /// @param label    prefix for the names of its numbers, empty for none
  /// @param withText whether text is dumped (coredump_filter bit 2)
  /// @param rDebug   what the dynamic linker put into DT_DEBUG, 0 for nothing
  public List<Region> mappedAt(long base, String label, boolean withText, long rDebug) {
    Blob image = image(base, rDebug);
    return List.of(
        Region.at(base, TEXT)
            .permissions("r--")
            .file(path, 0)
            .blob(label, base, image.slice(0, (int) TEXT)),
        Region.at(base + TEXT, DATA - TEXT)
            .permissions("r-x")
            .file(path, TEXT)
            .blob(label, base + TEXT, image.slice((int) TEXT, (int) DATA))
            .dumped(withText ? DATA - TEXT : 0),
        Region.at(base + DATA, Region.PAGE)
            .file(path, DATA)
            .blob(label, base + DATA, image.slice((int) DATA, (int) SIZE)));
  }

  /// The file as it lies on disk: the image with its sections behind it.
  public ForgedCore onDisk() {
    return ForgedCore.of(new ElfSections(this, image(0, 0)).write());
  }

  /// The image as loaded at `base`; 0 for the file's own bytes.
  private Blob image(long base, long rDebug) {
    ElfPage page = new ElfPage(this);
    Blob b = page.write();
    if (b.size() > TEXT)
      throw new IllegalStateException(path + ": " + b.size() + " bytes do not fit the first page");
    if (code.here() > DATA) throw new IllegalStateException(path + ": text does not fit one page");
    b.upTo((int) TEXT).bytes(code.bytes()).upTo((int) DATA);
    b.append("", page.dynamic(base, rDebug)).upTo((int) DATA + DYNAMIC_BYTES);
    data.forEach((offset, value) -> b.upTo((int) dataAt(offset)).u64(value));
    return b.upTo((int) SIZE);
  }

  ForgedMachine machine() {
    return machine;
  }

  Code code() {
    return code;
  }

  boolean isProgram() {
    return program;
  }

  Optional<byte[]> buildId() {
    return buildId.map(byte[]::clone);
  }

  /// Functions and objects with their addresses, functions first.
  List<ElfSymbol> symbols() {
    List<ElfSymbol> all = new ArrayList<>();
    code.functions()
        .forEach(
            (name, at) ->
                all.add(
                    new ElfSymbol(called.getOrDefault(name, name), at, code.end(name) - at, true)));
    objects.forEach((name, at) -> all.add(new ElfSymbol(name, at, 8, false)));
    return all;
  }

  /// A symbol: a function of the text or an object of the data page.
  record ElfSymbol(String name, long at, long size, boolean function) {}
}
