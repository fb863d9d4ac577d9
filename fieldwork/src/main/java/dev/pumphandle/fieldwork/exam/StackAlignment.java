package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.Operand;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How the stack pointer stands against the calling convention.
///
/// Parity alone says that it is 8 off, not which way. Which way is told by where the true return
/// address lies: just where the stack pointer is (it stood 8 too low), or 16 below (8 too high).
/// Where neither can be told, the parity is kept as evidence and the direction stays unknown.
///
/// Source: AMD64 System V ABI §3.2.2: 16 divides rsp + 8 when control enters a function.
final class StackAlignment {

  /// The evidence when only the parity is known.
  static final String PARITY = "parity";

  private StackAlignment() {}

  /// After a return, or a refused one.
  ///
  /// @param after the stack pointer as it stands, or would stand, after the return
  static Control afterReturn(Evidence evidence, Control control, long after) throws IOException {
    if (after % 16 == 0) {
      return control.with(Control.Alignment.ALIGNED, "abi");
    }
    OptionalLong top = evidence.word(after);
    return top.isEmpty()
        ? control.with(Control.Alignment.UNKNOWN, PARITY)
        : shiftedReturn(evidence, control, after, top.getAsLong());
  }

  /// After a return with the stack pointer 8 off.
  ///
  /// @param after the stack pointer after the return
  /// @param top the word there
  static Control shiftedReturn(Evidence evidence, Control control, long after, long top)
      throws IOException {
    boolean low = isReturnAddress(evidence, top);
    OptionalLong below = evidence.word(after - 16);
    boolean high = below.isPresent() && isReturnAddress(evidence, below.getAsLong());
    if (low == high) {
      return control.with(Control.Alignment.UNKNOWN, PARITY);
    }
    return low
        ? control.with(Control.Alignment.SHIFTED_LOW, "abi").intending(top)
        : control.with(Control.Alignment.SHIFTED_HIGH, "abi").intending(below.getAsLong());
  }

  /// At an instruction that demands an aligned vector and was refused: is it the stack that is off,
  /// or the data?
  ///
  /// The frame says more than the operand: where call frame information finds the return address in
  /// its place, the parity of that place is the stack's, whichever register the operand used.
  /// Without it the operand must lie on the stack, through the stack's own registers.
  static Control ofVector(Evidence evidence, Control control, Instruction instruction)
      throws IOException {
    OptionalLong frame = evidence.walk().frameAddress(evidence.registers());
    if (frame.isPresent()) {
      Optional<Control> placed = byFrame(evidence, control, frame.getAsLong());
      if (placed.isPresent()) {
        return placed.get();
      }
    }
    for (Operand operand : instruction.operands()) {
      if (operand instanceof Operand.InMemory memory && byStack(memory)) {
        OptionalLong address = memory.address(evidence.registers());
        if (address.isPresent() && address.getAsLong() % 16 == 8) {
          return control.with(Control.Alignment.UNKNOWN, PARITY);
        }
      }
    }
    return control;
  }

  private static boolean byStack(Operand.InMemory memory) {
    String base = memory.base().orElse("");
    return base.equals("rsp") || base.equals("rbp");
  }

  /// The return address in its place: the parity of the place. 8 to either side: the stack has
  /// shifted since control entered this function, and which way is known.
  private static Optional<Control> byFrame(Evidence evidence, Control control, long frame)
      throws IOException {
    if (holdsReturnAddress(evidence, frame - 8)) {
      return Optional.of(
          frame % 16 == 0
              ? control.with(Control.Alignment.ALIGNED, "frame-chain")
              : control.with(Control.Alignment.UNKNOWN, PARITY));
    }
    if (frame % 16 != 8) {
      return Optional.empty();
    }
    if (holdsReturnAddress(evidence, frame)) {
      return Optional.of(control.with(Control.Alignment.SHIFTED_LOW, "aligned-instruction"));
    }
    return holdsReturnAddress(evidence, frame - 16)
        ? Optional.of(control.with(Control.Alignment.SHIFTED_HIGH, "aligned-instruction"))
        : Optional.empty();
  }

  /// Inside a function: aligned when the return address is where call frame information says it is,
  /// and the address it stands at fits the convention.
  static Control inFunction(Evidence evidence, Control control) throws IOException {
    if (!evidence.isX86()) {
      return evidence.registers().sp() % 16 == 0
          ? control.with(Control.Alignment.ALIGNED, "abi")
          : control;
    }
    OptionalLong frame = evidence.walk().frameAddress(evidence.registers());
    return frame.isPresent()
            && frame.getAsLong() % 16 == 0
            && holdsReturnAddress(evidence, frame.getAsLong() - 8)
        ? control.with(Control.Alignment.ALIGNED, "frame-chain")
        : control;
  }

  static boolean holdsReturnAddress(Evidence evidence, long at) throws IOException {
    OptionalLong word = evidence.word(at);
    return word.isPresent() && isReturnAddress(evidence, word.getAsLong());
  }

  /// Whether a word follows a call; where the text is absent, whether it points into code.
  private static boolean isReturnAddress(Evidence evidence, long word) throws IOException {
    if (!evidence.code().isCode(word)) {
      return false;
    }
    Optional<List<Instruction>> calls = evidence.code().callsBefore(word);
    return calls.isEmpty() || !calls.get().isEmpty();
  }
}
