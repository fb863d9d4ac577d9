package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decodes instructions of either machine.
public final class Decoder {

  /// The longest instruction (bytes). Source: Intel SDM vol. 2A §2.3.11
  public static final int LONGEST = 15;

  /// How far before a return address a call may begin (bytes): a call through memory with prefixes.
  public static final int LONGEST_CALL = 10;

  private Decoder() {}

  /// The instruction at the beginning of the bytes; empty where it is cut short or unknown.
  ///
  /// @param machine whose
  /// @param bytes memory
  /// @param pc the address of the first byte (unsigned)
  public static Optional<Instruction> decode(Machine machine, ByteView bytes, long pc) {
    return switch (machine) {
      case X86_64 -> new X86Decoder(bytes, pc).decode();
      case AARCH64 -> Aarch64Decoder.decode(bytes, pc);
    };
  }

  /// The call instructions that may stand just before a return address: those whose encoding ends
  /// exactly there. More than one only by accident, since x86-64 cannot be read backwards.
  ///
  /// Folklore: `41 ff d7` is `call *%r15`, and its last two bytes are `call *%rdi`. Read as both, a
  /// call of a function that had been handed an address looked like a call to that address. Seen in
  /// programs by clang, which keeps function pointers in high registers. A prefix belongs to what
  /// follows it, so the longer reading stands. Test: DecoderTest.
  ///
  /// @param before the bytes just before the return address, at most [#LONGEST_CALL]
  /// @param returnAddress the address after the last of them
  public static List<Instruction> callsBefore(
      Machine machine, ByteView before, long returnAddress) {
    List<Instruction> calls = new ArrayList<>();
    int step = machine == Machine.AARCH64 ? 4 : 1;
    for (int length = step == 4 ? 4 : 2; length <= before.length(); length += step) {
      ByteView tail = before.slice(before.length() - length, length);
      Optional<Instruction> instruction =
          step == 1 && !X86Decoder.mayCall(tail)
              ? Optional.empty()
              : decode(machine, tail, returnAddress - length);
      if (instruction.isPresent()
          && instruction.get().length() == length
          && isCall(instruction.get().kind())) {
        if (step == 1 && isPrefix(tail.u8(0)) && !calls.isEmpty()) {
          calls.removeIf(shorter -> shorter.length() == tail.length() - 1);
        }
        calls.add(instruction.get());
      }
      if (step == 4) {
        break;
      }
    }
    return calls;
  }

  /// Whether a byte is a REX prefix. Source: Intel SDM vol. 2A §2.2.1
  private static boolean isPrefix(int code) {
    return code >= 0x40 && code <= 0x4F;
  }

  static boolean isCall(InstructionKind kind) {
    return kind == InstructionKind.CALL_DIRECT || kind == InstructionKind.CALL_INDIRECT;
  }
}
