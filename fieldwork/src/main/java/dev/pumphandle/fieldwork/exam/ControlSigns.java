package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import dev.pumphandle.corefile.code.Operand;
import dev.pumphandle.corefile.signal.FaultRegisters;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides how control got to the place of death.
///
/// Either the instruction pointer stands where nothing can be executed: then somebody sent control
/// there, and [BadFetch] looks who. Or it stands in code: then the instruction itself died, unless
/// it is a return, call or jump to an address that is not canonical, which the processor refuses
/// before it goes there.
final class ControlSigns {

  /// si_code of a signal that the kernel raised without an address: a general protection fault.
  private static final int SI_KERNEL = 128;

  /// #SS and #GP. Source: AMD64 Architecture Programmer's Manual vol. 2 §8.2
  private static final int STACK_FAULT = 12;

  private static final int GENERAL_PROTECTION = 13;

  private ControlSigns() {}

  static Control of(Evidence evidence) throws IOException {
    if (!evidence.struck()) {
      return Control.of(
          Control.Arrived.UNKNOWN, "no signal struck this process", OptionalLong.empty());
    }
    long pc = evidence.registers().pc();
    if (!evidence.code().isCode(pc)) {
      return BadFetch.of(evidence);
    }
    if (!isGeneralProtection(evidence.fault())) {
      return ran(evidence, "the instruction pointer stands in code");
    }
    Optional<Instruction> instruction = evidence.instruction();
    if (instruction.isEmpty()) {
      return Control.of(
          Control.Arrived.UNKNOWN,
          "a general protection fault, and the instruction is not known: "
              + evidence.textMissing(pc),
          OptionalLong.empty());
    }
    Optional<Control> refused = refused(evidence, instruction.get());
    return refused.isPresent()
        ? refused.get()
        : ran(evidence, "a general protection fault of an instruction that stays where it is");
  }

  static boolean isGeneralProtection(FaultRegisters fault) {
    if (fault.trap().isPresent()) {
      long trap = fault.trap().getAsLong();
      return trap == GENERAL_PROTECTION || trap == STACK_FAULT;
    }
    return (fault.signo() == 11 || fault.signo() == 7) && fault.code().orElse(0) == SI_KERNEL;
  }

  /// A transfer of control to an address that is not canonical.
  private static Optional<Control> refused(Evidence evidence, Instruction instruction)
      throws IOException {
    return switch (instruction.kind()) {
      case RET -> {
        Optional<String> register = evidence.code().retpolineBefore(evidence.registers().pc());
        yield register.isPresent()
            ? refusedRetpoline(evidence, register.get())
            : refusedReturn(evidence);
      }
      case CALL_INDIRECT -> refusedTransfer(evidence, instruction, Control.Arrived.CALLED);
      case JUMP_INDIRECT -> refusedTransfer(evidence, instruction, Control.Arrived.JUMPED);
      case CALL_DIRECT,
          JUMP_DIRECT,
          SSE_ALIGNED,
          UNDEFINED,
          BREAKPOINT,
          DIVIDE,
          PRIVILEGED,
          LOAD,
          STORE,
          OTHER ->
          Optional.empty();
    };
  }

  /// Where the stack pointer itself is not canonical, no word was read: the `ret` is an access like
  /// any other, and parity tells nothing.
  private static Optional<Control> refusedReturn(Evidence evidence) throws IOException {
    long sp = evidence.registers().sp();
    OptionalLong target = evidence.word(sp);
    boolean canonical = target.isPresent() && evidence.isCanonical(target.getAsLong());
    if (canonical || !evidence.isCanonical(sp)) {
      return Optional.empty();
    }
    Control control =
        Control.of(
            Control.Arrived.RETURNED,
            "a `ret` was refused: the word on top of the stack is not canonical",
            target);
    long pc = evidence.registers().pc();
    if (evidence.isX86() && FarReturn.standsAt(evidence, pc)) {
      return Optional.of(control);
    }
    boolean made =
        evidence.isX86()
            && sp % 16 == 0
            && (FreshStack.isMadeEntry(evidence, sp + 8) || isMeant(evidence, pc, sp + 8));
    if (made) {
      return Optional.of(control.with(Control.Alignment.ALIGNED, "abi"));
    }
    // The word has not been popped: before a return the stack pointer is 8 off, as after a call.
    return Optional.of(StackAlignment.afterReturn(evidence, control, sp + 8));
  }

