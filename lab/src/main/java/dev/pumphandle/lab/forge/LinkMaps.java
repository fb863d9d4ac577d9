package dev.pumphandle.lab.forge;

import java.util.List;

/// The dynamic linker's list of what it has loaded: `r_debug` and its chain of `link_map`s.
///
/// Source: glibc 2.36 elf/link.h, struct r_debug and struct link_map (offsets checked by compiling
/// offsetof for both machines).
public final class LinkMaps {

  private static final int R_DEBUG = 48;
  private static final int LINK_MAP = 64;
  private static final int NAME = 128;

  private LinkMaps() {}

  /// One loaded object.
  ///
  /// @param name    its path; empty for the program itself
  /// @param base    l_addr
  /// @param dynamic address of its dynamic section
  public record Entry(String name, long base, long dynamic) {}

  /// Size of all that [#write] puts down for so many objects (bytes).
  public static int bytes(int entries) {
    return R_DEBUG + entries * (LINK_MAP + NAME);
  }

  /// Writes the list at an address; its numbers are named `ld.r_debug.…`, `ld.link_map[i].…`.
  public static void write(Region region, long at, long brk, List<Entry> entries) {
    long first = at + R_DEBUG;
    Blob b =
        new Blob()
            .u32("r_debug.r_version", 1)
            .u32(0)
            .u64("r_debug.r_map", entries.isEmpty() ? 0 : first)
            .u64("r_debug.r_brk", brk)
            .u32("r_debug.r_state", 0)
            .u32(0)
            .u64("r_debug.r_ldbase", entries.isEmpty() ? 0 : entries.getLast().base())
            .upTo(R_DEBUG);
    for (int i = 0; i < entries.size(); i++) {
      Entry e = entries.get(i);
      String name = "link_map[" + i + "].";
      long here = first + (long) i * (LINK_MAP + NAME);
      b.u64(name + "l_addr", e.base())
          .u64(name + "l_name", here + LINK_MAP)
          .u64(name + "l_ld", e.dynamic())
          .u64(name + "l_next", i + 1 < entries.size() ? here + LINK_MAP + NAME : 0)
          .u64(name + "l_prev", i > 0 ? here - LINK_MAP - NAME : 0)
          .zeros(LINK_MAP - 40)
          .text(e.name(), NAME);
    }
    region.blob("ld.", at, b);
  }
}
