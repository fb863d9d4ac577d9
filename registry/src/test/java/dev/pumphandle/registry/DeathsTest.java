package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A core and a log of the same death are one case; of two deaths they are two.
class DeathsTest {

  private static final Instant NOON = Instant.parse("2026-06-03T12:00:00Z");

  @TempDir Path home;

  private Workspace workspace;

  @BeforeEach
  void workspace() throws IOException {
    workspace = Workspace.init(home);
  }

  @Test
  void aCoreAndALogOfTheSameProcessAreOneCaseThatTheCoreStandsFor() throws IOException {
    write(
        core("core", 0, 4242, "node-1").put(FaultColumns.FAULT_PC, 0L),
        log("folly", "folly", 1, 4242, "node-1")
            .put(EvidenceColumns.ABORT_MESSAGE, "it said")
            .put(PlaceColumns.K8S_POD_NAME, "leaf-0"));
    assertThat(
            ask(
                "select case_id, evidence_kinds, also_told_by, match_certainty, abort_message,"
                    + " k8s_pod_name, label_tier from cases"))
        .isEqualTo("core [core, folly] [folly] sure it said leaf-0 confirmed\n");
    assertThat(ask("select count(*) from facts")).as("nothing is rewritten").isEqualTo("2\n");
  }

  @Test
  void theSignsOfAnotherRowsMomentAreNotMixedIntoTheRichest() throws IOException {
    write(
        core("core", 0, 4242, "node-1").put(FaultColumns.FAULT_SP, 0x7ffc_0000_a040L),
        log("line", "sentinel", 1, 4242, "node-1")
            .put(FaultColumns.FAULT_SP, 0x7ffc_0000_a040L)
            .put(EvidenceColumns.RESIDUAL_SIGNAL, 12)
            .put(EvidenceColumns.RESIDUAL_SIGNAL_SP, 0x7ffc_0000_a040L)
            .put(EvidenceColumns.RESIDUAL_IN_SETCONTEXT, true)
            .put(EvidenceColumns.EXCEPTION_OBJECT, true));
    assertThat(
            ask(
                "select case_id, label = 'unwinder-race', count(columns('residual_.*')),"
                    + " count(exception_object) from cases group by all"))
        .isEqualTo("core false 0 0 0 0 0\n");
  }

  @Test
  void aSenderNumberedInsideAContainerIsNotHeldAgainstAProcessNumberedOutside() throws IOException {
    write(
        core("core", 0, 31234, "node-1")
            .put(PlaceColumns.K8S_POD_UID, "u1")
            .put(SignalColumns.SIGNAL_NUMBER, 6)
            .put(SignalColumns.SIGNAL_CODE, -6),
        log("glog", "glog", 1, 1, "node-1")
            .put(PlaceColumns.K8S_POD_UID, "u1")
            .put(SignalColumns.SIGNAL_NUMBER, 6)
            .put(SignalColumns.SENDER_PID, 1L));
    assertThat(ask("select case_id, sender_pid, label from cases"))
        .isEqualTo("core null deliberate-abort\n");
  }

  @Test
  void severalLogsOfOneDeathAreOneCase() throws IOException {
    write(
        log("kernel", "kernel", 0, 4250, "node-1")
            .put(ProcessColumns.CRASH_TID, 4250L)
            .put(FaultColumns.FAULT_REGISTERS_FROM, "log")
            .put(FaultColumns.REGISTERS, Map.of("rip", 0L, "rsp", 16L)),
        log("coredump", "systemd-coredump", 1, 4242, "node-1").put(ProcessColumns.CRASH_TID, 4250L),
        without("unit", "systemd-unit", 2, "node-1"));
    assertThat(ask("select case_id, also_told_by, match_certainty, label_tier from cases"))
        .isEqualTo("kernel [coredump, unit] likely probable\n");
  }

  @Test
  void anotherProcessAnotherPlaceAnotherTimeOrAnotherSignalIsAnotherDeath() throws IOException {
    write(
        core("core", 0, 4242, "node-1"),
        log("process", "folly", 0, 77, "node-1")
            .put(ProcessColumns.PROCESS_EXECUTABLE_NAME, "other"),
        log("place", "glog", 0, 4242, "node-2"),
        log("time", "abseil", 60, 4242, "node-1"),
        log("signal", "kernel", 0, 4242, "node-1").put(SignalColumns.SIGNAL_NUMBER, 8));
    assertThat(ask("select count(*), count(also_told_by) from cases")).isEqualTo("5 0\n");
  }

  @Test
  void aContainersLogNumbersItsProcessesByItself() throws IOException {
    write(
        core("core", 0, 31234, "node-1").put(PlaceColumns.K8S_POD_UID, "u1"),
        log("folly", "folly", 1, 1, "node-1").put(PlaceColumns.K8S_POD_UID, "u1"),
        log("neighbour", "folly", 1, 1, "node-1").put(PlaceColumns.K8S_POD_UID, "u2"));
    assertThat(ask("select case_id, also_told_by, match_certainty from cases order by 1"))
        .isEqualTo("core [folly] likely\nneighbour null null\n");
  }

