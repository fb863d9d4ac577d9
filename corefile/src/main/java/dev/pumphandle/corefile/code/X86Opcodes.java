package dev.pumphandle.corefile.code;

/// The shape of x86-64 opcodes, as tables: which have a ModRM byte, how many bytes of constant
/// follow, which write their memory operand.
///
/// Source: Intel SDM vol. 2D, appendix A, tables.
final class X86Opcodes {

  /// No such opcode in 64-bit mode.
  static final int INVALID = -1;

  /// Flags of a shape.
  static final int MODRM = 1;

  static final int IMM8 = 2;
  static final int IMM16 = 4;

  /// Four bytes; two with an operand-size prefix.
  static final int IMM32 = 8;

  /// Eight bytes with REX.W, else as IMM32.
  static final int IMM64 = 16;

  /// An address of eight bytes.
  static final int MOFFS = 32;

  /// Writes its ModRM operand.
  static final int STORE = 64;

  private X86Opcodes() {}

  /// The shape of a one-byte opcode. For group 3 (F6, F7) the constant depends on the ModRM byte
  /// and
  /// is the decoder's business.
  static int oneByte(int op) {
    if (op < 0x40) {
      return arithmetic(op);
    }
    return switch (op >> 4) {
      case 5, 9 -> 0; // push, pop, xchg, cwd …; 9A (far call) is invalid
      case 6 -> sixty(op);
      case 7 -> IMM8; // jcc
      case 8 -> eighty(op);
      case 0xA -> op < 0xA4 ? MOFFS : op == 0xA8 ? IMM8 : op == 0xA9 ? IMM32 : 0;
      case 0xB -> op < 0xB8 ? IMM8 : IMM64;
      case 0xC -> cee(op);
      case 0xD -> op < 0xD4 ? MODRM | STORE : op < 0xD7 ? INVALID : op == 0xD7 ? 0 : MODRM;
      case 0xE ->
          op < 0xE8 ? IMM8 : op == 0xEA ? INVALID : op < 0xEA ? IMM32 : op == 0xEB ? IMM8 : 0;
      default -> op == 0xF6 || op == 0xF7 || op >= 0xFE ? MODRM : 0;
    };
  }

  private static int arithmetic(int op) {
    boolean compare = op >= 0x38;
    return switch (op & 7) {
      case 0, 1 -> compare ? MODRM : MODRM | STORE;
      case 2, 3 -> MODRM;
      case 4 -> IMM8;
      case 5 -> IMM32;
      default -> INVALID; // push of segments, BCD: not in 64-bit mode
    };
  }

  private static int sixty(int op) {
    return switch (op) {
      case 0x63 -> MODRM;
      case 0x68 -> IMM32;
      case 0x69 -> MODRM | IMM32;
      case 0x6A -> IMM8;
      case 0x6B -> MODRM | IMM8;
      case 0x6C, 0x6D, 0x6E, 0x6F -> 0;
      default -> INVALID;
    };
  }

  private static int eighty(int op) {
    return switch (op) {
      case 0x80, 0x83 -> MODRM | IMM8 | STORE;
      case 0x81 -> MODRM | IMM32 | STORE;
      case 0x82 -> INVALID;
      case 0x86, 0x87, 0x88, 0x89, 0x8C, 0x8F -> MODRM | STORE;
      default -> MODRM;
    };
  }

  private static int cee(int op) {
    return switch (op) {
      case 0xC0, 0xC1 -> MODRM | IMM8 | STORE;
      case 0xC2, 0xCA -> IMM16;
      case 0xC6 -> MODRM | IMM8 | STORE;
      case 0xC7 -> MODRM | IMM32 | STORE;
      case 0xC8 -> IMM16 | IMM8;
      case 0xCD -> IMM8;
      case 0xCE -> INVALID;
      default -> 0;
    };
  }

  /// The shape of an opcode after 0F.
  static int twoByte(int op) {
    return switch (op >> 4) {
      case 0 -> op < 4 || op == 0x0D ? MODRM : op == 0x04 || op == 0x0A || op == 0x0C ? INVALID : 0;
      case 1 -> op == 0x11 || op == 0x13 || op == 0x17 ? MODRM | STORE : MODRM;
      case 2 -> op == 0x29 || op == 0x2B ? MODRM | STORE : MODRM;
      case 3 -> 0;
      case 7 -> op < 0x74 ? MODRM | IMM8 : op == 0x77 ? 0 : op >= 0x7E ? MODRM | STORE : MODRM;
      case 8 -> IMM32;
      case 9 -> MODRM | STORE;
      case 0xA -> aay(op);
      case 0xB -> op == 0xBA ? MODRM | IMM8 : storesInB(op) ? MODRM | STORE : MODRM;
      case 0xC -> op >= 0xC8 ? 0 : cees(op);
      case 0xD -> op == 0xD6 ? MODRM | STORE : MODRM;
      case 0xE -> op == 0xE7 ? MODRM | STORE : MODRM;
      default -> MODRM; // 4x cmov, 5x and 6x vectors, Fx vectors and ud0
    };
  }

