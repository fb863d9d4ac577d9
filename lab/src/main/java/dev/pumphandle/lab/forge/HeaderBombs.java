package dev.pumphandle.lab.forge;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Bombs in the program headers: too many, overlapping, wrapping around, all pointing at the same
/// bytes.
final class HeaderBombs {

  private static final int EHDR = 64;
  private static final int PHDR = 56;

  static final List<HostileFile> ALL =
      List.of(
          many("phdr-65534-overlapping", 65_534, i -> load(0x1000, 0x40_0000, 1L << 40, 1L << 40)),
          many("phdr-65534-whole-space", 65_534, i -> load(0, 0, -1L, -1L)),
          many("phdr-65534-notes-of-everything", 65_534, i -> header(4, 0, 0, 4 << 20, 0)),
          many("phdr-65534-same-note", 65_534, i -> header(4, EHDR + PHDR * 65_534L, 0, 20, 20)),
          many("phdr-65534-descending", 65_534, i -> load(0, (65_534L - i) << 12, 4096, 4096)),
          many("phdr-65534-empty", 65_534, i -> load(0, (long) i << 12, 0, 0)),
          many("phdr-all-ff", 1_000, i -> new Blob().bytes(ff())),
          many("phdr-wrapping", 4, i -> load(0, -4096L * (i + 1), 8192, 8192L * (i + 1))),
          many(
              "phdr-filesz-over-memsz",
              3,
              i -> load(0, 0x40_0000L + i * 0x1000L, 0x10_0000, 0x1000)),
          many(
              "phdr-offset-overflow",
              3,
              i -> load(Long.MAX_VALUE - i, i << 12, Long.MAX_VALUE, 4096)),
          many("phdr-negative-offset", 3, i -> load(-1L - i, i << 12, 4096, 4096)),
          many(
              "phdr-nested",
              512,
              i -> load(0x1000, 0x1000L + i * 16L, 1L << 30, (1L << 30) - i * 32L)),
          many("phdr-align-odd", 64, i -> load(i, i, 3, 3)),
          many("phdr-none", 0, i -> new Blob()),
          many("phdr-64-notes-nested", 64, i -> header(4, i * 8L, 0, 1 << 20, 0)),
          xnum("xnum-four-billion", 0xffff_ffffL),
          xnum("xnum-zero", 0),
          xnum("xnum-one", 1),
          xnum("xnum-million", 1_000_000));

  private HeaderBombs() {}

  private interface Row {
    Blob at(int index);
  }

  private static HostileFile many(String name, int count, Row row) {
    return HostileFile.of(
        name,
        () -> {
          Blob b = fileHeader(count, 0);
          for (int i = 0; i < count; i++) b.append("phdr[" + i + "].", row.at(i));
          // behind the table: one well-formed note, then room to read
          b.bytes(new ForgedNote("CORE", 1, new Blob().zeros(336)).blob().toArray()).zeros(4096);
          return ForgedCore.of(b);
        });
  }

  /// The count is said to stand in section header 0, and stands there; the table is not there.
  private static HostileFile xnum(String name, long count) {
    Consumer<Blob> section =
        b -> b.u32(0).u32(0).u64(0).u64(0).u64(0).u64(1).u32(0).u32(count).u64(0).u64(0);
    return HostileFile.of(
        name,
        () -> {
          Blob b = fileHeader(0xffff, EHDR + PHDR);
          b.append("phdr[0].", header(4, 0x1000, 0, 356, 0));
          section.accept(b);
          b.upTo(0x1000).bytes(new ForgedNote("CORE", 1, new Blob().zeros(336)).blob().toArray());
          return ForgedCore.of(b);
        });
  }

  private static Blob load(long offset, long address, long fileBytes, long memoryBytes) {
    return header(1, offset, address, fileBytes, memoryBytes);
  }

  private static byte[] ff() {
    byte[] b = new byte[PHDR];
    Arrays.fill(b, (byte) 0xff);
    return b;
  }

  static Blob header(int type, long offset, long address, long fileBytes, long memoryBytes) {
    return new Blob()
        .u32(type)
        .u32(7)
        .u64(offset)
        .u64(address)
        .u64(0)
        .u64(fileBytes)
        .u64(memoryBytes)
        .u64(4096);
  }

  static Blob fileHeader(int count, long sectionsAt) {
    return new Blob()
        .hex("7f 45 4c 46 02 01 01 00")
        .upTo(16)
        .hex("04 00 3e 00 01 00 00 00")
        .u64(0)
        .u64(EHDR)
        .u64(sectionsAt)
        .u32(0)
        .hex("40 00 38 00")
        .u16("e_phnum", count)
        .u16("e_shentsize", 64)
        .u16("e_shnum", sectionsAt > 0 ? 1 : 0)
        .u16("e_shstrndx", 0);
  }
}
