package dev.pumphandle.corefile.stack;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.elf.FileRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The descriptions in `.eh_frame` of a file without an index of them: all are gone through once.
///
/// Folklore: programs that Debian's gcc 12 links with `-static` have no `.eh_frame_hdr`, and so
/// seemed to have no call frame information at all. Test: CallFrameInformationTest.
///
/// Source: LSB Core 5.0 §10.6.1: a length of 0 ends the section.
final class UnindexedFrames {

  /// The largest section that is gone through (bytes); that of a static C++ program has some
  /// 100 kB.
  static final long MOST_BYTES = 4 << 20;

  private static final long EXTENDED_LENGTH = 0xFFFF_FFFFL;

  private static final Comparator<Entry> BY_BEGIN =
      (a, b) -> Long.compareUnsigned(a.begin(), b.begin());

  private final List<Entry> entries;

  /// @param begin the first address of a function, before any bias (unsigned)
  /// @param description where its description is, before any bias (unsigned)
  private record Entry(long begin, long description) {}

  /// How the pointers of a description are encoded.
  @FunctionalInterface
  interface Encodings {
    /// The encoding that a CIE names.
    ///
    /// @param common where it is, before any bias (unsigned)
    /// @throws IOException where the file cannot be read
    int of(long common) throws IOException;
  }

  private UnindexedFrames(List<Entry> entries) {
    this.entries = entries;
  }

  /// @param bytes all of the section
  /// @throws IOException where the file cannot be read
  /// @throws IndexOutOfBoundsException if the section is malformed
  static UnindexedFrames of(FileRange section, ByteView bytes, Encodings encodings)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    Map<Long, Integer> known = new HashMap<>();
    int at = 0;
    while (at + 8 <= bytes.length()) {
      long length = bytes.u32(at);
      if (length == 0 || length == EXTENDED_LENGTH) {
        break;
      }
      long distance = bytes.u32(at + 4);
      if (distance != 0) {
        long common = section.vaddr() + at + 4 - distance;
        Integer encoding = known.get(common);
        if (encoding == null) {
          encoding = encodings.of(common);
          known.put(common, encoding);
        }
        long begin = new DwarfCursor(bytes, section.vaddr(), at + 8).pointer(encoding, 0);
        entries.add(new Entry(begin, section.vaddr() + at));
      }
      at = Math.toIntExact(Math.min(bytes.length(), at + 4 + length));
    }
    entries.sort(BY_BEGIN);
    return new UnindexedFrames(List.copyOf(entries));
  }

  /// Where the description of the last function is that begins at or before an address.
  OptionalLong search(long vaddr) {
    int found = Collections.binarySearch(entries, new Entry(vaddr, 0), BY_BEGIN);
    int before = found >= 0 ? found : -found - 2;
    return before < 0 ? OptionalLong.empty() : OptionalLong.of(entries.get(before).description());
  }
}
