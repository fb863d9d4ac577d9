package dev.pumphandle.corefile.note;

import dev.pumphandle.corefile.ByteView;
import java.util.ArrayList;
import java.util.List;

/// Which file each file-backed mapping came from (`NT_FILE`).
///
/// Contents: a count, a page size, count × (start, end, offset in pages), then count names with a
/// NUL behind each. The kernel leaves the note out where it would pass `core_file_note_size_limit`
/// (4 MiB by default), as with some 70,000 mappings.
///
/// Source: Linux v6.12 fs/binfmt_elf.c, fill_files_note()
public record FileMap(NoteHead head) implements Note {

  static final int LEAST_BYTES = 16;

  private static final int ENTRY_BYTES = 24;

  /// One file-backed mapping.
  ///
  /// @param from the first address (unsigned)
  /// @param to the first address after it (unsigned)
  /// @param fileOffset where in the file it begins (bytes)
  /// @param path the file, as the kernel knew it; ` (deleted)` follows where it had been removed
  public record Entry(long from, long to, long fileOffset, String path) {

    private static final String DELETED = " (deleted)";

    /// Whether the file had been removed or replaced when the process died, as after an update.
    public boolean deleted() {
      return path.endsWith(DELETED);
    }

    /// The path without the kernel's ` (deleted)`.
    public String pathBeforeDeletion() {
      return deleted() ? path.substring(0, path.length() - DELETED.length()) : path;
    }
  }

  /// The number of entries the note claims (unsigned; hostile).
  public long declaredCount() {
    return contents().u64(0);
  }

  /// The unit of the file offsets (bytes); 1 where gdb wrote the note.
  public long pageBytes() {
    return contents().u64(8);
  }

  /// Whether every entry the note claims is there and has a name, and nothing but zeros is left
  /// over: a count that is too small makes the rest of the entries look like names.
  public boolean complete() {
    long count = declaredCount();
    if (count != roomForEntries()) {
      return false;
    }
    int at = LEAST_BYTES + (int) count * ENTRY_BYTES;
    for (long i = 0; i < count; i++) {
      int end = contents().indexOf(0, at);
      if (end < 0) {
        return false;
      }
      at = end + 1;
    }
    while (at < contents().length() && contents().u8(at) == 0) {
      at++;
    }
    return at == contents().length();
  }

  /// The entries in the note's order, as far as the note has them whole; nothing about the ranges
  /// is checked. Decoded anew at each call.
  public List<Entry> entries() {
    ByteView view = contents();
    int count = roomForEntries();
    int nameAt = LEAST_BYTES + count * ENTRY_BYTES;
    List<Entry> entries = new ArrayList<>(count);
    String previous = "";
    int previousAt = nameAt;
    int previousBytes = -1;
    for (int i = 0; i < count; i++) {
      int end = view.indexOf(0, nameAt);
      if (end < 0) {
        break; // the names are cut
      }
      // A library's mappings stand together and repeat its name: decode it once.
      int nameBytes = end - nameAt;
      if (nameBytes != previousBytes
          || !view.slice(nameAt, nameBytes).equals(view.slice(previousAt, nameBytes))) {
        previous = view.cString(nameAt, nameBytes);
      }
      previousAt = nameAt;
      previousBytes = nameBytes;
      int at = LEAST_BYTES + i * ENTRY_BYTES;
      entries.add(
          new Entry(view.u64(at), view.u64(at + 8), view.u64(at + 16) * pageBytes(), previous));
      nameAt = end + 1;
    }
    return List.copyOf(entries);
  }

  /// The claimed count, but never more than the contents have room for.
  private int roomForEntries() {
    int room = (contents().length() - LEAST_BYTES) / ENTRY_BYTES;
    return (int) (Long.compareUnsigned(declaredCount(), room) > 0 ? room : declaredCount());
  }

  @Override
  public String toString() {
    return "FileMap[count=" + Long.toUnsignedString(declaredCount()) + "]";
  }
}
