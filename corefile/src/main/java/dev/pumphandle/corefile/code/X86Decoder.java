package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decodes one x86-64 instruction: its length, its memory operand, and what it does to control.
///
/// Source: Intel SDM vol. 2A chapter 2 (prefixes, REX, VEX, EVEX, ModRM, SIB) and vol. 2D appendix
/// A.
final class X86Decoder {

  private static final List<String> NAMES =
      List.of(
          "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
          "r13", "r14", "r15");

  // What nearly every instruction of a text needs is made once: texts are followed by the thousand
  // instructions for one core.
  private static final List<Optional<String>> REGISTERS = NAMES.stream().map(Optional::of).toList();
  private static final List<Optional<Operand>> IN_REGISTER =
      NAMES.stream().map(name -> Optional.<Operand>of(new Operand.InRegister(name))).toList();
  private static final Operand PUSHED = Operand.InMemory.at("rsp", -8);
  private static final Operand POPPED = Operand.InMemory.at("rsp", 0);
  private static final Operand AT_RDI = Operand.InMemory.at("rdi", 0);
  private static final Operand AT_RSI = Operand.InMemory.at("rsi", 0);

  private final ByteView bytes;
  private final long pc;
  private int at;
  private int rex;
  private boolean wide;
  private boolean operand16;
  private boolean address32;
  private int repeat;
  private Optional<String> segment = Optional.empty();
  private int map;
  private boolean vex;
  private boolean evex;
  private boolean broadcast;
  private int vectorBytes = 16;

  /// The ModRM byte's parts, once read.
  private int mod = -1;

  private int reg;
  private int rm;

  X86Decoder(ByteView bytes, long pc) {
    this.bytes = bytes;
    this.pc = pc;
  }

  Optional<Instruction> decode() {
    try {
      Optional<Instruction> decoded = instruction();
      return decoded.filter(instruction -> instruction.length() <= Decoder.LONGEST);
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty(); // the bytes end within the instruction
    }
  }

  /// Whether the bytes may begin with a call, by the opcode behind the prefixes. A look that costs
  /// next to nothing, where nearly all bytes before a word of the stack are none.
  ///
  /// Source: Intel SDM vol. 2, CALL: E8 and FF are the opcodes of all near and far calls.
  static boolean mayCall(ByteView bytes) {
    for (int at = 0; at < bytes.length(); at++) {
      int b = bytes.u8(at);
      switch (b) {
        case 0x66, 0x67, 0xF2, 0xF3, 0x64, 0x65, 0x2E, 0x36, 0x3E, 0x26, 0xF0 -> {}
        default -> {
          boolean extended = b >= 0x40 && b <= 0x4F;
          int op = !extended ? b : at + 1 < bytes.length() ? bytes.u8(at + 1) : 0;
          return op == 0xE8 || op == 0xFF;
        }
      }
    }
    return false;
  }

  private Optional<Instruction> instruction() {
    int op = prefixes();
    if (op == 0xC5 || op == 0xC4 || op == 0x62) {
      op = vectorPrefix(op);
    } else if (op == 0x0F) {
      map = 1;
      op = next();
      if (op == 0x38 || op == 0x3A) {
        map = op == 0x38 ? 2 : 3;
        op = next();
      }
    }
    int shape = shape(op);
    if (shape == X86Opcodes.INVALID) {
      return Optional.empty();
    }
    Optional<Operand> operand = Optional.empty();
    if ((shape & X86Opcodes.MODRM) != 0) {
      operand = modRm(constantBytes(op, shape));
      if (isUntold(op)) {
        operand = operand.filter(o -> !isMemory(o));
      }
    }
    at += constantBytes(op, shape);
    // Past here only at, operand and op matter; make sure that the bytes are all there.
    bytes.u8(at - 1);
    return Optional.of(map == 0 ? plain(op, shape, operand) : extended(op, shape, operand));
  }

  private int next() {
    return bytes.u8(at++);
  }