  /// Whether the text means this `ret` to take a word that its function has put on the stack: the
  /// function that was called last, or, where nothing tells which that was, the one around it.
  private static boolean isMeant(Evidence evidence, long ret, long entry) throws IOException {
    OptionalLong above = evidence.word(entry);
    if (above.isEmpty()) {
      return false;
    }
    for (Instruction call : evidence.code().callsBefore(above.getAsLong()).orElse(List.of())) {
      Instruction meant = evidence.code().throughRetpoline(call);
      if (CallTarget.made(evidence, meant, evidence.registers().with("rsp", entry + 8))
              instanceof CallTarget.Known(long function)
          && evidence.code().isCode(function)
          && Leaving.of(evidence, function, entry).returns()) {
        return true;
      }
    }
    OptionalLong around = evidence.walk().functionAround(ret);
    return around.isPresent() && Leaving.of(evidence, around.getAsLong(), entry).returns();
  }

  /// The `ret` of a thunk that stands for an indirect call or jump through a register. The word
  /// that it was to pop is the register's; above it stands what a call left there.
  private static Optional<Control> refusedRetpoline(Evidence evidence, String register)
      throws IOException {
    long sp = evidence.registers().sp();
    OptionalLong target = evidence.word(sp);
    if (target.isEmpty()
        || !target.equals(evidence.registers().value(register))
        || evidence.isCanonical(target.getAsLong())) {
      return refusedReturn(evidence);
    }
    boolean called = false;
    OptionalLong above = evidence.word(sp + 8);
    if (above.isPresent()) {
      for (Instruction call : evidence.code().callsBefore(above.getAsLong()).orElse(List.of())) {
        called |=
            evidence
                .code()
                .throughRetpoline(call)
                .operands()
                .contains(new Operand.InRegister(register));
      }
    }
    Control control =
        Control.of(
            called ? Control.Arrived.CALLED : Control.Arrived.JUMPED,
            "an indirect "
                + (called ? "call" : "jump")
                + " through a retpoline was refused: its target is not canonical",
            target);
    // Before its ret a thunk's stack is as it was before the call that led to it.
    return Optional.of(sp % 16 == 0 ? control.with(Control.Alignment.ALIGNED, "abi") : control);
  }

  private static Optional<Control> refusedTransfer(
      Evidence evidence, Instruction instruction, Control.Arrived arrived) throws IOException {
    if (!(CallTarget.of(evidence, instruction, evidence.registers())
            instanceof CallTarget.Known(long target))
        || evidence.isCanonical(target)) {
      return Optional.empty();
    }
    Control control =
        Control.of(
            arrived,
            "an indirect "
                + (arrived == Control.Arrived.CALLED ? "call" : "jump")
                + " was refused: its target is not canonical",
            OptionalLong.of(target));
    return Optional.of(StackAlignment.inFunction(evidence, control));
  }

  private static Control ran(Evidence evidence, String why) throws IOException {
    Control control = Control.of(Control.Arrived.RAN, why, OptionalLong.empty());
    Optional<Instruction> instruction = evidence.instruction();
    boolean aligned =
        instruction.isPresent()
            && instruction.get().kind() == InstructionKind.SSE_ALIGNED
            && isGeneralProtection(evidence.fault());
    return aligned
        ? StackAlignment.ofVector(evidence, control, instruction.get())
        : StackAlignment.inFunction(evidence, control);
  }
}