  private static int aay(int op) {
    return switch (op) {
      case 0xA3, 0xAE, 0xAF -> MODRM;
      case 0xA4, 0xAC -> MODRM | IMM8 | STORE;
      case 0xA5, 0xAB, 0xAD -> MODRM | STORE;
      default -> 0;
    };
  }

  private static boolean storesInB(int op) {
    return op == 0xB0 || op == 0xB1 || op == 0xB3 || op == 0xBB;
  }

  private static int cees(int op) {
    return switch (op) {
      case 0xC0, 0xC1, 0xC3, 0xC7 -> MODRM | STORE;
      case 0xC2, 0xC4, 0xC5, 0xC6 -> MODRM | IMM8;
      default -> MODRM;
    };
  }

  /// Whether an instruction may touch memory far from where its ModRM operand begins: a bit string,
  /// which a register indexes; the elements that a vector register points to; the state of the
  /// processor, which is larger than a fault address may be off; rows of a tile.
  ///
  /// Folklore: such a fault looked like one that the instruction cannot have had, which is the sign
  /// of a broken processor. Seen with `bt`, `vpgatherdd`, `fxsave`. Test: DecoderTest.
  ///
  /// Source: Intel SDM vol. 2, BT, VGATHER…, VSCATTER…, XSAVE, FXSAVE, FSAVE, TILELOADD
  ///
  /// @param map as in [#demandsAlignment]; 0 without an escape
  /// @param group the opcode's extension in the ModRM byte
  static boolean touchesElsewhere(int map, int op, int group, boolean vex) {
    return switch (map) {
      case 0 -> op == 0xDD && (group == 4 || group == 6);
      case 1 ->
          !vex
              && (op == 0xA3
                  || op == 0xAB
                  || op == 0xB3
                  || op == 0xBB
                  || (op == 0xAE && group != 2 && group != 3 && group != 7)
                  || (op == 0xC7 && group >= 3 && group <= 5));
      case 2 -> vex && ((op >= 0x90 && op <= 0x93) || (op >= 0xA0 && op <= 0xA3) || op == 0x4B);
      default -> false;
    };
  }

  /// Whether an EVEX instruction moves a whole vector, so that its short displacement counts
  /// vectors. Others count elements, halves or broadcast words.
  ///
  /// Source: Intel SDM vol. 2, §2.7.5, "Compressed Displacement (disp8*N)"
  static boolean movesWholeVector(int map, int op) {
    return map == 1
        && (op == 0x28 || op == 0x29 || op == 0x2B || op == 0x6F || op == 0x7F || op == 0xE7);
  }

  /// Whether an instruction with a 128-bit memory operand demands that it be aligned.
  ///
  /// Source: Intel SDM vol. 1 §14.9 and vol. 2, exception types 1, 2 and 4: legacy SSE demands it
  /// of
  /// every packed operand but for the moves made for unaligned ones; VEX and EVEX only of the
  /// aligned and non-temporal moves.
  ///
  /// @param map 1 after 0F, 2 after 0F 38, 3 after 0F 3A
  /// @param prefix the mandatory prefix: 0, 0x66, 0xF3 or 0xF2
  static boolean demandsAlignment(int map, int op, int prefix, boolean vex) {
    boolean packed = prefix == 0 || prefix == 0x66;
    boolean move =
        map == 1
            && (((op == 0x28 || op == 0x29 || op == 0x2B) && packed)
                || ((op == 0x6F || op == 0x7F || op == 0xE7) && prefix == 0x66));
    if (move || (map == 2 && op == 0x2A && prefix == 0x66)) {
      return true;
    }
    if (vex || !packed) {
      return false;
    }
    return switch (map) {
      case 1 -> packedArithmetic(op, prefix);
      case 2 ->
          prefix == 0x66 && op < 0xF0 && !(op >= 0x20 && op <= 0x25) && !(op >= 0x30 && op <= 0x35);
      default -> prefix == 0x66 && !(op >= 0x14 && op <= 0x22);
    };
  }

  private static boolean packedArithmetic(int op, int prefix) {
    boolean floats =
        op == 0x14
            || op == 0x15
            || (op >= 0x51 && op <= 0x5F && op != 0x5A)
            || op == 0xC2
            || op == 0xC6;
    if (floats) {
      return true;
    }
    boolean integers =
        (op >= 0x60 && op <= 0x6D)
            || op == 0x70
            || (op >= 0x74 && op <= 0x76)
            || op == 0x7C
            || op == 0x7D
            || (op >= 0xD0 && op <= 0xFE && op != 0xD6 && op != 0xD7 && op != 0xF7);
    return integers && prefix == 0x66;
  }
}
