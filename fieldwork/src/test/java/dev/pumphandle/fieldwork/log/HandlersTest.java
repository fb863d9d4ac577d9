package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Pages of handlers that many programs share. Forms: backward-cpp, Boost.Stacktrace, Breakpad,
/// Chromium, LLVM, MySQL, Ceph, Open MPI, Android, Redis, CPython.
class HandlersTest {

  @Test
  void chromiumPrintsEveryRegister() {
    CaseRow row =
        Excerpt.row(
            """
            Received signal 11 SEGV_MAPERR 000000000010
            #0 0x55d7e64f917f base::debug::CollectStackTrace()
              r8: 0000000000000008  r9: 00007f0000000001 r10: 0000000000000002 r11: 0000000000000246
             r12: 0000000000000000 r13: 00007ffd00000000 r14: 0000000000000000 r15: 000000000000000f
              di: 0000000000000010  si: 0000000000000000  bp: 00007ffd9fd1b8d0  bx: 0000000000000000
              dx: 0000000000000000  ax: 000000000000000a  cx: 0000000000000000  sp: 00007ffd9fd1b8c0
              ip: 000055d7e64f9190 efl: 0000000000010246 cgf: 002b000000000033 erf: 0000000000000004
             trp: 000000000000000e msk: 0000000000000000 cr2: 0000000000000010
            [end of stack trace]
            """);
    assertThat(row.get(SignalColumns.SIGNAL_CODE)).contains(1);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0x10L);
    assertThat(row.get(SignalColumns.TRAP_NUMBER)).contains(14);
    assertThat(row.get(SignalColumns.PAGE_FAULT_ERROR)).contains(4);
    assertThat(Excerpt.registers(row))
        .hasSize(18)
        .containsEntry("rip", 0x55d7e64f9190L)
        .containsEntry("rsp", 0x7ffd9fd1b8c0L)
        .containsEntry("rax", 10L)
        .containsEntry("r15", 15L);
  }

  @Test
  void trapAndErrorOfAnAbortAreStale() {
    CaseRow row =
        Excerpt.row(
            """
            Received signal 6
            #0 0x55d7e64f917f base::debug::StackTrace::StackTrace()
              ip: 00007f8c14e5c18b efl: 0000000000000246 cgf: 002b000000000033 erf: 0000000000000004
             trp: 000000000000000e msk: 0000000000000000 cr2: 0000000000000000
            [end of stack trace]
            """);
    assertThat(row.get(SignalColumns.TRAP_NUMBER)).isEmpty();
    assertThat(row.get(SignalColumns.PAGE_FAULT_ERROR)).isEmpty();
    assertThat(Excerpt.registers(row)).containsEntry("rip", 0x7f8c14e5c18bL);
  }

  @Test
  void aMicrodumpHoldsTheProcessorsContext() {
    StringBuilder context = new StringBuilder("00".repeat(1232));
    put(context, 120, 0x1111); // rax
    put(context, 152, 0x7ffd_0000_0100L); // rsp
    put(context, 248, 0x55d7_e64f_9190L); // rip
    CaseRow row =
        Excerpt.row(
            """
            W google-breakpad: -----BEGIN BREAKPAD MICRODUMP-----
            W google-breakpad: V leaf:2025.23
            W google-breakpad: O L x86_64 04 x86_64 5.15.0 #1
            W google-breakpad: R 0000000B SIGSEGV 0000000000000010
            W google-breakpad: S 0 00007FFD00000100 00007FFD00000000 00000200
            W google-breakpad: S 00007FFD00000000 %s
            W google-breakpad: C %s
            W google-breakpad: M 000055D7E64F0000 0000000000000000 0000000000009000 6F2E1A3C4D5B7F8091A2B3C4D5E6F7080 leaf
            W google-breakpad: -----END BREAKPAD MICRODUMP-----
            """
                .formatted("00".repeat(256) + "7856341200000000" + "00".repeat(120), context));
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0x10L);
    assertThat(row.get(PlaceColumns.SERVICE_VERSION)).contains("leaf:2025.23");
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0x55d7e64f9190L);
    assertThat(Excerpt.registers(row)).containsEntry("rax", 0x1111L);
    assertThat(row.get(dev.pumphandle.linelist.ControlColumns.TOP_WORD)).contains(0x12345678L);
    assertThat(row.get(StackColumns.MODULES).orElseThrow().getFirst().buildId())
        .contains("3c1a2e6f5b4d807f91a2b3c4d5e6f708");
  }

  private static void put(StringBuilder hex, int at, long value) {
    for (int i = 0; i < 8; i++) {
      String two = "%02X".formatted((value >> (8 * i)) & 0xff);
      hex.replace((at + i) * 2, (at + i) * 2 + 2, two);
    }
  }

  @Test
  void backwardsTraceCountsOnlyWithItsSignal() {
    String trace =
        """
        Stack trace (most recent call last):
        #1    Source "/src/main.cpp", line 10, in main
        #0    Object "/usr/bin/leaf", at 0x55d7e64f917f, in crash()
        """;
    assertThat(Excerpt.rows(trace)).isEmpty();
    CaseRow row = Excerpt.row(trace + "Segmentation fault (Address not mapped to object [0x8])\n");
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(8L);
    assertThat(row.get(SignalColumns.SIGNAL_CODE)).contains(1);
    assertThat(row.get(StackColumns.SIGNATURE)).contains("crash() < main");
  }

  @Test
  void boostsTraceCountsOnlyWhereAHandlerPrintedIt() {
    assertThat(Excerpt.rows(" 0# trace() in ./leaf\n 1# main at /src/leaf.cpp:20\n")).isEmpty();
    CaseRow row =
        Excerpt.row(
            """
             0# my_signal_handler(int) in ./leaf
             1# 0x00007F1234567890 in /lib/libc.so.6
             2# crash() at /src/leaf.cpp:12
            """);
    assertThat(row.get(LogColumns.EVIDENCE)).contains("boost");
    assertThat(row.get(SignalColumns.SIGNAL_NUMBER)).isEmpty();
    assertThat(
            Excerpt.row(
                    " 0# handle_it(int) in ./leaf\n 1# raise in /lib/libc.so.6\n 2# abort in x\n")
                .get(SignalColumns.SIGNAL_NAME))
        .contains("SIGABRT");
  }

  @Test
  void llvmsSignalIsToldByItsDriver() {
    CaseRow row =
        Excerpt.row(
            """
            PLEASE submit a bug report to https://bugs.llvm.org/ and include the crash backtrace.
            Stack dump:
            0.\tProgram arguments: /usr/bin/clang -cc1 -triple x86_64
             #0 0x00007f1234567890 llvm::sys::PrintStackTrace(llvm::raw_ostream&) (/lib/libLLVM-14.so.1+0xe3f4a1)
            clang: error: unable to execute command: Segmentation fault (core dumped)
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_NAME)).contains("clang");
  }

  @Test
  void programsWithWordsOfTheirOwnAreUnderstood() {
    assertThat(Excerpt.row("03:51:49 UTC - mysqld got signal 11 ;").get(SignalColumns.SIGNAL_NAME))
        .contains("SIGSEGV");
    CaseRow ceph =
        Excerpt.row("*** Caught signal (Aborted) **\n in thread 7f12 thread_name:tp_osd_tp\n");
    assertThat(ceph.get(SignalColumns.SIGNAL_NAME)).contains("SIGABRT");
    assertThat(ceph.get(ProcessColumns.THREAD_NAME)).contains("tp_osd_tp");
    CaseRow mpi =
        Excerpt.row(
            """
            [node01:12345] *** Process received signal ***
            [node01:12345] Signal: Segmentation fault (11)
            [node01:12345] Signal code: Address not mapped (1)
            [node01:12345] Failing at address: 0x10
            """);
    assertThat(mpi.get(ProcessColumns.PROCESS_PID)).contains(12345L);
    assertThat(mpi.get(SignalColumns.SIGNAL_CODE)).contains(1);
    assertThat(mpi.get(SignalColumns.FAULT_ADDRESS)).contains(0x10L);
    CaseRow android =
        Excerpt.row(
            "08-26 15:04:04.227  9138  9140 F libc    : Fatal signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x10 in tid 9140 (worker), pid 9138 (leaf)");
    assertThat(android.get(ProcessColumns.PROCESS_PID)).contains(9138L);
    assertThat(android.get(ProcessColumns.CRASH_TID)).contains(9140L);
    CaseRow tombstone =
        Excerpt.row(
            """
            signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x10
                x0  0000000000000010  x1  0000000000000001  x2  0000000000000000
                sp  0000007ffcd13f50  lr  0000007f8c14e5c1  pc  0000007f8c14e5c2
            """);
    assertThat(Excerpt.registers(tombstone))
        .containsEntry("x0", 0x10L)
        .containsEntry("sp", 0x7ffcd13f50L)
        .containsEntry("pc", 0x7f8c14e5c2L);
    assertThat(Excerpt.row("Fatal Python error: Segmentation fault").get(SignalColumns.SIGNAL_NAME))
        .contains("SIGSEGV");
  }

  @Test
  void redisRegistersAreRead() {
    CaseRow row =
        Excerpt.row(
            """
            12345:M 01 Jan 2020 10:00:00.000 # Redis 6.0.1 crashed by signal: 11, si_code: 1
            12345:M 01 Jan 2020 10:00:00.000 # Accessing address: 0x10
            RAX:0000000000000007 RBX:00007f1234567890
            RIP:000055d7e64f917f EFL:0000000000010246
            """);
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(12345L);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0x10L);
    assertThat(Excerpt.registers(row))
        .containsEntry("rax", 7L)
        .containsEntry("rip", 0x55d7e64f917fL);
  }

  @Test
  void theMessageBeforeTheAbortAndTheShellsLastWordAreOfTheSameDeath() {
    CaseRow row =
        Excerpt.row(
            """
            F0101 12:00:00.123456  4242 server.cc:99] Check failed: x == y (1 vs. 2)
            *** Check failure stack trace: ***
                @     0x7f7c03abd390  google::LogMessage::Fail()
            *** Aborted at 1525523656 (unix time) try "date -d @1525523656" if you are using GNU date ***
            PC: @     0x7f7c0376048a gsignal
            *** SIGABRT (@0x1092) received by PID 4242 (TID 0x7f79559fb700) from PID 4242; stack trace: ***
                @     0x7f7c0376048a gsignal
            Aborted (core dumped)
            """);
    assertThat(row.get(LogColumns.EVIDENCE)).contains("glog");
    assertThat(row.get(EvidenceColumns.ABORT_MESSAGE)).contains("Check failed: x == y (1 vs. 2)");
    assertThat(row.get(LogColumns.TERMINATION_REASON)).contains("core-dump");
    assertThat(row.get(IdentityColumns.OBSERVED_AT)).contains(Instant.ofEpochSecond(1525523656));
  }

  @Test
  void glibcsWordsAreTheAbortMessage() {
    assertThat(
            Excerpt.row("free(): double free detected in tcache 2")
                .get(EvidenceColumns.ABORT_MESSAGE))
        .contains("free(): double free detected in tcache 2");
    assertThat(
            Excerpt.row(
                    "*** Error in `/usr/bin/leaf': double free or corruption (fasttop): 0x0000000001a2b010 ***")
                .get(EvidenceColumns.ABORT_MESSAGE))
        .contains("double free or corruption (fasttop)");
    assertThat(
            Excerpt.row("leaf: ./src/leaf.c:42: main: Assertion `x != NULL' failed.")
                .get(ProcessColumns.PROCESS_EXECUTABLE_NAME))
        .contains("leaf");
    assertThat(
            Excerpt.row(
                    "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n")
                .get(EvidenceColumns.ABORT_MESSAGE)
                .orElse(""))
        .contains("what():");
  }
}
