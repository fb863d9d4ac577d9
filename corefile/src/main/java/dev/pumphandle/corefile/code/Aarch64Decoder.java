package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decodes one AArch64 instruction, as far as a crash needs it.
///
/// Source: Arm Architecture Reference Manual for A-profile (DDI 0487), C4.1 "A64 instruction set
/// encoding": branches C4.1.92, loads and stores C4.1.94.
final class Aarch64Decoder {

  private Aarch64Decoder() {}

  static Optional<Instruction> decode(ByteView bytes, long pc) {
    if (bytes.length() < 4) {
      return Optional.empty();
    }
    int word = bytes.s32(0);
    return Optional.of(branch(word, pc).or(() -> access(word, pc)).orElse(other(word)));
  }

  private static Optional<Instruction> branch(int word, long pc) {
    if ((word & 0x7C00_0000) == 0x1400_0000) {
      long target = pc + ((long) (word << 6) >> 4);
      InstructionKind kind = word < 0 ? InstructionKind.CALL_DIRECT : InstructionKind.JUMP_DIRECT;
      return Optional.of(Instruction.direct(kind, 4, target));
    }
    // Unconditional branch to a register: opc in bits 24..21, with pointer authentication in 11..10
    // and, for the forms with a modifier, bit 24.
    if ((word & 0xFE1F_F000) == 0xD61F_0000) {
      Operand target = new Operand.InRegister("x" + ((word >> 5) & 31));
      return switch ((word >> 21) & 7) {
        case 0 -> Optional.of(Instruction.of(InstructionKind.JUMP_INDIRECT, 4, target));
        case 1 -> Optional.of(Instruction.of(InstructionKind.CALL_INDIRECT, 4, target));
        case 2 -> Optional.of(Instruction.of(InstructionKind.RET, 4, target));
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  private static Instruction other(int word) {
    if ((word & 0xFFFF_0000) == 0) {
      return Instruction.of(InstructionKind.UNDEFINED, 4);
    }
    if ((word & 0xFFE0_001F) == 0xD420_0000) {
      return Instruction.of(InstructionKind.BREAKPOINT, 4);
    }
    return Instruction.of(InstructionKind.OTHER, 4);
  }

  /// Loads and stores: bits 27 and 25 are 1 and 0.
  private static Optional<Instruction> access(int word, long pc) {
    if ((word & 0x0A00_0000) != 0x0800_0000) {
      return Optional.empty();
    }
    int group = (word >>> 27) & 7;
    boolean vector = (word & (1 << 26)) != 0;
    int size = word >>> 30;
    int opc = (word >> 22) & 3;
    String base = base(word);
    if (group == 3) {
      long target = pc + (((long) (word << 8) >> 13) << 2);
      return Optional.of(
          new Instruction(
              InstructionKind.LOAD,
              4,
              List.of(
                  new Operand.InMemory(
                      Optional.empty(), Optional.empty(), Optional.empty(), 1, target)),
              OptionalLong.empty()));
    }
    if (group == 5) {
      return Optional.of(pair(word, vector, size, base));
    }
    if (group == 7) {
      int shift = vector && (opc & 2) != 0 ? 4 : size;
      boolean load = vector ? (opc & 1) != 0 : opc != 0;
      return single(word, shift, base).map(memory -> touched(load, memory));
    }
    // Exclusive and ordered accesses: the base alone.
    boolean load = (word & (1 << 22)) != 0;
    return Optional.of(touched(load, Operand.InMemory.at(base, 0)));
  }

  private static Instruction pair(int word, boolean vector, int size, String base) {
    int shift = vector ? 2 + size : (size & 2) != 0 ? 3 : 2;
    boolean after = ((word >> 23) & 3) == 1;
    long offset = (((long) (word << 10)) >> 25) << shift;
    return touched((word & (1 << 22)) != 0, Operand.InMemory.at(base, after ? 0 : offset));
  }

  private static Optional<Operand.InMemory> single(int word, int shift, String base) {
    if ((word & (1 << 24)) != 0) {
      return Optional.of(Operand.InMemory.at(base, (long) ((word >> 10) & 0xFFF) << shift));
    }
    if ((word & (1 << 21)) == 0) {
      boolean after = ((word >> 10) & 3) == 1;
      return Optional.of(Operand.InMemory.at(base, after ? 0 : (word << 11) >> 23));
    }
    boolean registerOffset = ((word >> 10) & 3) == 2;
    boolean sixtyFour = ((word >> 13) & 7) == 3;
    int index = (word >> 16) & 31;
    if (!registerOffset || !sixtyFour || index == 31) {
      return Optional.empty(); // atomics, and indexes of 32 bits that are extended first
    }
    int scale = (word & (1 << 12)) != 0 ? 1 << shift : 1;
    return Optional.of(
        new Operand.InMemory(
            Optional.empty(), Optional.of(base), Optional.of("x" + index), scale, 0));
  }

  private static Instruction touched(boolean load, Operand.InMemory memory) {
    return Instruction.of(load ? InstructionKind.LOAD : InstructionKind.STORE, 4, memory);
  }

  private static String base(int word) {
    int number = (word >> 5) & 31;
    return number == 31 ? "sp" : "x" + number;
  }
}
