package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.Operand;
import dev.pumphandle.corefile.memory.MemoryRead;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Where a call goes, by the registers and memory that are left.
///
/// Folklore: `call *0x20(%rdi)` to a function that clears `%rdi` and jumps to NULL looks just like
/// a
/// call through NULL, except that the operand now lies in unmapped memory, where no call could have
/// read it. Seen in every tail call of a virtual function. Test: ScoreboardTest.
sealed interface CallTarget {

  /// Source: AMD64 System V ABI §3.2.1 figure 3.4, registers preserved across function calls.
  Set<String> PRESERVED = Set.of("rbx", "rbp", "r12", "r13", "r14", "r15");

  /// The operand says this.
  ///
  /// @param function the address that it holds now
  record Known(long function) implements CallTarget {}

  /// The operand cannot be what the call used: its memory does not exist, or holds no code. What
  /// was
  /// called has run and changed it.
  ///
  /// @param preserved whether it hung on a register that a function must hand back as it found it:
  ///   then what was called has not just jumped on, it has popped the wrong words
  record Changed(boolean preserved) implements CallTarget {}

  /// Its memory was not dumped: nobody can tell.
  record Unknown() implements CallTarget {}

  /// Evaluates a call's operand, or a jump's.
  ///
  /// @param registers as they stood just before it
  static CallTarget of(Evidence evidence, Instruction transfer, Registers registers)
      throws IOException {
    if (transfer.target().isPresent()) {
      return new Known(transfer.target().getAsLong());
    }
    for (Operand operand : transfer.operands()) {
      return switch (operand) {
        case Operand.InRegister(String name) ->
            known(evidence, registers.value(name), isPreserved(operand));
        case Operand.InMemory memory -> atMemory(evidence, memory, registers);
      };
    }
    return new Unknown();
  }

  /// Evaluates the operand of a call that has been made: where the call itself has written its
  /// return address over it, nobody can tell; and where it is no address, it has changed since.
  ///
  /// Folklore: `call *0x28(%rdi)` to a function that loads `%rdi` anew and jumps through it left
  /// bytes of a text where the pointer was looked for, and passed for a return on a shifted stack.
  /// Seen in a table of functions, in one layout of the lab's patients. Test: TransfersTest.
  ///
  /// Source: Intel SDM vol. 2, CALL: the target is read before the return address is pushed.
  ///
  /// @param registers as they stood just before it
  static CallTarget made(Evidence evidence, Instruction call, Registers registers)
      throws IOException {
    if (isOverwritten(call, registers)) {
      return new Unknown();
    }
    CallTarget found = of(evidence, call, registers);
    return found instanceof Known(long function) && !evidence.isCanonical(function)
        ? new Changed(isPreserved(call.operands().getFirst()))
        : found;
  }

  /// Whether a call that has been made has written its return address over its own operand.
  ///
  /// @param registers as they stood just before it
  static boolean isOverwritten(Instruction call, Registers registers) {
    // The first operand is where it goes to; behind it stands the word that it pushes.
    if (call.target().isPresent()
        || call.operands().isEmpty()
        || !(call.operands().getFirst() instanceof Operand.InMemory memory)) {
      return false;
    }
    OptionalLong address = memory.address(registers);
    return address.isPresent() && Math.abs(address.getAsLong() - (registers.sp() - 8)) < 8;
  }

  private static CallTarget atMemory(
      Evidence evidence, Operand.InMemory memory, Registers registers) throws IOException {
    OptionalLong address = memory.address(registers);
    if (address.isEmpty()) {
      return new Unknown();
    }
    boolean preserved = isPreserved(memory);
    long at = address.getAsLong();
    OptionalLong word = evidence.word(at);
    return word.isEmpty() && evidence.memory().read(at, 8) instanceof MemoryRead.Unmapped
        ? new Changed(preserved)
        : known(evidence, word, preserved);
  }

  private static boolean isPreserved(Operand operand) {
    return switch (operand) {
      case Operand.InRegister(String name) -> PRESERVED.contains(name);
      case Operand.InMemory memory ->
          Stream.concat(memory.base().stream(), memory.index().stream())
              .anyMatch(PRESERVED::contains);
    };
  }

  private static CallTarget known(Evidence evidence, OptionalLong value, boolean preserved) {
    if (value.isEmpty()) {
      return new Unknown();
    }
    long function = value.getAsLong();
    return function == evidence.registers().pc()
            || !evidence.isCanonical(function)
            || evidence.code().isCode(function)
        ? new Known(function)
        : new Changed(preserved);
  }
}
