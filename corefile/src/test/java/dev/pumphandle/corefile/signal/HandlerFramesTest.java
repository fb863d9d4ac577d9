package dev.pumphandle.corefile.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.corefile.MeteredSource;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedProcess;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Region;
import dev.pumphandle.lab.forge.SignalInfo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Handlers on handlers, on other stacks, on other threads, and the frames that handlers leave
/// behind when they return.
class HandlerFramesTest extends HandlerStacks {

  private static final int KILL = 62;

  @Test
  void aHandlerThatAbortsLeavesTheFaultInItsFrame() throws IOException {
    long frame = push(stack, NULL_READ, at(FAULT_PC, TOP));
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, frame - 0x200));

    assertThat(fault.registers().all()).containsAllEntriesOf(without(at(FAULT_PC, TOP)));
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.SIGFRAME);
    assertThat(fault.signo()).isEqualTo(11);
    assertThat(fault.code()).hasValue(1);
    assertThat(fault.address()).hasValue(8);
    assertThat(fault.trap()).hasValue(14);
    assertThat(fault.error()).hasValue(4);
    assertThat(fault.handlerFrames()).isEqualTo(1);
    assertThat(fault.residues()).isEmpty();
  }

  @Test
  void aSignalOfAnotherProcessThatItsHandlerGaveUpOverIsWhatHappened() throws IOException {
    long frame = push(stack, SignalInfo.sent(11, 0, PID + 1, 1000), at(FAULT_PC, TOP));
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, frame - 0x200));

    assertThat(fault.signo()).isEqualTo(11);
    assertThat(fault.senderPid()).hasValue(PID + 1);
    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
  }

  @Test
  void anAbortInAHandlerOfAnOrdinarySignalIsAnAbort() throws IOException {
    long frame = push(stack, SignalInfo.sent(15, 0, PID + 1, 1000), at(FAULT_PC, TOP));
    assertThat(fault(dead(ABORTED, HANDLER_PC, frame - 0x200)).signo()).isEqualTo(6);
  }

  @Test
  void ofAHandlerThatAskedForNoSiginfoWhatTheStackHeldIsNotTakenForOne() throws IOException {
    // As the dynamic linker leaves it: a small number, 0, -1, half an address.
    push(stack, SignalInfo.sent(12, -1, 0x40e1_59f0, 0x7f6c), at(FAULT_PC, TOP));
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, TOP - 0x2000));

    assertThat(fault.from()).isEqualTo(FaultRegisters.From.SIGFRAME);
    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.signo()).isEqualTo(11);
  }

  @Test
  void aSiginfoThatTheTrapCannotHaveRaisedIsNone() throws IOException {
    push(stack, SignalInfo.fault(8, 4, 8), at(FAULT_PC, TOP));
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, TOP - 0x2000));

    assertThat(fault.from()).isEqualTo(FaultRegisters.From.SIGFRAME);
    assertThat(fault.signo()).isEqualTo(11);
    assertThat(fault.code()).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0x1234})
  void aCallThroughTheRegisterThatSystemCallsUseIsNoSystemCall(long target) throws IOException {
    Map<String, Long> called = at(target, TOP);
    called.put("rcx", target);
    called.put("r11", 0x202L);
    called.put("eflags", 0x10202L);
    push(stack, SignalInfo.sent(0, 0, 0, 0), called);
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, TOP - 0x2000));

    assertThat(fault.registers().pc()).isEqualTo(target);
    assertThat(fault.signo()).isEqualTo(11);
    assertThat(fault.code()).hasValue(1);
  }

  @Test
  void anAbortThatAHandlerWithoutASiginfoSawIsAnAbort() throws IOException {
    Map<String, Long> calling = at(FAULT_PC, TOP);
    calling.put("rcx", FAULT_PC);
    calling.put("r11", 0x246L);
    calling.put("eflags", 0x246L);
    push(stack, SignalInfo.sent(0, 0, 0, 0), calling);
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, TOP - 0x2000));

    assertThat(fault.signo()).isEqualTo(6);
    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
  }

  @Test
  void aHandlerOnAnAlternateStackIsFoundFarFromTheFault() throws IOException {
    long frame = pushAlternate(NULL_READ, at(FAULT_PC, TOP));
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, frame - 0x1200));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.registers().sp()).isEqualTo(TOP);
    assertThat(fault.handlerFrames()).isEqualTo(1);
  }

  @Test
  void aHandlersOwnCrashIsNotTheFault() throws IOException {
    long first = push(stack, NULL_READ, at(FAULT_PC, TOP));
    SignalInfo own = SignalInfo.fault(11, 1, 0);
    FaultRegisters fault = fault(dead(own, HANDLER_PC, first - 0x300));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.address()).hasValue(8);
  }

  @Test
  void ofHandlersWithinHandlersTheOutermostFaultCounts() throws IOException {
    long first = push(stack, NULL_READ, at(FAULT_PC, TOP));
    long second = push(stack, SignalInfo.fault(7, 2, 0x5000), at(HANDLER_PC + 4, first - 0x100));
    long third = push(stack, ABORTED, at(HANDLER_PC + 8, second - 0x100));
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, third - 0x100));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.signo()).isEqualTo(11);
    assertThat(fault.handlerFrames()).isEqualTo(3);
  }

  @Test
  void aChainLeadsFromTheAlternateStackThroughTheThreadsOwn() throws IOException {
    long alarm = push(stack, ALARM, at(0x40_1000, TOP));
    Map<String, Long> broken = at(FAULT_PC, alarm - 0x80);
    long frame = pushAlternate(NULL_READ, broken);
    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, frame - 0x200));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.handlerFrames()).isEqualTo(1);
  }

  @Test
  void aFaultWithinAHandlerOfAHarmlessSignalIsTheFault() throws IOException {
    long alarm = push(stack, ALARM, at(0x40_1000, TOP));
    FaultRegisters fault = fault(dead(NULL_READ, FAULT_PC, alarm - 0x80));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
    assertThat(fault.handlerFrames()).isZero();
  }

  @Test
  void aHandlerThatASystemCallLedToWasCalledForNoFaultWhateverTheStackHeld() throws IOException {
    Map<String, Long> raising = at(0x40_1000, TOP);
    raising.put("rcx", 0x40_1000L);
    raising.put("r11", 0x246L);
    raising.put("eflags", 0x246L);
    // The trap number of no fault at all is that of a division.
    long sent =
        dev.pumphandle.lab.forge.SignalFrame.onSameStack(
                SignalInfo.fault(8, 1, 0), raising, 0, 0, 0, RESTORER)
            .push(stack, "", machine, XSTATE);
    FaultRegisters fault = fault(dead(NULL_READ, FAULT_PC, sent - 0x80));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.signo()).isEqualTo(11);
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
  }

  @Test
  void aFrameWhoseHandlerHasReturnedIsNotTakenForALiveOne() throws IOException {
    push(stack, NULL_READ, at(0x40_1000, TOP)); // a fault that its handler had mended
    SignalInfo later = SignalInfo.fault(8, 1, FAULT_PC);
    FaultRegisters fault = fault(dead(later, FAULT_PC, TOP + 0x40));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.signo()).isEqualTo(8);
    assertThat(fault.handlerFrames()).isZero();
    assertThat(fault.residues())
        .singleElement()
        .satisfies(residue -> assertThat(residue.registers().pc()).isEqualTo(0x40_1000));
  }

  @Test
  void anAbortLongAfterAMendedFaultIsAnAbort() throws IOException {
    push(stack, NULL_READ, at(0x40_1000, TOP - 0x2000));
    FaultRegisters fault = fault(dead(ABORTED, FAULT_PC, TOP));

    assertThat(fault.signo()).isEqualTo(6);
    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
  }

  @Test
  void aSignalRaisedWhileBlockedStrikesAgainAtTheFaultAndTheDeadFrameTellsWhy() throws IOException {
    pushAlternate(NULL_READ, at(FAULT_PC, TOP));
    FaultRegisters fault = fault(dead(SignalInfo.sent(11, -6, PID, 1000), FAULT_PC, TOP));

    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
    assertThat(fault.code()).hasValue(1);
    assertThat(fault.address()).hasValue(8);
    assertThat(fault.trap()).hasValue(14);
    assertThat(fault.senderPid()).isEmpty();
    assertThat(fault.handlerFrames()).isZero();
  }

  @Test
  void killFromAHandlerMayStrikeAnyThreadAndTheFaultIsOnTheSenders() throws IOException {
    long frame = push(stack, NULL_READ, at(FAULT_PC, TOP));
    FaultRegisters fault =
        fault(crowd(1).thread(sender(frame - 0x100)).sigInfo(SignalInfo.sent(11, 0, PID, 1000)));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.thread().tid()).isEqualTo(PID);
    assertThat(fault.code()).hasValue(1);
  }

  @Test
  void killFromAHandlerThatHasReturnedIsFoundOnTheSendersStack() throws IOException {
    push(stack, NULL_READ, at(FAULT_PC, TOP));
    FaultRegisters fault =
        fault(
            crowd(1)
                .thread(new ForgedThread(machine, PID).with(at(FAULT_PC, TOP)))
                .sigInfo(SignalInfo.sent(11, 0, PID, 1000)));

    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.thread().tid()).isEqualTo(PID);
    assertThat(fault.code()).hasValue(1);
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
  }

  @Test
  void theLastOfAThousandThreadsIsFoundAndTheRestOfTheCoreIsLeftAlone() throws IOException {
    long frame = push(stack, NULL_READ, at(FAULT_PC, TOP));
    MeteredSource metered =
        new MeteredSource(
            new ForgedSource(
                crowd(999)
                    .thread(sender(frame - 0x100))
                    .sigInfo(SignalInfo.sent(11, 0, PID, 1000))
                    .region(Region.at(0x10_0000_0000L, 16L << 30))
                    .forge()));
    CoreFile core = CoreFile.open(metered);
    int opening = metered.requests();
    long openingBytes = metered.bytesRead();

    FaultRegisters fault = FaultRegisters.of(core, core.memory());

    assertThat(core.threads()).hasSize(1000);
    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.thread().tid()).isEqualTo(PID);
    assertThat(metered.requests() - opening).isLessThanOrEqualTo(16);
    assertThat(metered.bytesRead() - openingBytes).isLessThan(512 << 10);
  }

  @Test
  void whereNothingIsToBeFoundTheSearchEndsWithinItsBounds() throws IOException {
    MeteredSource metered =
        new MeteredSource(
            new ForgedSource(
                crowd(1000)
                    .sigInfo(SignalInfo.sent(11, 0, PID + 1, 1000))
                    .region(Region.at(0x10_0000_0000L, 16L << 30))
                    .forge()));
    CoreFile core = CoreFile.open(metered);
    long openingBytes = metered.bytesRead();
    int opening = metered.requests();

    FaultRegisters fault = FaultRegisters.of(core, core.memory());

    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
    assertThat(fault.code()).hasValue(0);
    assertThat(metered.bytesRead() - openingBytes).isLessThan(40L << 20);
    assertThat(metered.requests() - opening).isLessThan(1000);
  }

  @ParameterizedTest
  @EnumSource(ForgedMachine.class)
  void framesAreFoundInAnyStretchOfMemoryAtTheirAddresses(ForgedMachine which) throws IOException {
    long high = pushOn(which, TOP);
    long low = pushOn(which, TOP - 0x8000);
    CoreForge forge = CoreForge.of(which).thread(new ForgedThread(which, PID)).region(stack);

    CoreFile core = CoreFile.open(new ForgedSource(forge.forge()));
    assertThat(SignalFrames.around(core.machine(), core.memory(), TOP, STACK, STACK + STACK_BYTES))
        .extracting(SignalFrame::at)
        .containsExactly(low, high);
  }

  private long pushOn(ForgedMachine which, long sp) {
    return dev.pumphandle.lab.forge.SignalFrame.onSameStack(
            NULL_READ, at(which, FAULT_PC, sp), 14, 4, 8, RESTORER)
        .push(stack, "", which, XSTATE);
  }

  /// A process whose first threads wait in poll(), the first of them killed.
  private CoreForge crowd(int threads) {
    CoreForge forge =
        CoreForge.of(machine)
            .process(ForgedProcess.of(PID, "patient"))
            .region(stack)
            .region(
                Region.at(0x40_0000, 0x4000).permissions("r-x").file("/opt/patient", 0).dumped(0));
    for (int i = 1; i <= threads; i++) {
      long own = 0x7f20_0000_0000L + i * 0x80_1000L;
      forge
          .region(Region.at(own, 0x80_0000))
          .thread(
              new ForgedThread(machine, PID + i)
                  .at(0x40_0800, own + 0x7f_0000, 0)
                  .with("orig_rax", 7)
                  .cursig(i == 1 ? 11 : 0));
    }
    return forge;
  }

  private ForgedThread sender(long sp) {
    return new ForgedThread(machine, PID).with(at(HANDLER_PC, sp)).with("orig_rax", KILL);
  }

  private static Map<String, Long> without(Map<String, Long> registers) {
    Map<String, Long> saved = new LinkedHashMap<>(registers);
    saved.remove("orig_rax");
    return saved;
  }
}
