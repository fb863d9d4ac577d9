package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import org.junit.jupiter.api.Test;

/// Rust, and the sanitizers of LLVM.
class RuntimesTest {

  @Test
  void aRustPanicIsNoDeathButAStackThatRanOutIs() {
    assertThat(Excerpt.rows("thread 'main' panicked at src/main.rs:2:5:\nindex out of bounds\n"))
        .isEmpty();
    CaseRow row =
        Excerpt.row(
            "thread 'worker' (4298) has overflowed its stack\nfatal runtime error: stack overflow\n");
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGABRT");
    assertThat(row.get(ProcessColumns.THREAD_NAME)).contains("worker");
    assertThat(row.get(ProcessColumns.CRASH_TID)).contains(4298L);
    assertThat(row.get(EvidenceColumns.ABORT_MESSAGE)).contains("has overflowed its stack");
  }

  @Test
  void aDeadlySignalUnderASanitizerHasThreeRegisters() {
    CaseRow row =
        Excerpt.row(
            """
            AddressSanitizer:DEADLYSIGNAL
            ==12345==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000008 (pc 0x55a1b2c3d4e5 bp 0x7ffc12345678 sp 0x7ffc12345600 T0)
            ==12345==The signal is caused by a WRITE memory access.
                #0 0x55a1b2c3d4e5 in main /src/x.c:5:3
            ==12345==ABORTING
            """);
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(12345L);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(8L);
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0x55a1b2c3d4e5L);
    assertThat(row.get(FaultColumns.FAULT_SP)).contains(0x7ffc12345600L);
    assertThat(row.get(FaultColumns.FAULT_REGISTERS_FROM)).contains("log");
  }

  @Test
  void aSanitizersOwnErrorHasNoSignal() {
    CaseRow row =
        Excerpt.row(
            "==31==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x0000004008f1 bp 0x7ffe5f3c1d10 sp 0x7ffe5f3c1d08");
    assertThat(row.get(SignalColumns.SIGNAL_NUMBER)).isEmpty();
    assertThat(row.get(LogColumns.TERMINATION_REASON)).contains("heap-use-after-free");
  }

  @Test
  void otherSanitizersSpeakAlike() {
    for (String name : new String[] {"UndefinedBehavior", "Thread", "Memory"}) {
      assertThat(
              Excerpt.row(
                      "==7==ERROR: "
                          + name
                          + "Sanitizer: SEGV on unknown address 0x000000000000 (pc 0x4a bp 0x7f sp 0x7f00 T7)")
                  .get(SignalColumns.SIGNAL_NAME))
          .contains("SIGSEGV");
    }
    assertThat(
            Excerpt.rows(
                "==1==WARNING: ThreadSanitizer: data race (pid=1)\n==1==ERROR: LeakSanitizer: detected memory leaks\n"))
        .isEmpty();
  }
}
