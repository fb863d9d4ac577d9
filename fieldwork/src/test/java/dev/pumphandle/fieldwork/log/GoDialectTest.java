package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import org.junit.jupiter.api.Test;

/// Pages in the form of Go's runtime, signal_unix.go and panic.go.
class GoDialectTest {

  @Test
  void aSignalOutsideGoHasEveryRegister() {
    CaseRow row =
        Excerpt.row(
            """
            SIGSEGV: segmentation violation
            PC=0x7f64fe436ead m=0 sigcode=1 addr=0x28
            signal arrived during cgo execution

            goroutine 1 [syscall, locked to thread]:
            runtime.cgocall(0x401480, 0xc00015bdf0)
            \t/usr/local/go/src/runtime/cgocall.go:157 +0x4b fp=0xc00015bdc8 sp=0xc00015bd90 pc=0x5825cb

            rax    0x1
            rsp    0x7ffd00000000
            r8     0x8
            rip    0x7f64fe436ead
            rflags 0x10246
            cs     0x33
            """);
    assertThat(row.get(SignalColumns.SIGNAL_CODE)).contains(1);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0x28L);
    assertThat(Excerpt.registers(row))
        .containsEntry("rax", 1L)
        .containsEntry("r8", 8L)
        .containsEntry("rip", 0x7f64fe436eadL)
        .containsEntry("eflags", 0x10246L)
        .doesNotContainKey("cs");
    assertThat(row.get(FaultColumns.FAULT_SP)).contains(0x7ffd00000000L);
  }

  @Test
  void registersOfAArch64AreNamedAsInACore() {
    CaseRow row =
        Excerpt.row(
            """
            SIGBUS: bus error
            PC=0x45d6c0 m=0 sigcode=2 addr=0x1000

            goroutine 1 [running]:
            r0      0x1
            r29     0x1d
            lr      0x45d6c4
            sp      0x4000048d80
            pc      0x45d6c0
            fault   0x1000
            """);
    assertThat(Excerpt.registers(row))
        .containsEntry("x0", 1L)
        .containsEntry("x29", 0x1dL)
        .containsEntry("x30", 0x45d6c4L)
        .containsEntry("sp", 0x4000048d80L);
  }

  @Test
  void aPanicForASignalThatNobodyRecoveredIsADeathWithCodeTwo() {
    CaseRow row =
        Excerpt.row(
            """
            panic: runtime error: invalid memory address or nil pointer dereference
            [signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x48a1b2]

            goroutine 17 [running]:
            main.(*Server).Handle(0x0, {0xc000012345, 0x5})
            \t/src/server.go:42 +0x1b
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0x18L);
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0x48a1b2L);
    assertThat(row.get(LogColumns.EXIT_CODE)).contains(2);
    assertThat(row.get(StackColumns.SIGNATURE)).contains("main.(*Server).Handle");
  }

  @Test
  void aFatalErrorNeedsNoSignal() {
    CaseRow row =
        Excerpt.row("fatal error: concurrent map writes\n\ngoroutine 5 [running]:\nmain.f()\n");
    assertThat(row.get(SignalColumns.SIGNAL_NUMBER)).isEmpty();
    assertThat(row.get(EvidenceColumns.ABORT_MESSAGE))
        .contains("fatal error: concurrent map writes");
  }

  @Test
  void anUnexpectedFaultAddressIsOneDeath() {
    CaseRow row =
        Excerpt.row(
            """
            unexpected fault address 0x7f0000001000
            fatal error: fault
            [signal SIGBUS: bus error code=0x2 addr=0x7f0000001000 pc=0x45d6c1]

            goroutine 1 [running]:
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGBUS");
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0x7f0000001000L);
  }

  @Test
  void aCodeBelowZeroIsPrintedWithoutItsSign() {
    assertThat(
            Excerpt.row(
                    "SIGABRT: abort\nPC=0x7f1 m=0 sigcode=18446744073709551610\n\ngoroutine 0 [idle]:\n")
                .get(SignalColumns.SIGNAL_CODE))
        .contains(-6);
  }

  @Test
  void aPanicThatWasRecoveredIsNone() {
    assertThat(
            Excerpt.rows(
                """
                http: panic serving 127.0.0.1:1234: runtime error: invalid memory address or nil pointer dereference
                goroutine 19 [running]:
                net/http.(*conn).serve.func1(0xc0000a0000)
                panic: boom

                goroutine 1 [running]:
                main.main()
                """))
        .isEmpty();
  }
}
