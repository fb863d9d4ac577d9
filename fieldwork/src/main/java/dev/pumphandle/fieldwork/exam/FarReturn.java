package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Registers;
import java.io.IOException;
import java.util.OptionalLong;

/// Returns that pop a code segment too: `lret` and `iret` (x86-64).
///
/// Folklore: after `lret` the word below the stack pointer is the code segment, not the instruction
/// pointer, so it passed for a jump; a refused one has popped nothing, and its stack pointer was
/// taken to be 8 off. Seen in hand-written switches of stacks. Test: ScoreboardTest.
///
/// Source: Intel SDM vol. 2, RET (far) and IRETQ; Linux arch/x86/include/asm/segment.h, __USER_CS
/// and __USER_DS.
final class FarReturn {

  private static final int USER_CS = 0x33;
  private static final int USER_DS = 0x2b;

  private FarReturn() {}

  /// Whether the words that were popped say so.
  static boolean happened(Evidence evidence) throws IOException {
    Registers registers = evidence.registers();
    long sp = registers.sp();
    boolean far = is(evidence, sp - 8, USER_CS) && is(evidence, sp - 16, registers.pc());
    boolean fromInterrupt =
        is(evidence, sp - 8, USER_DS)
            && is(evidence, sp - 16, sp)
            && is(evidence, sp - 32, USER_CS)
            && is(evidence, sp - 40, registers.pc());
    return far || fromInterrupt;
  }

  /// Whether the instruction at an address is one.
  static boolean standsAt(Evidence evidence, long pc) throws IOException {
    ByteView code = evidence.code().upTo(pc, 2);
    int at = code.length() == 2 && (code.u8(0) & 0xf0) == 0x40 ? 1 : 0;
    if (code.length() <= at) {
      return false;
    }
    int op = code.u8(at);
    return op == 0xca || op == 0xcb || op == 0xcf;
  }

  private static boolean is(Evidence evidence, long at, long word) throws IOException {
    return evidence.word(at).equals(OptionalLong.of(word));
  }
}