  private int prefixes() {
    while (true) {
      int b = next();
      switch (b) {
        case 0x66 -> operand16 = true;
        case 0x67 -> address32 = true;
        case 0xF2, 0xF3 -> repeat = b;
        case 0x64 -> segment = Optional.of("fs_base");
        case 0x65 -> segment = Optional.of("gs_base");
        case 0x2E, 0x36, 0x3E, 0x26, 0xF0 -> {
          // No meaning for addresses in 64-bit mode; 3E before a call is notrack.
        }
        default -> {
          if (b >= 0x40 && b <= 0x4F) {
            rex = b & 15;
            wide = (b & 8) != 0;
            return next();
          }
          return b;
        }
      }
    }
  }

  private int vectorPrefix(int kind) {
    vex = true;
    int p0 = next();
    int pp;
    if (kind == 0xC5) {
      rex = (~p0 >> 5) & 4;
      map = 1;
      pp = p0 & 3;
      vectorBytes = (p0 & 4) != 0 ? 32 : 16;
    } else {
      rex = (~p0 >> 5) & 7;
      map = p0 & (kind == 0x62 ? 7 : 31);
      int p1 = next();
      wide = (p1 & 0x80) != 0;
      rex |= wide ? 8 : 0;
      pp = p1 & 3;
      vectorBytes = (p1 & 4) != 0 ? 32 : 16;
      if (kind == 0x62) {
        int p2 = next();
        vectorBytes = 16 << ((p2 >> 5) & 3);
        broadcast = (p2 & 0x10) != 0;
        evex = true;
      }
    }
    operand16 = pp == 1;
    repeat = pp == 2 ? 0xF3 : pp == 3 ? 0xF2 : 0;
    return next();
  }

  private int shape(int op) {
    return switch (map) {
      // No vector instruction has the map of the plain ones. Source: Intel SDM vol. 2, §2.3.6.1.
      case 0 -> vex ? X86Opcodes.INVALID : X86Opcodes.oneByte(op);
      case 1 -> X86Opcodes.twoByte(op);
      case 2 -> X86Opcodes.MODRM | (op == 0xF1 && repeat == 0 ? X86Opcodes.STORE : 0);
      case 3 -> X86Opcodes.MODRM | X86Opcodes.IMM8;
      default -> X86Opcodes.INVALID;
    };
  }

  private int constantBytes(int op, int shape) {
    int count = (shape & X86Opcodes.IMM8) != 0 ? 1 : 0;
    count += (shape & X86Opcodes.IMM16) != 0 ? 2 : 0;
    boolean branch = map == 1 ? op >> 4 == 8 : op == 0xE8 || op == 0xE9;
    int word = operand16 && !branch ? 2 : 4;
    count += (shape & X86Opcodes.IMM32) != 0 ? word : 0;
    count += (shape & X86Opcodes.IMM64) != 0 ? (wide ? 8 : word) : 0;
    count += (shape & X86Opcodes.MOFFS) != 0 ? (address32 ? 4 : 8) : 0;
    if (map == 0 && (op == 0xF6 || op == 0xF7)) {
      int group = mod >= 0 ? reg & 7 : (bytes.u8(at) >> 3) & 7;
      count += group < 2 ? (op == 0xF6 ? 1 : word) : 0;
    }
    return count;
  }

  /// Reads ModRM, SIB and displacement.
  ///
  /// @param after bytes of the instruction after the displacement: an address relative to the
  ///   instruction pointer counts from the very end
  private Optional<Operand> modRm(int after) {
    int b = next();
    mod = b >> 6;
    reg = ((b >> 3) & 7) | ((rex & 4) << 1);
    int low = b & 7;
    rm = low | ((rex & 1) << 3);
    if (mod == 3) {
      return IN_REGISTER.get(rm);
    }
    Optional<String> base = REGISTERS.get(rm);
    Optional<String> index = Optional.empty();
    int scale = 1;
    boolean wideDisplacement = mod == 2;
    if (low == 4) {
      int sib = next();
      int indexNumber = ((sib >> 3) & 7) | ((rex & 2) << 2);
      index = indexNumber == 4 ? Optional.empty() : REGISTERS.get(indexNumber);
      scale = 1 << (sib >> 6);
      base = REGISTERS.get((sib & 7) | ((rex & 1) << 3));
      if ((sib & 7) == 5 && mod == 0) {
        base = Optional.empty();
        wideDisplacement = true;
      }
    } else if (low == 5 && mod == 0) {
      long displacement = bytes.s32(at);
      at += 4;
      return memory(Optional.empty(), Optional.empty(), 1, pc + displacement + at + after);
    }
    long displacement = 0;
    if (wideDisplacement) {
      displacement = bytes.s32(at);
      at += 4;
    } else if (mod == 1) {
      displacement = (byte) next();
      if (evex) {
        displacement *= vectorBytes;
      }
    }
    return memory(base, index, scale, displacement);
  }

