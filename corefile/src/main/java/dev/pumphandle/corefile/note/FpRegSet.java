package dev.pumphandle.corefile.note;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import java.util.Objects;

/// One thread's floating-point registers: the FXSAVE image on x86-64, `user_fpsimd_state` on
/// AArch64.
///
/// Source: Intel SDM vol. 1, table 10-2 "Format of an FXSAVE Area"; Linux v6.12
/// arch/arm64/include/uapi/asm/ptrace.h
public record FpRegSet(NoteHead head, Machine machine) implements Note {

  static int leastBytes(Machine machine) {
    return switch (machine) {
      case X86_64 -> 512;
      case AARCH64 -> 520;
    };
  }

  /// The vector register with this number, 16 bytes: `xmm0`…`xmm15` or `v0`…`v31`.
  ///
  /// @throws IndexOutOfBoundsException where the machine has no such register
  public ByteView vector(int number) {
    return switch (machine) {
      case X86_64 -> contents().slice(160 + 16 * Objects.checkIndex(number, 16), 16);
      case AARCH64 -> contents().slice(16 * Objects.checkIndex(number, 32), 16);
    };
  }

  /// The control and status word of vector arithmetic (unsigned): `mxcsr` or `fpcr`.
  public long control() {
    return switch (machine) {
      case X86_64 -> contents().u32(24);
      case AARCH64 -> contents().u32(516);
    };
  }

  @Override
  public String toString() {
    return "FpRegSet[" + contents().length() + " bytes]";
  }
}
