package dev.pumphandle.corefile.code;

import java.util.List;
import java.util.OptionalLong;

/// One decoded instruction.
///
/// @param kind what it does
/// @param length its length (bytes)
/// @param operands the memory it touches, or, for an indirect call or jump, where its target is
///   held
/// @param target where a direct call or jump goes, and where a conditional jump may go (address);
///   the latter is known on x86-64 only
public record Instruction(
    InstructionKind kind, int length, List<Operand> operands, OptionalLong target) {

  /// Copies the list.
  public Instruction {
    operands = List.copyOf(operands);
  }

  static Instruction of(InstructionKind kind, int length, Operand... operands) {
    return new Instruction(kind, length, List.of(operands), OptionalLong.empty());
  }

  static Instruction direct(InstructionKind kind, int length, long target, Operand... operands) {
    return new Instruction(kind, length, List.of(operands), OptionalLong.of(target));
  }
}
