package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import dev.pumphandle.corefile.signal.SignalFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The instruction pointer stands where nothing can be executed: who sent it there?
///
/// After a `ret` the popped word stands just below the stack pointer and equals the instruction
/// pointer; after a `call` the word at the stack pointer follows a call instruction whose target is
/// the instruction pointer; a jump leaves neither. The parity of the stack pointer tells more: 16
/// divides it after a return, not after a call (AMD64 System V ABI §3.2.2).
///
/// Folklore: with an instruction pointer of 0 the word below the stack pointer is 0 by accident in
/// one of six calls and most jumps through NULL, so zero words prove little and the call
/// instruction
/// must decide. Seen in 45 crashes made on purpose. Test: ScoreboardTest.
final class BadFetch {

  private static final long PAGE = 4096;

  /// The registers that a jump may go through.
  private static final List<String> HELD =
      List.of(
          "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13",
          "r14", "r15");

  private final Evidence evidence;
  private final Registers registers;
  private final long pc;
  private final long sp;

  private BadFetch(Evidence evidence) {
    this.evidence = evidence;
    this.registers = evidence.registers();
    this.pc = registers.pc();
    this.sp = registers.sp();
  }

  static Control of(Evidence evidence) throws IOException {
    BadFetch fetch = new BadFetch(evidence);
    return evidence.isX86() ? fetch.x86() : new Aarch64Fetch(evidence).decide();
  }

  private Control x86() throws IOException {
    if (isSentByAHandler()) {
      return unknown("a signal's handler has put rip there, and returned");
    }
    OptionalLong top = evidence.word(sp);
    OptionalLong popped = evidence.word(sp - 8);
    if (top.isEmpty() || popped.isEmpty()) {
      return unknown("the stack at 0x" + Long.toHexString(sp) + " is not in the core");
    }
    Optional<List<Instruction>> calls = callsBefore(top.getAsLong());
    if (calls.isPresent() && callsHere(calls.get())) {
      return called("the word at rsp follows a call whose target is rip");
    }
    if (FarReturn.happened(evidence)) {
      Control far = returned("the words below rsp are those of a far return to rip");
      return sp % 16 == 0 ? far.with(Control.Alignment.ALIGNED, "abi") : far;
    }
    boolean wordBelow = popped.getAsLong() == pc;
    if (sp % 8 != 0) {
      return unknown("rsp is no multiple of 8");
    }
    if (wordBelow && FreshStack.isUnder(evidence)) {
      return onFreshStack();
    }
    return sp % 16 == 0 ? aligned(wordBelow) : offByEight(top.getAsLong(), wordBelow, calls);
  }

  /// Whether the handler of an ordinary signal has changed where it returns to: such a signal
  /// cannot have struck where nothing is executed.
  private boolean isSentByAHandler() {
    return evidence.fault().residues().stream()
        .anyMatch(
            frame ->
                frame.signo() != 0
                    && !SignalFrame.isFaultSignal(frame.signo())
                    && frame.registers().pc() == pc
                    && frame.registers().sp() == sp);
  }

  /// As after a return, or after a jump from within a frame or from the end of one.
  private Control aligned(boolean wordBelow) throws IOException {
    Leaving left = new CallersText(evidence).ask();
    if (!wordBelow) {
      return left.returns() && !left.here()
          ? returned("16 divides rsp, and a `ret` that releases more has popped rip further down")
              .with(Control.Alignment.ALIGNED, "abi")
          : jumped("the word below rsp is not rip, and 16 divides rsp");
    }
    if (!left.here()) {
      return returned("the word below rsp is rip, and 16 divides rsp")
          .with(Control.Alignment.ALIGNED, "abi");
    }
    // What was popped into a register is zero too often to tell, once a return may have popped it.
    return left.returns() && pc == 0
        ? unknown(
            "the word below rsp is rip, and what was called may have returned or jumped there")
        : jumped("the word below rsp is rip, and what was called pops it and jumps to it")
            .with(Control.Alignment.ALIGNED, "abi");
  }