  private Optional<Operand> memory(
      Optional<String> base, Optional<String> index, int scale, long displacement) {
    // Addresses of 32 bits in 64-bit code (67) wrap; nobody writes them, so nobody is told.
    return address32
        ? Optional.empty()
        : Optional.of(new Operand.InMemory(segment, base, index, scale, displacement));
  }

  /// Whether what is touched cannot be told from ModRM, SIB and displacement alone.
  private boolean isUntold(int op) {
    boolean scaled = evex && mod == 1 && (broadcast || !X86Opcodes.movesWholeVector(map, op));
    // rdfsbase and its kin share the opcode of fxsave; they have a prefix, and no memory operand.
    boolean elsewhere = (vex || repeat == 0) && X86Opcodes.touchesElsewhere(map, op, reg & 7, vex);
    return mod != 3 && (scaled || elsewhere);
  }

  private Instruction plain(int op, int shape, Optional<Operand> operand) {
    return switch (op) {
      case 0xC2, 0xC3, 0xCA, 0xCB, 0xCF -> Instruction.of(InstructionKind.RET, at, POPPED);
      case 0xE8 ->
          Instruction.direct(InstructionKind.CALL_DIRECT, at, pc + at + bytes.s32(at - 4), PUSHED);
      case 0xE9 -> Instruction.direct(InstructionKind.JUMP_DIRECT, at, pc + at + bytes.s32(at - 4));
      case 0xEB ->
          Instruction.direct(InstructionKind.JUMP_DIRECT, at, pc + at + (byte) bytes.u8(at - 1));
      case 0xFF -> group5(operand);
      case 0xCC, 0xF1 -> Instruction.of(InstructionKind.BREAKPOINT, at);
      case 0xF4,
          0xFA,
          0xFB,
          0xE4,
          0xE5,
          0xE6,
          0xE7,
          0xEC,
          0xED,
          0xEE,
          0xEF,
          0x6C,
          0x6D,
          0x6E,
          0x6F ->
          Instruction.of(InstructionKind.PRIVILEGED, at);
      case 0xF6, 0xF7 -> group3(operand);
      case 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x68, 0x6A, 0x9C ->
          Instruction.of(InstructionKind.STORE, at, PUSHED);
      case 0x58, 0x59, 0x5A, 0x5B, 0x5C, 0x5D, 0x5E, 0x5F, 0x9D ->
          Instruction.of(InstructionKind.LOAD, at, POPPED);
      case 0xC8 -> Instruction.of(InstructionKind.STORE, at, PUSHED);
      case 0xC9 -> Instruction.of(InstructionKind.LOAD, at, Operand.InMemory.at("rbp", 0));
      case 0xA4, 0xA5 -> Instruction.of(InstructionKind.STORE, at, AT_RDI, AT_RSI);
      case 0xAA, 0xAB -> Instruction.of(InstructionKind.STORE, at, AT_RDI);
      case 0xAC, 0xAD -> Instruction.of(InstructionKind.LOAD, at, AT_RSI);
      case 0xA6, 0xA7 -> Instruction.of(InstructionKind.LOAD, at, AT_RSI, AT_RDI);
      case 0xAE, 0xAF -> Instruction.of(InstructionKind.LOAD, at, AT_RDI);
      case 0x8D -> Instruction.of(InstructionKind.OTHER, at);
      case 0x70,
          0x71,
          0x72,
          0x73,
          0x74,
          0x75,
          0x76,
          0x77,
          0x78,
          0x79,
          0x7A,
          0x7B,
          0x7C,
          0x7D,
          0x7E,
          0x7F,
          0xE0,
          0xE1,
          0xE2,
          0xE3 ->
          Instruction.direct(InstructionKind.OTHER, at, pc + at + (byte) bytes.u8(at - 1));
      case 0x8F ->
          operand
              .filter(X86Decoder::isMemory)
              .map(into -> Instruction.of(InstructionKind.STORE, at, into, POPPED))
              .orElse(Instruction.of(InstructionKind.LOAD, at, POPPED));
      case 0x80, 0x81, 0x83 -> access((reg & 7) != 7, operand);
      default -> access((shape & X86Opcodes.STORE) != 0, operand);
    };
  }

