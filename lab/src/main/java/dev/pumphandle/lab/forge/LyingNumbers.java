package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One whole core, one wrong number at a time.
final class LyingNumbers {

  /// Numbers that are only values: what stands in them cannot lead a reader astray.
  private static final Pattern DULL =
      Pattern.compile(
          "libunwind\\..*|libstdcxx\\..*|libc\\..*|vdso\\.eh_frame.*"
              + "|.*(pr_reg|gregs|regs)\\.(?!rip|rsp|rbp|pc|sp|x29|x30|csgsfs|err|trapno).*"
              + "|.*(pr_sname|pr_zomb|pr_nice|pr_state|pr_flag|pr_sigpend|pr_sighold|mxcsr.*|cwd|fpsr|fpcr)"
              + "|phdr\\[([6-9]|1[0-9])\\]\\.(p_type|p_flags|p_paddr|p_align)"
              + "|.*eh_frame_hdr.table\\[([2-9]|\\d\\d)\\].*|.*eh_frame.fde\\[([2-9]|\\d\\d)\\].*");

  private LyingNumbers() {}

  static Stream<HostileFile> all() {
    return Stream.concat(
        of("x86", WholeCores.x86().forge(), ""),
        Stream.concat(
            of("arm", WholeCores.arm(), "note\\[|sigframe\\."),
            of("xnum", WholeCores.x86().extendedCount().forge(), "shdr\\[|ehdr\\.e_")));
  }

  private static Stream<HostileFile> of(String name, ForgedCore honest, String only) {
    Pattern wanted = Pattern.compile(only);
    return honest.fields().stream()
        .filter(f -> !DULL.matcher(f.name()).matches() && wanted.matcher(f.name()).lookingAt())
        .flatMap(f -> lies(name, honest, f));
  }

  private static Stream<HostileFile> lies(String base, ForgedCore honest, Field f) {
    long truth = honest.value(f.name());
    long mask = f.max();
    Set<Long> values = new LinkedHashSet<>();
    for (long v : new long[] {0, mask, mask >>> 1, honest.length(), truth + 1})
      if ((v & mask) != truth) values.add(v & mask);
    List<HostileFile> files = new ArrayList<>();
    for (long v : values)
      files.add(
          HostileFile.of(
              "lie-%s-%s-%x".formatted(base, f.name().replaceAll("[\\[\\]]", "_"), v),
              () -> honest.patch(f.name(), v)));
    return files.stream();
  }
}