  /// Nobody was called on this stack, so that neither a caller nor parity tells anything.
  private Control onFreshStack() {
    boolean held = holdsTarget();
    return held
        ? unknown(
            "the word below rsp is rip, and a register is: a switch to this stack either"
                + " returned or jumped")
        : returned("the word below rsp is rip, on a stack on which nobody was called");
  }

  private Optional<List<Instruction>> callsBefore(long top) throws IOException {
    Optional<List<Instruction>> calls = evidence.code().callsBefore(top);
    if (calls.isEmpty()) {
      return calls;
    }
    List<Instruction> meant = new ArrayList<>();
    for (Instruction call : calls.get()) {
      meant.add(evidence.code().throughRetpoline(call));
    }
    return Optional.of(meant);
  }

  /// 8 modulo 16: as after a call, or after a return on a stack that had shifted.
  private Control offByEight(long top, boolean wordBelow, Optional<List<Instruction>> calls)
      throws IOException {
    boolean telling = Long.compareUnsigned(pc, PAGE) >= 0;
    if (calls.isEmpty()) {
      return wordBelow && telling
          ? unlessPushed("the word below rsp is rip, and rsp is 8 off", top)
          : unknown(
              "a call, a jump and a return on a shifted stack look alike here: "
                  + evidence.textMissing(top));
    }
    Leaving left = afterAny(calls.get());
    if (left.returns() && wordBelow) {
      return left.here()
          ? unknown("what was called may have jumped or returned to rip")
          : returned("the word below rsp is rip, and the function that was called had put it there")
              .with(Control.Alignment.ALIGNED, "abi");
    }
    if (left.here()) {
      return jumped("the word at rsp follows a call, and what it calls jumps to rip")
          .with(Control.Alignment.ALIGNED, "abi");
    }
    if (new CallersText(evidence).ask().returns()) {
      return returned("a `ret` that releases more has popped rip further down")
          .with(Control.Alignment.ALIGNED, "abi");
    }
    if (wordBelow && FreshStack.isMadeEntry(evidence, sp)) {
      return onFreshStack().with(Control.Alignment.ALIGNED, "abi");
    }
    boolean indirect =
        calls.get().stream().anyMatch(c -> c.kind() == InstructionKind.CALL_INDIRECT);
    boolean direct = calls.get().stream().anyMatch(c -> c.kind() == InstructionKind.CALL_DIRECT);
    if (wordBelow && telling) {
      String why =
          "the word below rsp is rip, rsp is 8 off, and no call before the word at rsp goes to rip";
      if (calls.get().stream().anyMatch(c -> CallTarget.isOverwritten(c, asBeforeTheCall()))) {
        return unknown("the call before the word at rsp has overwritten where it went to");
      }
      return left.missing() || isLost(calls.get()) ? unlessPushed(why, top) : shifted(why, top);
    }
    if (direct) {
      return afterDirectCall(top, wordBelow, left);
    }
    if (indirect) {
      return afterIndirectCall(top, wordBelow, calls.get(), left);
    }
    if (!wordBelow) {
      return unknown(
          "rsp is 8 off, the word at rsp follows no call, and the word below it is not rip");
    }
    Control shifted =
        shifted(
            "the word below rsp is rip, rsp is 8 off, and the word at rsp follows no call", top);
    // A zero below is an accident too often, where no return address lies where a shift puts it.
    return shifted.alignment() == Control.Alignment.UNKNOWN && pc == 0
        ? unknown("rsp is 8 off, and no return address is near it")
        : shifted;
  }

  /// A return on a shifted stack takes a word that nobody meant for it. Where a register holds just
  /// that word, somebody has handed it on: what was called may have pushed it and returned there.
  /// Trampolines and retpolines do.
  private Control unlessPushed(String why, long top) throws IOException {
    return holdsTarget()
        ? unknown(
            "the word below rsp is rip, and a register is: a return on a shifted stack, or what"
                + " was called has pushed it; its text is not known")
        : shifted(why, top);
  }

