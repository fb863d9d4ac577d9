package dev.pumphandle.corefile.memory;

import dev.pumphandle.corefile.Anomaly;
import dev.pumphandle.corefile.AnomalyLog;
import dev.pumphandle.corefile.Segment;
import dev.pumphandle.corefile.Where;
import dev.pumphandle.corefile.elf.ProgramHeaders;
import dev.pumphandle.corefile.elf.UnsignedOrder;
import java.util.Arrays;
import java.util.OptionalLong;

/// The ranges of memory of a core's PT_LOADs: sorted, disjoint, checked, ready for binary search.
///
/// A segment that wraps around is left out; one whose file part is larger than its memory is
/// clipped; of two that claim the same addresses the one that begins lower keeps them. Each of
/// these is an anomaly.
///
/// Folklore: *order.* Kernels write segments by address; since v6.13.7 `kernel.core_sort_vma=1`
/// writes small ones first, and other writers keep no order at all. So the order is checked and
/// made. Test: `segmentsInAnyOrderAreFoundByAddress`.
public final class SegmentIndex {

  private final int count;
  private final long[] from;
  private final long[] to;
  private final long[] fileOffset;
  private final long[] dumpedTo;
  private final int[] flags;

  /// Builds the index.
  ///
  /// @param source the name of the core, for anomalies
  public SegmentIndex(ProgramHeaders table, String source, AnomalyLog anomalies) {
    int[] order = usable(table, source, anomalies);
    from = new long[order.length];
    to = new long[order.length];
    fileOffset = new long[order.length];
    dumpedTo = new long[order.length];
    flags = new int[order.length];
    int kept = 0;
    for (int index : order) {
      long begin = table.vaddr(index);
      long end = begin + table.memoryBytes(index);
      long offset = table.fileOffset(index);
      long dumped = Math.min(table.fileBytes(index), table.memoryBytes(index));
      if (offset < 0 || offset + dumped < 0) {
        dumped = 0; // no file is that long; `usable` has written it down
      }
      if (kept > 0 && Long.compareUnsigned(begin, to[kept - 1]) < 0) {
        report(
            anomalies, Anomaly.Kind.SEGMENTS_OVERLAP, source, index, "overlaps the segment before");
        if (Long.compareUnsigned(end, to[kept - 1]) <= 0) {
          continue;
        }
        long shift = to[kept - 1] - begin;
        begin += shift;
        offset += shift;
        dumped = Math.max(0, dumped - shift);
      }
      from[kept] = begin;
      to[kept] = end;
      fileOffset[kept] = offset;
      dumpedTo[kept] = begin + dumped;
      flags[kept] = table.flags(index);
      kept++;
    }
    count = kept;
  }

  /// The number of ranges.
  public int count() {
    return count;
  }

  /// The first address of a range (unsigned).
  public long from(int index) {
    return from[index];
  }

  /// The first address after a range (unsigned).
  public long to(int index) {
    return to[index];
  }

  /// Where a range's bytes begin in the file (bytes).
  public long fileOffset(int index) {
    return fileOffset[index];
  }

  /// The first address of a range that was not dumped (unsigned); equal to [#to] where all of it
  /// was.
  public long dumpedTo(int index) {
    return dumpedTo[index];
  }

  /// `p_flags` of a range.
  public int flags(int index) {
    return flags[index];
  }

  /// The range that `address` lies in, or −1.
  public int find(long address) {
    return SortedRanges.find(from, to, count, address);
  }

  /// The first address in `[address, address + within)` whose byte was dumped (unsigned); empty if
  /// none was.
  ///
  /// @param within how far to look (bytes)
  public OptionalLong nextDumped(long address, int within) {
    for (int i = firstEndingAbove(address); i < count; i++) {
      long at = Long.compareUnsigned(from[i], address) < 0 ? address : from[i];
      if (Long.compareUnsigned(at - address, within) >= 0) {
        break;
      }
      if (Long.compareUnsigned(at, dumpedTo[i]) < 0) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  private int firstEndingAbove(long address) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(to[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The table's numbers of the PT_LOADs that can be used, by address.
  private static int[] usable(ProgramHeaders table, String source, AnomalyLog anomalies) {
    int[] order = new int[table.size()];
    int usable = 0;
    boolean sorted = true;
    for (int i = 0; i < order.length; i++) {
      long bytes = table.memoryBytes(i);
      if (table.type(i) != Segment.LOAD || bytes == 0) {
        continue;
      }
      long begin = table.vaddr(i);
      if (bytes < 0 || Long.compareUnsigned(begin + bytes, begin) <= 0) {
        report(
            anomalies,
            Anomaly.Kind.SEGMENT_MALFORMED,
            source,
            i,
            "p_vaddr + p_memsz wraps around: left out");
        continue;
      }
      long fileBytes = table.fileBytes(i);
      long offset = table.fileOffset(i);
      if (Long.compareUnsigned(fileBytes, bytes) > 0) {
        report(anomalies, Anomaly.Kind.SEGMENT_MALFORMED, source, i, "p_filesz > p_memsz: clipped");
      } else if (offset < 0 || offset + fileBytes < 0) {
        report(
            anomalies,
            Anomaly.Kind.SEGMENT_MALFORMED,
            source,
            i,
            "p_offset + p_filesz wraps around: taken as not dumped");
      }
      if (usable > 0 && Long.compareUnsigned(begin, table.vaddr(order[usable - 1])) < 0) {
        sorted = false;
      }
      order[usable++] = i;
    }
    order = Arrays.copyOf(order, usable);
    return sorted ? order : UnsignedOrder.sort(order, table::vaddr);
  }

  private static void report(
      AnomalyLog anomalies, Anomaly.Kind kind, String source, int index, String detail) {
    if (anomalies.hasRoom()) {
      anomalies.add(kind, new Where(source, "segment[" + index + "]", 0), detail);
    } else {
      anomalies.count();
    }
  }
}
