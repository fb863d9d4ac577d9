package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.List;

/// The first page of a [ForgedElf]: file header, program headers, build-id, symbols, hash, call
/// frames.
final class ElfPage {

  private static final int EHDR = 64;
  private static final int PHDR = 56;
  private static final String INTERPRETER = "/lib64/ld-linux-x86-64.so.2";

  private final ForgedElf elf;
  private final Blob noteBytes = new Blob();
  private final Blob strings = new Blob().zeros(1);
  private final Blob symbols = new Blob().zeros(24);
  private final Blob hash = new Blob();
  private final int soname;
  private final int headers;
  private final long interpAt;
  private final long noteAt;
  private final long symbolsAt;
  private final long stringsAt;
  private final long hashAt;
  private final long framesAt;
  private final Blob frames;

  ElfPage(ForgedElf elf) {
    this.elf = elf;
    elf.buildId()
        .ifPresent(
            id -> noteBytes.bytes(new ForgedNote("GNU", 3, new Blob().bytes(id)).blob().toArray()));
    soname = strings.size();
    strings.cString(elf.path().substring(elf.path().lastIndexOf('/') + 1));
    writeSymbols();
    headers = 6 + (elf.isProgram() ? 1 : 0);
    interpAt = EHDR + (long) PHDR * headers;
    noteAt = interpAt + 32;
    symbolsAt = up(noteAt + noteBytes.size());
    stringsAt = symbolsAt + symbols.size();
    hashAt = up(stringsAt + strings.size());
    framesAt = up(hashAt + hash.size());
    frames = new CallFrames(elf.machine(), elf.code()).write(framesAt);
  }

  Blob write() {
    Blob b = new Blob().append("ehdr.", fileHeader());
    List<Blob> table = programHeaders();
    for (int i = 0; i < table.size(); i++) b.append("phdr[" + i + "].", table.get(i));
    return b.upTo((int) interpAt)
        .text(elf.isProgram() ? INTERPRETER : "", 32)
        .bytes(noteBytes.toArray())
        .upTo((int) symbolsAt)
        .bytes(symbols.toArray())
        .bytes(strings.toArray())
        .upTo((int) hashAt)
        .bytes(hash.toArray())
        .upTo((int) framesAt)
        .append("", frames);
  }

  /// The dynamic section; addresses are relocated by the dynamic linker, so they move with `base`.
  Blob dynamic(long base, long rDebug) {
    Blob b = new Blob();
    entry(b, "soname", 14, soname);
    entry(b, "hash", 4, base + hashAt);
    entry(b, "strtab", 5, base + stringsAt);
    entry(b, "symtab", 6, base + symbolsAt);
    entry(b, "strsz", 10, strings.size());
    entry(b, "syment", 11, 24);
    if (elf.isProgram()) entry(b, "debug", 21, rDebug);
    entry(b, "null", 0, 0);
    return b;
  }

  long symbolsAt() {
    return symbolsAt;
  }

  long stringsAt() {
    return stringsAt;
  }

  int symbolBytes() {
    return symbols.size();
  }

  int stringBytes() {
    return strings.size();
  }

  long hashAt() {
    return hashAt;
  }

  int hashSize() {
    return hash.size();
  }

  long noteAt() {
    return noteAt;
  }

  int noteSize() {
    return noteBytes.size();
  }

  long headerAt() {
    return framesAt;
  }

  int headerBytes() {
    return 12 + 8 * elf.code().functions().size();
  }

  int frameBytes() {
    return frames.size() - headerBytes();
  }

  private static void entry(Blob b, String name, long tag, long value) {
    b.u64("dt_" + name + ".tag", tag).u64("dt_" + name + ".value", value);
  }

  private void writeSymbols() {
    List<ForgedElf.ElfSymbol> all = elf.symbols();
    for (ForgedElf.ElfSymbol s : all) {
      symbols
          .u32(strings.size())
          .hex(s.function() ? "12 00" : "11 00")
          .hex(s.function() ? "07 00" : "0a 00")
          .u64(s.at())
          .u64(s.size());
      strings.cString(s.name());
    }
    // one bucket whose chain holds every symbol: a legal table, if not a fast one
    hash.u32(1).u32(all.size() + 1L).u32(all.isEmpty() ? 0 : 1).u32(0);
    for (int i = 1; i <= all.size(); i++) hash.u32(i < all.size() ? i + 1L : 0);
  }

  private Blob fileHeader() {
    return new Blob()
        .hex("7f 45 4c 46 02 01 01 00")
        .upTo(16)
        .u16("e_type", 3)
        .u16("e_machine", elf.machine().elfMachine())
        .u32("e_version", 1)
        .u64("e_entry", elf.isProgram() ? elf.at("main") : 0)
        .u64("e_phoff", EHDR)
        .u64("e_shoff", 0)
        .u32("e_flags", 0)
        .u16("e_ehsize", EHDR)
        .u16("e_phentsize", PHDR)
        .u16("e_phnum", headers)
        .u16("e_shentsize", 64)
        .u16("e_shnum", 0)
        .u16("e_shstrndx", 0);
  }

  private List<Blob> programHeaders() {
    long textBytes = elf.code().here() - ForgedElf.TEXT;
    List<Blob> table =
        new ArrayList<>(
            List.of(
                header(1, 4, 0, ForgedElf.TEXT, Region.PAGE),
                header(1, 5, ForgedElf.TEXT, textBytes, Region.PAGE),
                header(1, 6, ForgedElf.DATA, Region.PAGE, Region.PAGE),
                header(2, 6, ForgedElf.DATA, dynamic(0, 0).size(), 8),
                header(4, 4, noteAt, noteBytes.size(), 4),
                header(0x6474e550, 4, framesAt, headerBytes(), 4)));
    if (elf.isProgram()) table.addFirst(header(3, 4, interpAt, INTERPRETER.length() + 1, 1));
    return table;
  }

  private static Blob header(int type, int flags, long at, long bytes, long align) {
    return new Blob()
        .u32("p_type", type)
        .u32("p_flags", flags)
        .u64("p_offset", at)
        .u64("p_vaddr", at)
        .u64("p_paddr", at)
        .u64("p_filesz", bytes)
        .u64("p_memsz", bytes)
        .u64("p_align", align);
  }

  private static long up(long at) {
    return (at + 7) & -8L;
  }
}
