package dev.pumphandle.corefile.loaded;

import dev.pumphandle.corefile.Anomaly;
import dev.pumphandle.corefile.AnomalyLog;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Where;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.MemoryRead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The dynamic linker's own list of what it loaded, walked through the dead process's memory:
/// bounded, and circles are noticed.
///
/// Source: glibc 2.36 elf/link.h, struct r_debug, struct r_debug_extended, struct link_map; gABI,
/// "Dynamic Section", DT_DEBUG
///
/// @param entries the list in the linker's order, the main executable first
/// @param anomalies why the list is not whole, where it is not
public record LinkMap(List<Entry> entries, List<Anomaly> anomalies) {

  /// The list of a process that has none.
  public static final LinkMap EMPTY = new LinkMap(List.of(), List.of());

  /// The most entries that are followed.
  private static final int MAX_ENTRIES = 8192;

  /// The most namespaces (`dlmopen`) that are followed; glibc has 16.
  private static final int MAX_NAMESPACES = 16;

  /// The longest path that is read (bytes). Source: Linux PATH_MAX
  private static final int MAX_PATH = 4096;

  /// How much of a dynamic section is read (bytes).
  private static final int MAX_DYNAMIC = 16 << 10;

  private static final long DT_DEBUG = 21;

  /// One loaded file.
  ///
  /// @param bias what was added to the file's addresses (`l_addr`, wraps)
  /// @param path its path (`l_name`); empty for the main executable
  /// @param dynamic where its dynamic section is (`l_ld`, unsigned)
  public record Entry(long bias, String path, long dynamic) {}

  /// Copies the lists.
  public LinkMap {
    entries = List.copyOf(entries);
    anomalies = List.copyOf(anomalies);
  }

  /// Walks the list whose head the main executable's dynamic section names.
  ///
  /// @param dynamic where that section is (unsigned)
  /// @param source the core's name, for anomalies
  /// @throws IOException where the store cannot deliver
  static LinkMap read(MemoryImage memory, long dynamic, String source) throws IOException {
    OptionalLong debug = debugAddress(memory, dynamic);
    return debug.isPresent() ? new Walk(memory, source).from(debug.getAsLong()) : EMPTY;
  }

  private static OptionalLong debugAddress(MemoryImage memory, long dynamic) throws IOException {
    ByteView entries = memory.readUpTo(dynamic, MAX_DYNAMIC).bytes();
    for (int at = 0; at + 16 <= entries.length() && entries.u64(at) != 0; at += 16) {
      if (entries.u64(at) == DT_DEBUG) {
        long address = entries.u64(at + 8);
        return address == 0 ? OptionalLong.empty() : OptionalLong.of(address);
      }
    }
    return OptionalLong.empty();
  }

  private static final class Walk {

    private final MemoryImage memory;
    private final String source;
    private final AnomalyLog anomalies = new AnomalyLog();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();

    Walk(MemoryImage memory, String source) {
      this.memory = memory;
      this.source = source;
    }

    LinkMap from(long debug) throws IOException {
      long at = debug;
      for (int namespace = 0; at != 0 && namespace < MAX_NAMESPACES; namespace++) {
        // r_version (4 bytes and padding), r_map, r_brk, r_state, r_ldbase, and from version 2 on
        // r_next.
        ByteView head = memory.readUpTo(at, 48).bytes();
        if (head.length() < 40) {
          odd(at, "r_debug is not in the core");
          break;
        }
        list(head.u64(8));
        at = head.s32(0) >= 2 && head.length() == 48 ? head.u64(40) : 0;
      }
      return new LinkMap(entries, anomalies.all(source));
    }

    private void list(long first) throws IOException {
      long at = first;
      while (at != 0) {
        if (!seen.add(at)) {
          odd(at, "the list runs in a circle");
          return;
        }
        if (seen.size() > MAX_ENTRIES) {
          odd(at, "more than " + MAX_ENTRIES + " entries");
          return;
        }
        switch (memory.read(at, 40)) {
          case MemoryRead.Present(ByteView map) -> {
            entries.add(new Entry(map.u64(0), path(map.u64(8)), map.u64(16)));
            at = map.u64(24);
          }
          case MemoryRead.Gap gap -> {
            odd(gap.address(), "an entry is not in the core");
            return;
          }
        }
      }
    }

    private String path(long at) throws IOException {
      // Paths are short as a rule: most are read in one small read.
      ByteView start = memory.readUpTo(at, 256).bytes();
      ByteView whole =
          start.length() == 256 && start.indexOf(0, 0) < 0
              ? memory.readUpTo(at, MAX_PATH).bytes()
              : start;
      return whole.cString(0, MAX_PATH);
    }

    private void odd(long address, String detail) {
      anomalies.add(
          Anomaly.Kind.LINK_MAP_MALFORMED,
          new Where(source, "link map at address 0x" + Long.toHexString(address), 0),
          detail);
    }
  }
}
