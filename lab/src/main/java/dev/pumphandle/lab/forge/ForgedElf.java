package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.Arrays;
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

  private static final int DYNAMIC_BYTES = 0x100;

  private final ForgedMachine machine;
  private final String path;
  private final Code code;
  private final TreeMap<Integer, Long> data = new TreeMap<>();
  private final Map<String, Long> objects = new TreeMap<>();
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

  /// Names a word of the data page as a global object.
  public ForgedElf object(String name, int offset) {
    objects.put(name, dataAt() + DYNAMIC_BYTES + offset);
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

  /// The link-time address of the data page.
  public long dataAt() {
    return roundUp(code.here());
  }

  /// The link-time address of a word of the data page.
  public long dataAt(int offset) {
    return dataAt() + DYNAMIC_BYTES + offset;
  }

  /// Size of the loaded image (bytes).
  public long size() {
    return dataAt() + Region.PAGE;
  }

  /// The three mappings of it at `base`: headers, text, data. The kernel keeps the headers' page
  /// and the written data; text only when asked to.
  ///
  /// @param r_debug what the dynamic linker put into DT_DEBUG, 0 for nothing
  /// @param withText whether text is dumped (coredump_filter bit 2)
  public List<Region> mappedAt(long base, boolean withText, long r_debug) {
    Blob image = image(base, r_debug);
    byte[] bytes = image.toArray();
    Region head = Region.at(base, TEXT).permissions("r--").file(path, 0);
    Region text = Region.at(base + TEXT, dataAt() - TEXT).permissions("r-x").file(path, TEXT);
    Region words = Region.at(base + dataAt(), Region.PAGE).file(path, dataAt());
    head.bytes(base, Arrays.copyOf(bytes, (int) TEXT));
    text.bytes(base + TEXT, Arrays.copyOfRange(bytes, (int) TEXT, (int) dataAt()));
    words.bytes(base + dataAt(), Arrays.copyOfRange(bytes, (int) dataAt(), bytes.length));
    if (!withText) text.dumped(0);
    return List.of(head, text, words);
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
    b.upTo((int) TEXT).bytes(code.bytes()).upTo((int) dataAt());
    b.append("", page.dynamic(base, rDebug)).upTo((int) dataAt() + DYNAMIC_BYTES);
    data.forEach((offset, value) -> b.upTo((int) dataAt(offset)).u64(value));
    return b.upTo((int) size());
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
        .forEach((name, at) -> all.add(new ElfSymbol(name, at, code.end(name) - at, true)));
    objects.forEach((name, at) -> all.add(new ElfSymbol(name, at, 8, false)));
    return all;
  }

  /// A symbol: a function of the text or an object of the data page.
  record ElfSymbol(String name, long at, long size, boolean function) {}

  private static long roundUp(long at) {
    return (at + Region.PAGE - 1) / Region.PAGE * Region.PAGE;
  }
}
