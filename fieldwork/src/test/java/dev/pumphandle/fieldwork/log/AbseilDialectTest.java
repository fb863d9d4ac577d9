package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import org.junit.jupiter.api.Test;

/// Pages in the form of abseil's failure_signal_handler.cc.
class AbseilDialectTest {

  @Test
  void thePageTellsTheCpu() {
    CaseRow row =
        Excerpt.row(
            """
            *** SIGSEGV received at time=1731801600 on cpu 37 ***
            PC: @     0x55d7e64f917f  (unknown)  DocumentTree::updateDocument()
                @     0x7f3a40c1cde0         64  Server::handle()
                @ ... and at least 3 more frames
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(ProcessColumns.CPU_NUMBER)).contains(37);
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0x55d7e64f917fL);
    assertThat(row.get(StackColumns.SIGNATURE)).contains("Server::handle()");
  }

  @Test
  void thePageTwiceIsOneDeath() {
    CaseRow row =
        Excerpt.row(
            """
            (pid=1234) *** SIGSEGV received at time=1686000000 on cpu 7 ***
            (pid=1234)     @     0x7f2a3b000090  (unknown)  (unknown)
            [2023-06-05 21:20:00,123 E 1234 1240] logging.cc:361: *** SIGSEGV received at time=1686000000 on cpu 7 ***
            [2023-06-05 21:20:00,124 E 1234 1240] logging.cc:361:     @     0x7f2a3b000090  (unknown)  (unknown)
            """);
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(1234L);
    assertThat(row.get(ProcessColumns.CRASH_TID)).contains(1240L);
  }
}