  /// Whether nothing tells any more where one of the calls went.
  private boolean isLost(List<Instruction> calls) throws IOException {
    for (Instruction call : calls) {
      if (!(CallTarget.made(evidence, call, asBeforeTheCall()) instanceof CallTarget.Known)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a register but rip and the bases of segments holds rip.
  private boolean holdsTarget() {
    return HELD.stream().anyMatch(name -> registers.value(name).orElse(~pc) == pc);
  }

  private Leaving afterAny(List<Instruction> calls) throws IOException {
    Leaving left = Leaving.NOT;
    for (Instruction call : calls) {
      if (CallTarget.made(evidence, call, asBeforeTheCall())
              instanceof CallTarget.Known(long function)
          && evidence.code().isCode(function)) {
        left = left.or(Leaving.of(evidence, function, sp));
      }
    }
    return left;
  }

  /// The function that was called directly either jumped on to rip, or returned there.
  private Control afterDirectCall(long top, boolean wordBelow, Leaving left) throws IOException {
    boolean mayJump = left.somewhere() || left.missing();
    if (!wordBelow) {
      Control jumped =
          jumped("the word at rsp follows a direct call, and the word below rsp is not rip");
      return mayJump ? jumped.with(Control.Alignment.ALIGNED, "abi") : jumped;
    }
    return mayJump
        ? unknown("what was called may have jumped or returned to rip")
        : shifted(
            "the word below rsp is rip, rsp is 8 off, and what was called before does not jump",
            top);
  }

  /// Nothing has run since a call that went straight to rip, so its operand must still say so.
  /// Where
  /// it says otherwise, the call went to a function that jumped on, or returned on a shifted stack.
  private Control afterIndirectCall(
      long top, boolean wordBelow, List<Instruction> calls, Leaving left) throws IOException {
    boolean popped = false;
    boolean changed = false;
    for (Instruction call : calls) {
      switch (CallTarget.made(evidence, call, asBeforeTheCall())) {
        case CallTarget.Known _ -> {}
        case CallTarget.Changed(boolean preserved) -> {
          popped |= preserved;
          changed = true;
        }
        case CallTarget.Unknown() -> {
          return called("the word at rsp follows an indirect call, and rsp is 8 off");
        }
      }
    }
    boolean mayJump = changed || left.somewhere() || left.missing();
    if (wordBelow && changed && pc != 0 && holdsTarget()) {
      return unlessPushed("the call before the word at rsp goes elsewhere", top);
    }
    if (wordBelow && (!mayJump || popped || !callerStands(top))) {
      return shifted(
          "the word below rsp is rip, and the call before the word at rsp goes elsewhere", top);
    }
    return jumped(
            "the word at rsp follows an indirect call, and what it called has changed its operand")
        .with(Control.Alignment.ALIGNED, "abi");
  }

  /// Whether the caller finds its own return address by the registers that it was handed back.
  private boolean callerStands(long top) throws IOException {
    OptionalLong frame = evidence.walk().frameAddress(asBeforeTheCall().with("rip", top - 1));
    return frame.isEmpty() || StackAlignment.holdsReturnAddress(evidence, frame.getAsLong() - 8);
  }

  /// Whether a call's target can be evaluated to rip: the registers are those after the call, which
  /// changed only the stack pointer.
  private boolean callsHere(List<Instruction> calls) throws IOException {
    for (Instruction call : calls) {
      if (CallTarget.made(evidence, call, asBeforeTheCall())
              instanceof CallTarget.Known(long function)
          && function == pc) {
        return true;
      }
    }
    return false;
  }

  private Registers asBeforeTheCall() {
    return registers.with("rsp", sp + 8);
  }

  private Control returned(String why) {
    return Control.of(Control.Arrived.RETURNED, why, OptionalLong.of(pc));
  }

  private Control shifted(String why, long top) throws IOException {
    return StackAlignment.shiftedReturn(evidence, returned(why), sp, top);
  }

  private Control called(String why) {
    Control called = Control.of(Control.Arrived.CALLED, why, OptionalLong.of(pc));
    // Just inside a function the stack pointer is 8 off (AMD64 System V ABI §3.2.2).
    return sp % 16 == 8 ? called.with(Control.Alignment.ALIGNED, "abi") : called;
  }

  private Control jumped(String why) {
    return Control.of(Control.Arrived.JUMPED, why, OptionalLong.of(pc));
  }

  private Control unknown(String why) {
    return Control.of(Control.Arrived.UNKNOWN, why, OptionalLong.of(pc));
  }
}
