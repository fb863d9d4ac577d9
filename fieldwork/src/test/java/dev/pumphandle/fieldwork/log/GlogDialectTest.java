package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
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
}