  @Test
  void theNearestOfEachKindMatchesInACrashLoop() throws IOException {
    write(
        core("core-1", 0, 101, "node-1"),
        core("core-2", 4, 102, "node-1"),
        without("unit-1", "systemd-unit", 1, "node-1"),
        without("unit-2", "systemd-unit", 5, "node-1"));
    assertThat(ask("select case_id, also_told_by from cases order by 1"))
        .isEqualTo("core-1 [unit-1]\ncore-2 [unit-2]\n");
  }

  @Test
  void aCoreWhoseTimeIsItsFilesIsGivenTenMinutes() throws IOException {
    write(
        core("core", 300, 4242, "node-1").put(IdentityColumns.OBSERVED_AT_FROM, "object"),
        log("folly", "folly", 0, 4242, "node-1"));
    assertThat(ask("select case_id, observed_at::varchar from cases"))
        .as("and takes the log's time")
        .isEqualTo("core 2026-06-03 12:00:00+00\n");
  }

  @Test
  void theSameReportInTwoFilesIsOneDeath() throws IOException {
    write(log("a", "folly", 0, 4242, "node-1"), log("b", "folly", 0, 4242, "node-1"));
    assertThat(ask("select case_id, also_told_by from cases")).isEqualTo("a [b]\n");
  }

  @Test
  void theRowOfALogIsFoundByItsOwnIdToo() throws IOException {
    write(core("core", 0, 4242, "node-1"), log("folly", "folly", 1, 4242, "node-1"));
    try (LineList list = LineList.open(workspace)) {
      assertThat(list.caseId("fol")).isEqualTo("core");
    }
  }

  @Test
  void aDeathNearAKillForMemoryAndTheLaterOnesOfALoopSaySo() throws IOException {
    write(
        without("killed", "oom-killer", 0, "node-1")
            .put(PlaceColumns.K8S_POD_UID, "u1")
            .put(SignalColumns.SIGNAL_NUMBER, 9),
        log("first", "folly", 20, 7, "node-1").put(PlaceColumns.K8S_POD_UID, "u1"),
        log("elsewhere", "folly", 20, 8, "node-1").put(PlaceColumns.K8S_POD_UID, "u2"),
        log("again", "folly", 320, 9, "node-1").put(PlaceColumns.K8S_POD_UID, "u2"),
        log("later", "folly", 2000, 10, "node-1").put(PlaceColumns.K8S_POD_UID, "u2"));
    assertThat(ask("select case_id, oom_kill_s, index_case_id from cases order by observed_at, 1"))
        .isEqualTo(
            """
            killed 0 null
            elsewhere null null
            first 20 killed
            again null elsewhere
            later null null
            """);
  }

  private static CaseRow.Builder core(String id, long second, long pid, String node) {
    return row(id, second, node)
        .put(ProcessColumns.PROCESS_PID, pid)
        .put(FaultColumns.FAULT_REGISTERS_FROM, "prstatus");
  }

  private static CaseRow.Builder log(
      String id, String evidence, long second, long pid, String node) {
    return without(id, evidence, second, node).put(ProcessColumns.PROCESS_PID, pid);
  }

  private static CaseRow.Builder without(String id, String evidence, long second, String node) {
    return row(id, second, node).put(LogColumns.EVIDENCE, evidence);
  }

  private static CaseRow.Builder row(String id, long second, String node) {
    return CaseRow.builder()
        .put(IdentityColumns.CASE_ID, id)
        .put(IdentityColumns.OBJECT_URI, "file:///" + id)
        .put(IdentityColumns.OBJECT_VERSION, "1")
        .put(IdentityColumns.READ_STATE, "complete")
        .put(IdentityColumns.COLLECTED_AT, NOON)
        .put(IdentityColumns.OBSERVED_AT, NOON.plusSeconds(second))
        .put(IdentityColumns.OBSERVED_AT_FROM, "log")
        .put(PlaceColumns.K8S_NODE_NAME, node)
        .put(SignalColumns.SIGNAL_NUMBER, 11)
        .put(SignalColumns.SIGNAL_CODE, 1)
        .put(SignalColumns.FAULT_ADDRESS, 8L)
        .put(dev.pumphandle.linelist.ControlColumns.CONTROL_ARRIVED, "ran");
  }

  private void write(CaseRow.Builder... rows) throws IOException {
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      for (CaseRow.Builder row : rows) {
        writer.append(row.build());
      }
    }
  }

  private String ask(String sql) throws IOException {
    StringBuilder text = new StringBuilder();
    try (LineList list = LineList.open(workspace);
        Answer answer = list.ask(sql)) {
      while (answer.next()) {
        for (int i = 0; i < answer.columns().size(); i++) {
          text.append(i == 0 ? "" : " ")
              .append(answer.value(i).map(Object::toString).orElse("null"));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }
}
