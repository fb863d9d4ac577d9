package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FrameFact;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/// The one frame that a kernel line knows: the file that holds the instruction pointer.
///
/// Source: Linux v6.12 mm/memory.c, print_vma_addr(): `in FILE[OFFSET,START+LENGTH]`, the offset
/// being the instruction's in the file; before 6.0 `in FILE[START+LENGTH]`.
final class KernelFrame {

  private KernelFrame() {}

  /// Adds the frame.
  ///
  /// @param module groups 1 to 4: file, offset where there is one, start, length
  static void of(Sighting sighting, Matcher module) {
    Optional<Long> pc = sighting.register("rip").or(() -> sighting.register("pc"));
    Optional<Long> start = Lines.hex(module.group(3));
    if (pc.isEmpty() || start.isEmpty()) {
      return;
    }
    Optional<Long> offset =
        module.group(2) == null ? Optional.of(pc.get() - start.get()) : Lines.hex(module.group(2));
    sighting.frame(
        new FrameFact(
            pc.get(),
            Optional.empty(),
            Optional.of(module.group(1)),
            offset.map(OptionalLong::of).orElse(OptionalLong.empty()),
            "context"));
  }
}
