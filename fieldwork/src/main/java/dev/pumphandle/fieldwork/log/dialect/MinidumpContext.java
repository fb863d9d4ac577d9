package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.fieldwork.log.Sighting;
import java.util.List;

/// The processor's context of a minidump.
///
/// Source: google/breakpad src/google_breakpad/common/minidump_cpu_amd64.h, MDRawContextAMD64 (1232
/// bytes: eflags at 68, rax at 120, rip at 248); minidump_cpu_arm64.h, MDRawContextARM64_Old
/// (flags 8 bytes, x0 to x30 and sp, pc, cpsr) and MDRawContextARM64 (flags and cpsr 4 bytes each,
/// then the same).
final class MinidumpContext {

  private static final List<String> AMD64 =
      List.of(
          "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
          "r13", "r14", "r15", "rip");
  private static final int AMD64_BYTES = 1232;
  private static final int AMD64_EFLAGS = 68;
  private static final int AMD64_RAX = 120;
  private static final long ARM64_OLD = 0x8000_0000L;
  private static final int ARM64_LEAST = 8 + 33 * 8;

  private MinidumpContext() {}

  /// Puts the registers into a sighting.
  ///
  /// @param arm whether the process ran on AArch64
  static void read(ByteView context, boolean arm, Sighting sighting) {
    if (arm && context.length() >= ARM64_LEAST) {
      for (int i = 0; i < 31; i++) {
        sighting.register("x" + i, context.u64(8 + i * 8));
      }
      sighting.register("sp", context.u64(8 + 31 * 8));
      sighting.register("pc", context.u64(8 + 32 * 8));
      boolean old = (context.u32(0) & ARM64_OLD) != 0;
      if (!old) {
        sighting.register("pstate", context.u32(4));
      } else if (context.length() >= ARM64_LEAST + 4) {
        sighting.register("pstate", context.u32(ARM64_LEAST));
      }
    } else if (!arm && context.length() == AMD64_BYTES) {
      for (int i = 0; i < AMD64.size(); i++) {
        sighting.register(AMD64.get(i), context.u64(AMD64_RAX + i * 8));
      }
      sighting.register("eflags", context.u32(AMD64_EFLAGS));
    }
  }
}
