package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.code.Decoder;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Looks for a function that pushes an address and returns to it.
///
/// Folklore: after `push %rdi; ret` the word below the stack pointer is the instruction pointer and
/// the stack pointer is 8 off, as after a return on a stack that had shifted; but nothing shifted,
/// the function never popped its own return address. No compiler ends a function so; context
/// switches, trampolines and generated code do. Seen in 13 builds of a program that sends control
/// away so. Test: ScoreboardTest.
final class PushedReturn {

  private static final int TEXT = 1024;
  private static final int MOST_INSTRUCTIONS = 200;

  private PushedReturn() {}

  /// Whether what one of these calls went to ends so.
  static boolean after(Evidence evidence, List<Instruction> calls) throws IOException {
    for (Instruction call : calls) {
      if (CallTarget.of(evidence, call, evidence.registers())
              instanceof CallTarget.Known(long function)
          && isIn(evidence, function)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(Evidence evidence, long function) throws IOException {
    if (!evidence.code().isCode(function)) {
      return false;
    }
    ByteView text = evidence.code().upTo(function, TEXT);
    boolean pushed = false;
    for (int at = 0, n = 0; at < text.length() && n < MOST_INSTRUCTIONS; n++) {
      ByteView rest = text.slice(at, text.length() - at);
      Optional<Instruction> instruction =
          Decoder.decode(evidence.core().machine(), rest, function + at);
      if (instruction.isEmpty()) {
        return false;
      }
      if (instruction.get().kind() == InstructionKind.RET) {
        return pushed;
      }
      if (instruction.get().kind() == InstructionKind.JUMP_DIRECT
          || instruction.get().kind() == InstructionKind.JUMP_INDIRECT) {
        return false;
      }
      pushed = isPush(rest);
      at += instruction.get().length();
    }
    return false;
  }

  /// Source: Intel SDM vol. 2, PUSH: 50+r, 6A, 68, FF /6, with or without REX.B.
  private static boolean isPush(ByteView code) {
    int at = code.u8(0) == 0x41 ? 1 : 0;
    if (at >= code.length()) {
      return false;
    }
    int opcode = code.u8(at);
    return (opcode & 0xf8) == 0x50
        || opcode == 0x6a
        || opcode == 0x68
        || (opcode == 0xff && at + 1 < code.length() && ((code.u8(at + 1) >> 3) & 7) == 6);
  }
}
