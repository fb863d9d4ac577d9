package dev.pumphandle.corefile.elf;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Segment;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/// The program header table of a 64-bit file, decoded entry by entry when asked: a core of 70,000
/// mappings costs no objects.
///
/// Source: gABI, "Program Header", Elf64_Phdr
public final class ProgramHeaders extends AbstractList<Segment> implements RandomAccess {

  /// The size of one entry (bytes).
  public static final int ENTRY_BYTES = 56;

  /// The unit in which files are mapped (bytes). AArch64 kernels may use larger pages; linkers
  /// align for those, too.
  private static final long PAGE = 4096;

  private final ByteView table;
  private final int count;

  /// The entries that are whole in `table`.
  public ProgramHeaders(ByteView table) {
    this.table = table;
    this.count = table.length() / ENTRY_BYTES;
  }

  @Override
  public Segment get(int index) {
    Objects.checkIndex(index, count);
    return new Segment(
        index,
        type(index),
        flags(index),
        fileOffset(index),
        vaddr(index),
        fileBytes(index),
        memoryBytes(index),
        table.u64(index * ENTRY_BYTES + 48));
  }

  @Override
  public int size() {
    return count;
  }

  /// `p_type` of the entry.
  public int type(int index) {
    return table.s32(index * ENTRY_BYTES);
  }

  /// `p_flags` of the entry.
  public int flags(int index) {
    return table.s32(index * ENTRY_BYTES + 4);
  }

  /// `p_offset` of the entry (bytes, unsigned).
  public long fileOffset(int index) {
    return table.u64(index * ENTRY_BYTES + 8);
  }

  /// `p_vaddr` of the entry (unsigned).
  public long vaddr(int index) {
    return table.u64(index * ENTRY_BYTES + 16);
  }

  /// `p_filesz` of the entry (bytes, unsigned).
  public long fileBytes(int index) {
    return table.u64(index * ENTRY_BYTES + 32);
  }

  /// `p_memsz` of the entry (bytes, unsigned).
  public long memoryBytes(int index) {
    return table.u64(index * ENTRY_BYTES + 40);
  }

  /// The lowest address of a PT_LOAD, rounded down to its page (unsigned): what the file's base is
  /// when nothing is added. A prelinked library's is not 0. 0 where there is no PT_LOAD.
  public long lowestAddress() {
    long lowest = -1;
    for (int i = 0; i < count; i++) {
      if (type(i) == Segment.LOAD && Long.compareUnsigned(vaddr(i), lowest) < 0) {
        lowest = vaddr(i);
      }
    }
    return lowest == -1 ? 0 : lowest & -PAGE;
  }

  /// The first address after the last PT_LOAD, rounded up to its page (unsigned).
  public long highestAddress() {
    long highest = 0;
    for (int i = 0; i < count; i++) {
      long end = vaddr(i) + memoryBytes(i);
      if (type(i) == Segment.LOAD && Long.compareUnsigned(end, highest) > 0) {
        highest = end;
      }
    }
    return (highest + PAGE - 1) & -PAGE;
  }

  /// The first entry of this type, or −1.
  public int first(int type) {
    for (int i = 0; i < count; i++) {
      if (type(i) == type) {
        return i;
      }
    }
    return -1;
  }
}
