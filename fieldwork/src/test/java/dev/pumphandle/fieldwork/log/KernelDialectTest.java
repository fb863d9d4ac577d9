package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Lines in the form of Linux's show_signal_msg() and show_signal(), of several ages.
class KernelDialectTest {

  @Test
  void aPageFaultOfTodayHasItsRegistersItsCpuAndItsInstruction() {
    CaseRow row =
        Excerpt.row(
            """
            [ 1234.567890] crasher[4200]: segfault at 8 ip 000055d7e64f917f sp 00007ffd9fd1b8d0 error 6 in crasher[117f,55d7e64f9000+1000] likely on CPU 3 (core 1, socket 0)
            [ 1234.567900] Code: 00 be 00 00 ff e0 <c7> 04 25 08 00 00 00 00 00 00 00 90 5d c3
            """);
    assertThat(row.get(LogColumns.EVIDENCE)).contains("kernel");
    assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_NAME)).contains("crasher");
    assertThat(row.get(ProcessColumns.CRASH_TID)).contains(4200L);
    assertThat(row.get(ProcessColumns.CPU_NUMBER)).contains(3);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(8L);
    assertThat(row.get(SignalColumns.PAGE_FAULT_ERROR)).contains(6);
    assertThat(row.get(FaultColumns.FAULT_REGISTERS_FROM)).contains("log");
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0x55d7e64f917fL);
    assertThat(row.get(FaultColumns.FAULT_SP)).contains(0x7ffd9fd1b8d0L);
    assertThat(row.get(FaultColumns.PC_IN)).contains("code");
    assertThat(row.get(FaultColumns.INSTRUCTION_KIND)).contains("store");
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).contains("ran");
    assertThat(row.get(StackColumns.FRAMES).orElseThrow().getFirst().offset())
        .isEqualTo(OptionalLong.of(0x117f));
  }

  @Test
  void aFetchFromNowhereSaysWhereButNotWhoSentItThere() {
    CaseRow row =
        Excerpt.row(
            "leaf[4202]: segfault at 0 ip           (null) sp 00007fff85868180 error 14 in leaf[400000+12000]");
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0L);
    assertThat(row.get(FaultColumns.PC_IN)).as("not in the file it names").contains("null-page");
    assertThat(row.get(StackColumns.FRAMES)).isEmpty();
    assertThat(row.get(ControlColumns.TARGET)).contains(0L);
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).contains("unknown");
  }

  @Test
  void linesOfOlderKernelsAndOtherLoggersAreReadToo() {
    assertThat(
            Excerpt.row(
                    "Oct  3 12:00:00 web1 kernel: myapp[1234]: segfault at 00000000deadbeef rip 0000000000400544 rsp 00007fff5fbff8a0 error 6")
                .get(SignalColumns.FAULT_ADDRESS))
        .contains(0xdeadbeefL);
    CaseRow openwrt =
        Excerpt.row(
            "Thu Aug 11 22:52:54 2022 kern.info kernel: [   37.498052] traps: check[3654] general protection fault ip:8049007 sp:ffd563a0 error:402 in check[8049000+1000]");
    assertThat(openwrt.get(ProcessColumns.PROCESS_EXECUTABLE_NAME)).contains("check");
    assertThat(openwrt.get(FaultColumns.FAULT_PC)).contains(0x8049007L);
    assertThat(
            Excerpt.row(
                    "<6>[461436.096196] node[39633] general protection ip:7f1ebe353532 sp:7ffede773c60 error:0 in libc-2.19.so[7f1ebe31d000+1a1000]")
                .get(SignalColumns.TRAP_NUMBER))
        .contains(13);
  }

  @Test
  void theNameOfAThreadMayHoldSpacesAndColons() {
    CaseRow row =
        Excerpt.row(
            "Oct  3 12:00:00 web1 kernel: [12345.600000] php-fpm: pool w[777]: segfault at 7ffc8 ip 00005571c0de1234 sp 00007ffe00000000 error 4");
    assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_NAME)).contains("php-fpm: pool w");
    assertThat(row.get(PlaceColumns.HOST_NAME)).contains("web1");
    assertThat(row.get(IdentityColumns.OBSERVED_AT))
        .contains(Instant.parse("2026-10-03T12:00:00Z"));
  }

  @Test
  void trapsNameTheirSignal() {
    List<CaseRow> rows =
        Excerpt.rows(
            """
            [Tue Nov 24 00:19:35 2026] traps: Web Content[2213] trap invalid opcode ip:7f9c61caa967 sp:7ffcb3bcb0 error:0 in libxul.so[7f9c61caa000+14f000]
            [Tue Nov 24 00:19:36 2026] traps: a.out[2214] trap divide error ip:40052a sp:7ffcb3bcb0 error:0 in a.out[400000+1000]
            [Tue Nov 24 00:19:37 2026] traps: a.out[2215] trap int3 ip:40052a sp:7ffcb3bcb0 error:0
            [Tue Nov 24 00:19:38 2026] traps: a.out[2216] trap stack segment ip:40052a sp:8000000000000000 error:0
            [Tue Nov 24 00:19:39 2026] traps: a.out[2217] general protection fault ip:40052a sp:7ffcb3bcb0 error:0
            """);
    assertThat(rows)
        .extracting(row -> row.get(SignalColumns.SIGNAL_NAME).orElse(""))
        .containsExactlyInAnyOrder("SIGILL", "SIGFPE", "SIGTRAP", "SIGBUS", "SIGSEGV");
  }

  @Test
  void aGeneralProtectionFaultOfARetIsAReturnToWhatIsNoAddress() {
    CaseRow row =
        Excerpt.row(
            """
            traps: leaf[4212] general protection fault ip:55c5e9dc91ee sp:7ffe709bf408 error:0 in leaf[11ee,55c5e9dc9000+1000]
            Code: 48 89 e5 5d <c3> 0f 1f 40 00
            """);
    assertThat(row.get(SignalColumns.SIGNAL_CODE)).contains(128);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).as("there is none").isEmpty();
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).contains("returned");
    assertThat(
            Excerpt.row(
                    "traps: leaf[4212] general protection fault ip:55c5e9dc91ee sp:7ffe709bf408 error:0")
                .get(ControlColumns.CONTROL_ARRIVED))
        .contains("unknown");
  }

  @Test
  void everyRegisterIsReadWhereTheKernelPrintsFatalSignals() {
    CaseRow row =
        Excerpt.row(
            """
            [  100.000001] leaf: potentially unexpected fatal signal 11.
            [  100.000002] CPU: 1 PID: 36075 Comm: leaf Not tainted 5.15.0-1064-azure #73
            [  100.000004] RIP: 0033:0x561bc8d8f12e
            [  100.000006] RSP: 002b:00007ffd5833d0c0 EFLAGS: 00010246
            [  100.000007] RAX: 0000000000000000 RBX: 0000000000000001 RCX: 00007f0000000002
            [  100.000009] RBP: 00007ffd5833d0d0 R08: 0000000000000005 R09: 00007f0000000002
            """);
    assertThat(Excerpt.registers(row))
        .containsEntry("rip", 0x561bc8d8f12eL)
        .containsEntry("rsp", 0x7ffd5833d0c0L)
        .containsEntry("rbx", 1L)
        .containsEntry("r8", 5L)
        .containsEntry("eflags", 0x10246L);
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(36075L);
    assertThat(Excerpt.rows("leaf: potentially unexpected fatal signal 15.")).isEmpty();
  }

  @Test
  void anOopsOfTheKernelIsNobodysDeath() {
    assertThat(
            Excerpt.rows(
                """
                general protection fault: 0000 [#1] SMP
                RIP: 0010:[<ffffffff810a61d0>]  [<ffffffff810a61d0>] __rwsem_do_wake+0x80/0x160
                BUG: unable to handle kernel NULL pointer dereference at 0000000000000008
                """))
        .isEmpty();
  }
}
