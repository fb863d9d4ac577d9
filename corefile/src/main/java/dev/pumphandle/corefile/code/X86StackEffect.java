package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;

/// Reads a [StackEffect] off the bytes of one instruction.
final class X86StackEffect {

  private static final StackEffect NONE = new StackEffect.Moves(0);
  private static final StackEffect PUSHES = new StackEffect.Moves(-8);
  private static final StackEffect POPS = new StackEffect.Moves(8);
  private static final int RSP = 4;
  private static final int RBP = 5;

  private final ByteView code;
  private final int length;
  private int at;
  private int rex;

  X86StackEffect(ByteView code, int length) {
    this.code = code;
    this.length = length;
  }

  StackEffect effect() {
    if (code.u8(0) == 0x66) {
      return NONE; // pushes of two bytes, which nobody makes, and vectors
    }
    if (code.u8(0) >= 0x40 && code.u8(0) <= 0x4F) {
      rex = code.u8(at++);
    }
    int op = at < length ? code.u8(at++) : 0x90;
    return switch (op) {
      case 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x68, 0x6A, 0x9C -> PUSHES;
      case 0x58, 0x59, 0x5A, 0x5B, 0x5C, 0x5D, 0x5E, 0x5F -> popped((op & 7) | (rex & 1) << 3);
      case 0x9D -> POPS;
      case 0xC8 -> new StackEffect.Unknown();
      case 0xC9 -> new StackEffect.FromFrame(8, true);
      case 0x8F -> group(0) ? POPS : NONE;
      case 0xFF -> group(6) ? PUSHES : NONE;
      case 0x81, 0x83 -> constant(op);
      case 0x8D -> address();
      case 0x89, 0x87, 0x01, 0x29, 0x21, 0x31 -> isRegister() ? written(op, rm(), reg()) : NONE;
      case 0x8B, 0x03, 0x2B, 0x23, 0x33 -> at < length ? written(op, reg(), source()) : NONE;
      default -> NONE;
    };
  }

  private StackEffect popped(int register) {
    return switch (register) {
      case RSP -> new StackEffect.Unknown();
      case RBP -> new StackEffect.LosesFrame(8);
      default -> POPS;
    };
  }

  /// add, sub and others with a constant.
  private StackEffect constant(int op) {
    if (at >= length || !isRegister() || rm() != RSP) {
      return NONE;
    }
    int value = op == 0x83 ? (byte) code.u8(at + 1) : code.s32(at + 1);
    return switch ((code.u8(at) >> 3) & 7) {
      case 0 -> new StackEffect.Moves(value);
      case 5 -> new StackEffect.Moves(-value);
      case 7 -> NONE; // cmp
      default -> new StackEffect.Unknown();
    };
  }

  /// lea.
  private StackEffect address() {
    if (at >= length || isRegister()) {
      return NONE;
    }
    if (reg() == RBP) {
      return new StackEffect.LosesFrame(0);
    }
    if (reg() != RSP) {
      return NONE;
    }
    int mod = code.u8(at) >> 6;
    boolean byStack = rm() == RSP && code.u8(at + 1) == 0x24;
    int displacementAt = at + 1 + (byStack ? 1 : 0);
    if (mod == 0 || !(byStack || rm() == RBP)) {
      return new StackEffect.Unknown();
    }
    int value = mod == 1 ? (byte) code.u8(displacementAt) : code.s32(displacementAt);
    return byStack ? new StackEffect.Moves(value) : new StackEffect.FromFrame(value, false);
  }

  /// A register was written, by a move from another or by arithmetic.
  private StackEffect written(int op, int register, int from) {
    boolean move = op == 0x89 || op == 0x8B;
    if (register == RSP || (op == 0x87 && from == RSP)) {
      return move && from == RBP ? new StackEffect.FromFrame(0, false) : new StackEffect.Unknown();
    }
    if (register != RBP) {
      return NONE;
    }
    return move && from == RSP ? new StackEffect.SetsFrame() : new StackEffect.LosesFrame(0);
  }

  private boolean group(int number) {
    return at < length && ((code.u8(at) >> 3) & 7) == number;
  }

  private boolean isRegister() {
    return at < length && code.u8(at) >> 6 == 3;
  }

  private int reg() {
    return ((code.u8(at) >> 3) & 7) | (rex & 4) << 1;
  }

  private int rm() {
    return (code.u8(at) & 7) | (rex & 1) << 3;
  }

  /// The register that is read; none where it is memory.
  private int source() {
    return isRegister() ? rm() : -1;
  }
}