  /// inc, dec, call, far call, jmp, far jmp, push.
  private Instruction group5(Optional<Operand> operand) {
    List<Operand> target = operand.map(List::of).orElse(List.of());
    InstructionKind kind =
        switch (reg & 7) {
          case 2, 3 -> InstructionKind.CALL_INDIRECT;
          case 4, 5 -> InstructionKind.JUMP_INDIRECT;
          case 6 -> InstructionKind.LOAD;
          default -> InstructionKind.STORE;
        };
    if (kind == InstructionKind.CALL_INDIRECT || kind == InstructionKind.JUMP_INDIRECT) {
      return new Instruction(kind, at, target, OptionalLong.empty());
    }
    List<Operand> touched = new ArrayList<>(2);
    operand.filter(X86Decoder::isMemory).ifPresent(touched::add);
    if ((reg & 7) == 6) {
      touched.add(PUSHED);
    }
    InstructionKind access = touched.isEmpty() ? InstructionKind.OTHER : kind;
    return new Instruction(access, at, touched, OptionalLong.empty());
  }

  /// test, not, neg, mul, imul, div, idiv.
  private Instruction group3(Optional<Operand> operand) {
    int group = reg & 7;
    if (group >= 6) {
      return new Instruction(
          InstructionKind.DIVIDE,
          at,
          operand.filter(X86Decoder::isMemory).map(List::of).orElse(List.of()),
          OptionalLong.empty());
    }
    return access(group == 2 || group == 3, operand);
  }

  private Instruction extended(int op, int shape, Optional<Operand> operand) {
    int prefix = repeat != 0 ? repeat : operand16 ? 0x66 : 0;
    if (map == 1 && !vex) {
      switch (op) {
        case 0x0B, 0xB9, 0xFF -> {
          return Instruction.of(InstructionKind.UNDEFINED, at);
        }
        case 0x00, 0x06, 0x08, 0x09, 0x20, 0x21, 0x22, 0x23, 0x30, 0x32, 0x33 -> {
          return Instruction.of(InstructionKind.PRIVILEGED, at);
        }
        case 0x01 -> {
          boolean harmless = mod == 3;
          return Instruction.of(harmless ? InstructionKind.OTHER : InstructionKind.PRIVILEGED, at);
        }
        case 0x0D, 0x18, 0x1E, 0x1F -> {
          return Instruction.of(InstructionKind.OTHER, at); // prefetch, nop, endbr64
        }
        default -> {
          if (op >> 4 == 8) {
            return Instruction.direct(InstructionKind.OTHER, at, pc + at + bytes.s32(at - 4));
          }
        }
      }
    }
    if (operand.filter(X86Decoder::isMemory).isPresent()
        && X86Opcodes.demandsAlignment(map, op, prefix, vex)) {
      return Instruction.of(InstructionKind.SSE_ALIGNED, at, operand.get());
    }
    boolean stores = (shape & X86Opcodes.STORE) != 0 && !(op == 0x7E && prefix == 0xF3);
    return access(stores, operand);
  }

  private Instruction access(boolean stores, Optional<Operand> operand) {
    InstructionKind kind = stores ? InstructionKind.STORE : InstructionKind.LOAD;
    if (operand.isPresent() && isMemory(operand.get())) {
      return Instruction.of(kind, at, operand.get());
    }
    return Instruction.of(mod >= 0 && mod != 3 ? kind : InstructionKind.OTHER, at);
  }

  private static boolean isMemory(Operand operand) {
    return operand instanceof Operand.InMemory;
  }
}
