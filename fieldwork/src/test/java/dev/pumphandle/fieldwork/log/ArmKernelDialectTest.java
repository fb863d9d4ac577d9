package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import org.junit.jupiter.api.Test;

/// Lines in the form of Linux arch/arm64 arm64_show_signal() and, before 4.18, __do_user_fault().
class ArmKernelDialectTest {

  @Test
  void anOldFaultNamesSignalAndAddress() {
    CaseRow row =
        Excerpt.row(
            """
            [947166.937627] polipo[1657]: unhandled level 3 translation fault (11) at 0xffffcd912fe0, esr 0x92000047
            [947166.937639] pgd = ffff8000215ca000
            [947166.942090] CPU: 0 PID: 1657 Comm: polipo Tainted: P                4.9.23-std-1 #1
            [947166.942158] pc : [<0000aaaad8a9473c>] lr : [<0000aaaad8a95b90>] pstate: 80000000
            [947166.942159] sp : 0000ffffcd913020
            [947166.942162] x29: 0000ffffcd913021 x28: 0000aaaad8aa6474
            [947166.942166] x1 : 0000000000000007 x0 : 0000000000000001
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(SignalColumns.SIGNAL_CODE)).contains(1);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0xffffcd912fe0L);
    assertThat(row.get(ProcessColumns.MACHINE)).contains("aarch64");
    assertThat(row.get(ProcessColumns.CRASH_TID)).contains(1657L);
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0xaaaad8a9473cL);
    assertThat(Excerpt.registers(row))
        .containsEntry("x30", 0xaaaad8a95b90L)
        .containsEntry("sp", 0xffffcd913020L)
        .containsEntry("x29", 0xffffcd913021L)
        .containsEntry("x0", 1L)
        .containsEntry("pstate", 0x80000000L);
  }

  @Test
  void aNewFaultTellsTheSignalByItsSyndrome() {
    CaseRow row =
        Excerpt.row(
            """
            sigsegv[33]: unhandled exception: DABT (lower EL), ESR 0x92000046, level 2 translation fault in sigsegv[400000+71000]
            pc : 0000000000400544
            lr : 0000000000400570
            sp : 0000ffffcd913020
            x2 : 0000000000000000 x1 : 0000ffffcd913168 x0 : 0000000000000001
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0x400544L);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).as("is not printed").isEmpty();
  }

  @Test
  void aReturnToNullShowsInTheLinkRegister() {
    CaseRow row =
        Excerpt.row(
            """
            leaf[33]: unhandled exception: IABT (lower EL), ESR 0x82000004, level 0 translation fault
            pc : 0000000000000000
            lr : 0000000000000000
            sp : 0000ffffcd913020
            x1 : 0000ffffcd913168 x0 : 0000000000000001
            """);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0L);
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).contains("returned");
    assertThat(row.get(ControlColumns.TARGET)).contains(0L);
  }
}
