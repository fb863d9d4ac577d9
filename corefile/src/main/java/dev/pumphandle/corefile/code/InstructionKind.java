package dev.pumphandle.corefile.code;

/// What an instruction does, as far as a crash cares.
public enum InstructionKind {
  /// Returns to the word on top of the stack (x86-64) or to a register (AArch64).
  RET("ret"),
  /// Calls an address that the instruction itself holds.
  CALL_DIRECT("call-direct"),
  /// Calls an address held in a register or in memory.
  CALL_INDIRECT("call-indirect"),
  /// Jumps to an address that the instruction itself holds.
  JUMP_DIRECT("jump-direct"),
  /// Jumps to an address held in a register or in memory.
  JUMP_INDIRECT("jump-indirect"),
  /// Accesses memory that must be aligned to the size of a vector, or faults.
  SSE_ALIGNED("sse-aligned"),
  /// Is undefined on purpose: `ud2`, `udf`.
  UNDEFINED("undefined"),
  /// Is a breakpoint: `int3`, `brk`.
  BREAKPOINT("breakpoint"),
  /// Divides whole numbers.
  DIVIDE("divide"),
  /// Is not for user code: `hlt`, `in`, `cli`, moves to control registers.
  PRIVILEGED("privileged"),
  /// Reads memory.
  LOAD("load"),
  /// Writes memory, perhaps after reading it.
  STORE("store"),
  /// Anything else.
  OTHER("other");

  private final String word;

  InstructionKind(String word) {
    this.word = word;
  }

  /// The word in columns and on screen.
  public String word() {
    return word;
  }

  /// Whether control goes elsewhere by this instruction.
  public boolean transfersControl() {
    return switch (this) {
      case RET, CALL_DIRECT, CALL_INDIRECT, JUMP_DIRECT, JUMP_INDIRECT -> true;
      case SSE_ALIGNED, UNDEFINED, BREAKPOINT, DIVIDE, PRIVILEGED, LOAD, STORE, OTHER -> false;
    };
  }
}
