package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import org.junit.jupiter.api.Test;

/// Pages in the form of glog's signalhandler.cc.
class GlogDialectTest {

  @Test
  void thePageTellsSignalAddressProcessAndPlace() {
    CaseRow row =
        Excerpt.row(
            """
            *** Aborted at 1225095260 (unix time) try "date -d @1225095260" if you are using GNU date ***
            PC: @           0x412eb1 TestWaitingLogSink::send()
            *** SIGSEGV (@0x10) received by PID 17711 (TID 0x7f893090a6f0 LWP 17713) from PID 16; stack trace: ***
                @     0x7f892fb417d0 (unknown)
                @           0x412eb1 TestWaitingLogSink::send()
            """);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0x10L);
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(17711L);
    assertThat(row.get(ProcessColumns.CRASH_TID)).contains(17713L);
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0x412eb1L);
    assertThat(row.get(SignalColumns.SENDER_PID)).as("is the address again").isEmpty();
  }

  @Test
  void aSenderIsOneOnlyWhereTheSignalWasSent() {
    CaseRow row =
        Excerpt.row(
            "*** SIGTERM (@0x1) received by PID 100 (TID 0x7f1) from PID 1; stack trace: ***");
    assertThat(row.get(SignalColumns.SENDER_PID)).contains(1L);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).isEmpty();
  }

  @Test
  void aPageInsideBracketsOfAnotherProgramIsReadToo() {
    assertThat(
            Excerpt.row(
                    "  [SignalInfo: *** SIGSEGV (@0x0) received by PID 556777 (TID 0x7f1c5b2f4740) from PID 0 ***]")
                .get(ProcessColumns.PROCESS_PID))
        .contains(556777L);
  }

  /// The pages of Debian 12's glog 0.6.0, linked to a program that reads through NULL.
  @Test
  void aPlaceOfZeroIsNoPlaceForGlogPrintsItWhereItCannotReadOne() {
    CaseRow row =
        Excerpt.row(
            """
            *** Aborted at 1795808848 (unix time) try "date -d @1795808848" if you are using GNU date ***
            PC: @                0x0 (unknown)
            *** SIGSEGV (@0x8) received by PID 18674 (TID 0x7f9f188c7e40) from PID 8; stack trace: ***
                @     0x7f9f18e71cfe (unknown)
            """);
    assertThat(row.get(FaultColumns.FAULT_PC)).isEmpty();
    assertThat(row.get(ControlColumns.TARGET)).isEmpty();
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).isEmpty();
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(8L);
    assertThat(row.get(IdentityColumns.MISSING_FACTS).orElseThrow().toString())
        .contains("glog prints 0 where it cannot read it");
  }

  @Test
  void aPlaceOfZeroWithAnAddressOfZeroMayBeOneAndIsLeftUnknown() {
    CaseRow row =
        Excerpt.row(
            """
            *** Aborted at 1795808848 (unix time) try "date -d @1795808848" if you are using GNU date ***
            PC: @                0x0 (unknown)
            *** SIGSEGV (@0x0) received by PID 18678 (TID 0x7fdb88e43e40) from PID 0; stack trace: ***
            """);
    assertThat(row.get(FaultColumns.FAULT_PC)).isEmpty();
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).contains("unknown");
  }

  /// The same program, which calls raise(SIGSEGV).
  @Test
  void aFaultsSignalThatTheProcessSendsToItselfHasASenderAndNoAddress() {
    CaseRow row =
        Excerpt.row(
            "*** SIGSEGV (@0x48fd) received by PID 18685 (TID 0x7fed7e843e40) from PID 18685; stack trace: ***");
    assertThat(row.get(SignalColumns.SENDER_PID)).contains(18685L);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).isEmpty();
  }
}
