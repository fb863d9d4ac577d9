package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/// The one frame that a kernel line knows: the file that holds the instruction pointer.
///
/// Source: Linux v6.12 mm/memory.c, print_vma_addr(): `in FILE[OFFSET,START+LENGTH]`, the offset
/// being the instruction's in the file; before 6.0 `in FILE[START+LENGTH]`.
///
/// Folklore: with an instruction pointer of 0 some kernels name a file all the same, the first
/// mapping above it. It holds nothing of the kind. Test: KernelDialectTest.
final class KernelFrame {

  private KernelFrame() {}

  /// Adds the frame.
  ///
  /// @param module groups 1 to 4: file, offset where there is one, start, length
  static void of(Sighting sighting, Matcher module) {
    Optional<Long> pc = sighting.register("rip").or(() -> sighting.register("pc"));
    Optional<Long> start = Lines.hex(module.group(3));
    Optional<Long> length = Lines.hex(module.group(4));
    if (pc.isEmpty()
        || start.isEmpty()
        || length.isEmpty()
        || Long.compareUnsigned(pc.get() - start.get(), length.get()) >= 0) {
      return;
    }
    sighting.row().put(FaultColumns.PC_IN, "code");
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
