package dev.pumphandle.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedProcess;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Region;
import dev.pumphandle.lab.forge.SignalFrame;
import dev.pumphandle.lab.forge.SignalInfo;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What the instruction that died has touched, what it has not, and who sent control to none.
class FaultingInstructionTest {

  private static final int PID = 4711;
  private static final long TEXT = 0x40_0000L;
  private static final long STACK = 0x7ffd_0000_0000L;
  private static final long WILD = 0x1234_5678_9000L;

  private final Region stack = Region.at(STACK, 0x1_0000);

  private CaseRow died(String code, SignalInfo info, ForgedThread thread) {
    return died(ForgedMachine.X86_64, code, info, thread);
  }

  private CaseRow died(ForgedMachine machine, String code, SignalInfo info, ForgedThread thread) {
    byte[] core =
        CoreForge.of(machine)
            .process(ForgedProcess.of(PID, "patient"))
            .thread(thread.cursig(info.signo()))
            .sigInfo(info)
            .region(
                Region.at(TEXT, 0x1000)
                    .permissions("r-x")
                    .file("/opt/patient", 0)
                    .bytes(TEXT, HexFormat.of().parseHex(code)))
            .region(stack)
            .forge()
            .bytes();
    return new Examination(Executables.NONE, ObjectName.usual(), true, "test")
        .of(Specimens.of("core", core));
  }

  private static ForgedThread at(long sp) {
    return new ForgedThread(ForgedMachine.X86_64, PID).at(TEXT, sp, 0);
  }

  @Test
  void aReturnOverAStackPointerThatIsNoAddressHasReadNoWord() {
    long sp = 0x4141_4141_4141_4140L;
    CaseRow row = died("c3", SignalInfo.fault(7, 128, 0), at(sp));

    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).hasValue("ran");
    assertThat(row.get(ControlColumns.STACK_ALIGNMENT_EVIDENCE)).isEmpty();
    assertThat(row.get(FaultColumns.OPERAND_ADDRESS)).hasValue(sp);
  }

  @Test
  void aCallThroughATableFailsWhereItPushesItsReturnAddress() {
    CaseRow row =
        died("ff10", SignalInfo.fault(11, 1, STACK - 8), at(STACK).with("rax", STACK + 0x100));

    assertThat(row.get(FaultColumns.OPERAND_ADDRESS)).hasValue(STACK - 8);
    assertThat(row.get(FaultColumns.OPERAND_AGREES)).hasValue(true);
  }

  @Test
  void aBitFarFromItsStringIsNoSignOfABrokenProcessor() {
    CaseRow row =
        died("480fa310", SignalInfo.fault(11, 1, WILD), at(STACK + 0x800).with("rax", STACK));

    assertThat(row.get(FaultColumns.INSTRUCTION_KIND)).hasValue("load");
    assertThat(row.get(FaultColumns.OPERAND_AGREES)).isEmpty();
  }

  @Test
  void anAddressThatTheInstructionCannotHaveMadeIsSuchASign() {
    CaseRow row =
        died("488b10", SignalInfo.fault(11, 1, WILD), at(STACK + 0x800).with("rax", STACK));

    assertThat(row.get(FaultColumns.OPERAND_AGREES)).hasValue(false);
  }

  @Test
  void whereAHandlerHasSentControlAsItReturnedNobodyJumped() {
    long sp = STACK + 0x8000;
    ForgedThread sent = at(sp).at(0, sp, 0);
    SignalFrame.onSameStack(SignalInfo.sent(10, -6, PID, 0), sent.registers(), 0, 0, 0, TEXT)
        .push(stack, "", ForgedMachine.X86_64, 2432);

    CaseRow row = died("90", SignalInfo.fault(11, 1, 0), sent);

    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).hasValue("unknown");
  }

  @Test
  void aReturnOnAnArmProcessorLeavesTheTopByteOut() {
    long text = 0x4141_4141_4141_4141L;
    long pc = 0x0041_4141_4141_4141L;
    ForgedMachine arm = ForgedMachine.AARCH64;
    ForgedThread thread = new ForgedThread(arm, PID).at(pc, STACK + 0x800, 0).with("x30", text);

    CaseRow row = died(arm, "c0035fd6", SignalInfo.fault(11, 1, pc), thread);

    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).hasValue("returned");
  }
}
