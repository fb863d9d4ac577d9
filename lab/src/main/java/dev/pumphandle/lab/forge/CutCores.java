package dev.pumphandle.lab.forge;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Cores that end too soon.
final class CutCores {

  private static final long STRIDE = 1999;

  private CutCores() {}

  static Stream<HostileFile> all() {
    return Stream.concat(
        of("x86", WholeCores.x86().forge()),
        Stream.concat(
            of("arm", WholeCores.arm()), of("xnum", WholeCores.x86().extendedCount().forge())));
  }

  /// The lengths at which a core is cut: around each structure, and every so often in between.
  static LongStream lengths(ForgedCore core) {
    TreeSet<Long> at = new TreeSet<>();
    for (long n = 0; n < core.length(); n += STRIDE) at.add(n);
    for (long n : new long[] {0, 1, 3, 4, 5, 15, 16, 17, 18, 20, 63, 64, 65, 119, 120, 121})
      at.add(n);
    for (Field f : core.fields()) {
      boolean start =
          f.name().endsWith(".namesz")
              || f.name().endsWith(".p_type")
              || f.name().endsWith("sh_name");
      if (start) around(at, f.offset());
      if (f.name().endsWith(".p_offset")) {
        String header = f.name().substring(0, f.name().length() - "p_offset".length());
        long from = core.value(f.name());
        if (header.startsWith("phdr[")) {
          around(at, from);
          around(at, from + core.value(header + "p_filesz"));
        }
      }
    }
    return at.stream().mapToLong(n -> n).filter(n -> n >= 0 && n < core.length());
  }

  private static void around(Set<Long> at, long offset) {
    for (long d = -1; d <= 1; d++) at.add(offset + d);
  }

  private static Stream<HostileFile> of(String name, ForgedCore whole) {
    return lengths(whole)
        .mapToObj(n -> HostileFile.of("cut-%s-%d".formatted(name, n), () -> whole.cutAt(n)));
  }
}
