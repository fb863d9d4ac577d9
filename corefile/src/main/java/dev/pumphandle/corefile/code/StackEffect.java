package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;

/// What one x86-64 instruction does to the stack pointer, as far as its bytes alone tell.
///
/// Source: Intel SDM vol. 2, PUSH, POP, ADD, SUB, LEA, LEAVE, MOV; vol. 2A §2.2.1 for REX.
public sealed interface StackEffect {

  /// It moves the stack pointer by a constant.
  ///
  /// @param bytes how far; negative where something is pushed or room is made
  record Moves(int bytes) implements StackEffect {}

  /// It sets the stack pointer from the frame pointer: `leave`, `mov %rbp,%rsp`, `lea -8(%rbp),
  /// %rsp`.
  ///
  /// @param bytes how far from where the frame pointer points the stack pointer then stands
  /// @param popsFrame whether the frame pointer is loaded anew
  record FromFrame(int bytes, boolean popsFrame) implements StackEffect {}

  /// It sets the frame pointer to the stack pointer: `mov %rsp,%rbp`.
  record SetsFrame() implements StackEffect {}

  /// It loads the frame pointer with something else, and moves the stack pointer by a constant.
  ///
  /// @param bytes how far
  record LosesFrame(int bytes) implements StackEffect {}

  /// It sets the stack pointer to what the bytes do not tell.
  record Unknown() implements StackEffect {}

  /// Reads the effect of an instruction. For a call, a jump or a return nothing is told: what they
  /// do is their own matter.
  ///
  /// @param code bytes that begin with a whole instruction
  /// @param length its length (bytes)
  static StackEffect of(ByteView code, int length) {
    return new X86StackEffect(code, length).effect();
  }
}
