package dev.pumphandle.corefile.elf;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.ElfHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reading the section headers of an executable: all of them or, where the table is absent or makes
/// no sense, none.
///
/// Nothing depends on sections alone, so a bad table is no error: an image in memory has none
/// either.
final class SectionHeaders {

  private static final int ENTRY_BYTES = 64;

  /// The most sections that are read; linked files have some tens.
  private static final long MAX_SECTIONS = 1 << 16;

  /// The most section names that are read (bytes).
  private static final long MAX_NAMES = 4 << 20;

  private SectionHeaders() {}

  static List<Section> read(ByteSource source, ElfHeader header) throws IOException {
    long at = header.sectionHeadersAt();
    long fileBytes = source.length();
    if (at <= 0 || at > fileBytes - ENTRY_BYTES) {
      return List.of();
    }
    ByteView zero = source.read(at, ENTRY_BYTES);
    if (zero.length() < ENTRY_BYTES) {
      return List.of();
    }
    // Source: gABI, "Sections": with 0xff00 sections or more, e_shnum is 0 and the count is section
    // 0's sh_size.
    long count = header.sectionHeaderCount() == 0 ? zero.u64(32) : header.sectionHeaderCount();
    if (count <= 0 || count > MAX_SECTIONS || count > (fileBytes - at) / ENTRY_BYTES) {
      return List.of();
    }
    ByteView table = source.read(at, (int) count * ENTRY_BYTES);
    if (table.length() < count * ENTRY_BYTES) {
      return List.of();
    }
    ByteView names = names(source, table, (int) count, header, zero);
    List<Section> sections = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      int entry = i * ENTRY_BYTES;
      long nameAt = table.u32(entry);
      sections.add(
          new Section(
              i,
              nameAt < names.length() ? names.cString((int) nameAt, 256) : "",
              table.s32(entry + 4),
              table.u64(entry + 8),
              table.u64(entry + 16),
              table.u64(entry + 24),
              table.u64(entry + 32),
              table.s32(entry + 40)));
    }
    return List.copyOf(sections);
  }

  private static ByteView names(
      ByteSource source, ByteView table, int count, ElfHeader header, ByteView zero)
      throws IOException {
    // Source: gABI, e_shstrndx: SHN_XINDEX means that the index is section 0's sh_link.
    long index = header.sectionNamesIndex() == 0xffff ? zero.u32(40) : header.sectionNamesIndex();
    if (index <= 0 || index >= count) {
      return ByteView.EMPTY;
    }
    int entry = (int) index * ENTRY_BYTES;
    long offset = table.u64(entry + 24);
    long bytes = Math.min(MAX_NAMES, table.u64(entry + 32));
    return offset < 0 || bytes <= 0 ? ByteView.EMPTY : source.read(offset, (int) bytes);
  }
}
