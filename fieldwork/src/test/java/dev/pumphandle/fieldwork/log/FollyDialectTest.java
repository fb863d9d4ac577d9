package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pages in the form of folly's symbolizer/SignalHandler.cpp.
class FollyDialectTest {

  private static final String TIME =
      "*** Aborted at 1731801600 (Unix time, try 'date -d @1731801600') ***\n";

  @Test
  void thePageTellsSignalAddressThreadAndTime() {
    CaseRow row =
        Excerpt.row(
            TIME
                + """
                *** Signal 11 (SIGSEGV) (0xa8) received by PID 4242 (pthread TID 0x7f3a40c1e6c0) (linux TID 4311) (code: address not mapped to object), stack trace: ***
                    @ 00000000004a1136 DocumentTree::updateDocument(...)
                                       ./server/DocumentTree.cpp:812
                                       -> ./server/main.cpp
                    @ 00000000004a2000 main
                """);
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(4242L);
    assertThat(row.get(ProcessColumns.CRASH_TID)).contains(4311L);
    assertThat(row.get(SignalColumns.SIGNAL_CODE)).contains(1);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(0xa8L);
    assertThat(row.get(IdentityColumns.OBSERVED_AT)).contains(Instant.ofEpochSecond(1731801600));
    assertThat(row.get(StackColumns.SIGNATURE))
        .contains("DocumentTree::updateDocument(...) < main");
  }

  @Test
  void aGeneralProtectionFaultSaysSoInItsCode() {
    assertThat(
            Excerpt.row(
                    "*** Signal 11 (SIGSEGV) (0x0) received by PID 7 (pthread TID 0x7f) (linux TID 8) (code: sent by kernel (SI_KERNEL)), stack trace: ***")
                .get(SignalColumns.SIGNAL_CODE))
        .contains(128);
  }

  @Test
  void whoSentTheSignalIsKept() {
    CaseRow row =
        Excerpt.row(
            "*** Signal 6 (SIGABRT) (0x3e800001a2b) received by PID 6699 (pthread TID 0x7f) (linux TID 6699) (maybe from PID 12, UID 1000) (code: sent by kill, sigsend or raise), stack trace: ***");
    assertThat(row.get(SignalColumns.SENDER_PID)).contains(12L);
    assertThat(row.get(SignalColumns.SENDER_UID)).contains(1000L);
    assertThat(row.get(SignalColumns.SIGNAL_CODE)).contains(0);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).as("is no address").isEmpty();
  }

  @Test
  void anOlderPageWithoutCodeIsReadToo() {
    assertThat(
            Excerpt.row(
                    TIME
                        + "*** Signal 11 (SIGSEGV) (0x7f00) received by PID 77 (TID 0x7f1), stack trace: ***\n")
                .get(ProcessColumns.PROCESS_PID))
        .contains(77L);
  }

  @Test
  void twoPagesOfTwoProcessesThatInterleaveAreTwoDeaths() {
    List<CaseRow> rows =
        Excerpt.rows(
            """
            2026-06-03T10:00:00Z n1 leaf[1]: *** Signal 11 (SIGSEGV) (0x1) received by PID 1 (TID 0x7f1), stack trace: ***
            2026-06-03T10:00:00Z n1 leaf[2]: *** Signal 11 (SIGSEGV) (0x2) received by PID 2 (TID 0x7f1), stack trace: ***
            2026-06-03T10:00:00Z n1 leaf[1]:     @ 0000000000000a11 one
            2026-06-03T10:00:00Z n1 leaf[2]:     @ 0000000000000a22 two
            """);
    assertThat(rows)
        .extracting(row -> row.get(StackColumns.SIGNATURE).orElse(""))
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void theTimeAloneIsNoDeath() {
    assertThat(Excerpt.rows(TIME)).isEmpty();
  }
}
