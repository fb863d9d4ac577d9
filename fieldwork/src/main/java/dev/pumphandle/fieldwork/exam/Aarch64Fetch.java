package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The same question on AArch64, where nothing is popped: `ret` goes to x30, and `blr` leaves in
/// x30
/// the address after itself.
///
/// Source: Arm ARM (DDI 0487), RET, BLR, BL; AAPCS64 §6.4.5.3: 16 divides the stack pointer always.
final class Aarch64Fetch {

  private final Evidence evidence;
  private final Registers registers;
  private final long pc;

  Aarch64Fetch(Evidence evidence) {
    this.evidence = evidence;
    this.registers = evidence.registers();
    this.pc = registers.pc();
  }

  Control decide() throws IOException {
    Control control = decideControl();
    return control.with(
        registers.sp() % 16 == 0 ? Control.Alignment.ALIGNED : Control.Alignment.UNKNOWN, "abi");
  }

  private Control decideControl() throws IOException {
    OptionalLong link = registers.value("x30");
    if (link.isEmpty()) {
      return of(Control.Arrived.UNKNOWN, "x30 is not known");
    }
    if (untagged(link.getAsLong()) == untagged(pc)) {
      return of(Control.Arrived.RETURNED, "x30 is pc, as after a `ret`");
    }
    Optional<List<Instruction>> calls = evidence.code().callsBefore(link.getAsLong());
    if (calls.isEmpty()) {
      return of(
          Control.Arrived.UNKNOWN,
          "x30 is not pc, and what stands before it is not known: "
              + evidence.textMissing(link.getAsLong()));
    }
    for (Instruction call : calls.get()) {
      return afterCall(call);
    }
    return of(Control.Arrived.JUMPED, "x30 is not pc and follows no call");
  }

  /// The top byte of an address in user space is a tag, which a branch leaves out.
  ///
  /// Source: Arm ARM (DDI 0487), AArch64.BranchAddr(); Linux v6.12
  /// Documentation/arch/arm64/tagged-pointers.rst
  private static long untagged(long address) {
    return address << 8 >> 8;
  }

  private Control afterCall(Instruction call) throws IOException {
    if (call.kind() == InstructionKind.CALL_INDIRECT) {
      if (CallTarget.of(evidence, call, registers) instanceof CallTarget.Known(long function)
          && function != pc
          && Leaving.of(evidence, function, registers.sp()).here()) {
        return of(Control.Arrived.JUMPED, "x30 follows a call, and what it calls jumps to pc");
      }
      return of(Control.Arrived.CALLED, "x30 follows an indirect call");
    }
    return of(Control.Arrived.JUMPED, "x30 follows a direct call: what was called jumped on to pc");
  }

  private Control of(Control.Arrived arrived, String why) {
    return Control.of(arrived, why, OptionalLong.of(pc));
  }
}
