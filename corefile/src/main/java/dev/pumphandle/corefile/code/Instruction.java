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

  static Instruction of(InstructionKind kind, int length) {
    return new Instruction(kind, length, List.of(), OptionalLong.empty());
  }

  static Instruction of(InstructionKind kind, int length, Operand operand) {
    return new Instruction(kind, length, List.of(operand), OptionalLong.empty());
  }

  static Instruction of(InstructionKind kind, int length, Operand first, Operand second) {
    return new Instruction(kind, length, List.of(first, second), OptionalLong.empty());
  }

  static Instruction direct(InstructionKind kind, int length, long target) {
    return new Instruction(kind, length, List.of(), OptionalLong.of(target));
  }

  static Instruction direct(InstructionKind kind, int length, long target, Operand operand) {
    return new Instruction(kind, length, List.of(operand), OptionalLong.of(target));
  }
}
