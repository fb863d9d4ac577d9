package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How lines are carried, and what a scan keeps whatever it is given.
class LogScanTest {

  private static final String FAULT =
      "leaf[4202]: segfault at 0 ip 0000000000000000 sp 00007fff85868180 error 14";

  @Test
  void aLineIsFoundInWhateverCarriesIt() {
    for (String carried :
        List.of(
            FAULT,
            "[ 812.000001] " + FAULT,
            "<6>[ 812.000001][ T4202] " + FAULT,
            "Jun  3 10:00:00 n1 kernel: [ 812.000001] " + FAULT,
            "<6>Jun  3 10:00:00 n1 kernel: " + FAULT,
            "2026-06-03T10:00:00.5+00:00 n1 kernel: " + FAULT,
            "<6>1 2026-06-03T10:00:00.5Z n1 kernel - - - " + FAULT,
            "[Wed Jun  3 10:00:00 2026] " + FAULT,
            "2026-06-03T10:00:00.5Z stderr F " + FAULT,
            "{\"log\":\""
                + FAULT
                + "\\n\",\"stream\":\"stderr\",\"time\":\"2026-06-03T10:00:00.5Z\"}",
            "{\"__REALTIME_TIMESTAMP\":\"1780480800000000\",\"_HOSTNAME\":\"n1\",\"MESSAGE\":\""
                + FAULT
                + "\"}",
            "{\"@timestamp\":\"2026-06-03T10:00:00.5Z\",\"message\":\""
                + FAULT
                + "\",\"kubernetes\":{\"pod_name\":\"p\"}}",
            "{\"textPayload\":\"" + FAULT + "\",\"timestamp\":\"2026-06-03T10:00:00.5Z\"}")) {
      CaseRow row = Excerpt.row(carried + "\n");
      assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_NAME)).as(carried).contains("leaf");
      assertThat(row.get(ProcessColumns.CRASH_TID)).as(carried).contains(4202L);
    }
  }

  @Test
  void whatCarriesTheLineTellsTimeAndPlace() {
    CaseRow row =
        Excerpt.row(
            "{\"timestamp\":\"2026-06-03T10:00:00.5Z\",\"message\":\""
                + FAULT
                + "\",\"kubernetes\":{\"pod_name\":\"leaf-0\",\"namespace_name\":\"prod\",\"host\":\"node-3\"},\"k8s.cluster.name\":\"c1\"}");
    assertThat(row.get(IdentityColumns.OBSERVED_AT))
        .contains(Instant.parse("2026-06-03T10:00:00.5Z"));
    assertThat(row.get(IdentityColumns.OBSERVED_AT_FROM)).contains("log");
    assertThat(row.get(PlaceColumns.K8S_POD_NAME)).contains("leaf-0");
    assertThat(row.get(PlaceColumns.K8S_NODE_NAME)).contains("node-3");
    assertThat(row.get(PlaceColumns.K8S_CLUSTER_NAME)).contains("c1");
  }

  @Test
  void aLineWithoutATimeSaysThatItHasNone() {
    assertThat(Excerpt.row(FAULT).get(IdentityColumns.MISSING_FACTS).orElseThrow())
        .contains("observed_at: the log names no time there");
  }

  @Test
  void aMessageInPartsIsPutTogether() {
    CaseRow row =
        Excerpt.row(
            """
            2024-05-01T10:00:00.000000001Z stderr P *** SIGSEGV received at ti
            2024-05-01T10:00:00.000000001Z stdout F other
            2024-05-01T10:00:00.000000002Z stderr F me=1731801600 on cpu 37 ***
            """);
    assertThat(row.get(ProcessColumns.CPU_NUMBER)).contains(37);
  }

  @Test
  void aJournalMessageThatIsAnArrayOfBytesIsRead() {
    StringBuilder bytes = new StringBuilder();
    for (byte each : FAULT.getBytes(StandardCharsets.UTF_8)) {
      bytes.append(bytes.isEmpty() ? "" : ",").append(each);
    }
    assertThat(
            Excerpt.row(
                    "{\"__REALTIME_TIMESTAMP\":\"1731801600123457\",\"MESSAGE\":[" + bytes + "]}\n")
                .get(SignalColumns.SIGNAL_NUMBER))
        .contains(11);
  }

  @Test
  void lokisAnswerIsReadInTheOrderOfTime() {
    CaseRow row =
        Excerpt.row(
            """
            {"status":"success","data":{"resultType":"streams","result":[{"stream":{"namespace":"prod","pod":"leaf-0","node_name":"node-3"},
            "values":[["1731801600000000002","    @ 00000000004a1136 update()"],
            ["1731801600000000001","*** Signal 11 (SIGSEGV) (0x0) received by PID 1 (TID 0x7f), stack trace: ***"],
            ["1731801600000000000","hello"]]}]}}
            """);
    assertThat(row.get(LogColumns.EVIDENCE)).contains("folly");
    assertThat(row.get(dev.pumphandle.linelist.StackColumns.SIGNATURE)).contains("update()");
    assertThat(row.get(PlaceColumns.K8S_NODE_NAME)).contains("node-3");
  }

  @Test
  void openTelemetrysExportIsRead() {
    CaseRow row =
        Excerpt.row(
            """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"k8s.pod.name","value":{"stringValue":"leaf-0"}},{"key":"host.name","value":{"stringValue":"n3"}}]},"scopeLogs":[{"scope":{},"logRecords":[{"timeUnixNano":"1731801600000000001","body":{"stringValue":"%s"}}]}]}]}
            {"resourceLogs":[{"resource":{"attributes":[]},"scopeLogs":[{"logRecords":[{"body":{"stringValue":"fine"}}]}]}]}
            """
                .formatted(FAULT));
    assertThat(row.get(PlaceColumns.K8S_POD_NAME)).contains("leaf-0");
    assertThat(row.get(PlaceColumns.HOST_NAME)).contains("n3");
  }

  @Test
  void podsRememberTheLastEndOfTheirContainers() {
    CaseRow row =
        Excerpt.row(
            """
            {"apiVersion":"v1","kind":"List","items":[{"kind":"Pod","metadata":{"name":"leaf-0","namespace":"prod","uid":"u1"},"spec":{"nodeName":"node-3"},
            "status":{"containerStatuses":[{"name":"leaf","image":"leaf:1","restartCount":3,"lastState":{"terminated":{"exitCode":139,"reason":"Error","startedAt":"2024-01-01T09:00:00Z","finishedAt":"2024-01-01T10:00:00Z","containerID":"containerd://abc"}}},
            {"name":"side","lastState":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}}]}
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(PlaceColumns.K8S_NODE_NAME)).contains("node-3");
    assertThat(row.get(PlaceColumns.CONTAINER_ID)).contains("abc");
    assertThat(row.get(PlaceColumns.PROCESS_AGE_S)).contains(3600L);
  }

  @Test
  void aPodAloneAndInAnyOrderIsRead() {
    CaseRow row =
        Excerpt.row(
            """
            {"status":{"containerStatuses":[{"name":"leaf","lastState":{"terminated":{"exitCode":134,"finishedAt":"2024-01-01T10:00:00Z"}}}]},"kind":"Pod","metadata":{"name":"leaf-0"}}
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGABRT");
    assertThat(row.get(PlaceColumns.K8S_POD_NAME)).contains("leaf-0");
  }

  @Test
  void recordsThatBeginLikeADocumentStayRecords() {
    assertThat(
            Excerpt.row("{\"kind\":\"app\",\"message\":\"" + FAULT + "\"}\n")
                .get(ProcessColumns.CRASH_TID))
        .contains(4202L);
    assertThat(
            Excerpt.row("{\"data\":{\"user\":7},\"message\":\"" + FAULT + "\"}\n")
                .get(ProcessColumns.CRASH_TID))
        .contains(4202L);
  }

  @Test
  void aDocumentThatIsCutShortGivesWhatCameBefore() {
    List<CaseRow> rows = new ArrayList<>();
    LogScan.Read read =
        Excerpt.read(
            ("[{\"message\":\"" + FAULT + "\"},{\"message\":\"x").getBytes(StandardCharsets.UTF_8),
            rows);
    assertThat(rows).hasSize(1);
    assertThat(read.failures().getFirst()).contains("expected more JSON");
  }

  @Test
  void theSameReportReadAgainIsTheSameRowAndAnotherInItsPlaceIsNot() {
    CaseRow once = Excerpt.row("hello\n" + FAULT + "\n");
    CaseRow again = Excerpt.row("hello\n" + FAULT + "\n");
    CaseRow other = Excerpt.row("hello\n" + FAULT.replace("4202", "4203") + "\n");
    assertThat(again.get(IdentityColumns.CASE_ID)).isEqualTo(once.get(IdentityColumns.CASE_ID));
    assertThat(again.get(IdentityColumns.OBJECT_VERSION))
        .isEqualTo(once.get(IdentityColumns.OBJECT_VERSION));
    assertThat(other.get(IdentityColumns.CASE_ID)).isNotEqualTo(once.get(IdentityColumns.CASE_ID));
    assertThat(once.get(IdentityColumns.OBJECT_URI).orElse(""))
        .startsWith("file:///var/log/x.log#L2-");
  }

  @Test
  void aReportIsFoundWhereverItLiesInTheBuffer() {
    StringBuilder text = new StringBuilder();
    int planted = 0;
    for (int line = 0; text.length() < 20 << 20; line++) {
      text.append("2026-06-03T10:00:00Z leaf served ").append(line % 977).append(" documents\n");
      if (line % 6007 == 0) {
        text.append(FAULT.replace("4202", Integer.toString(100_000 + planted++))).append('\n');
      }
    }
    assertThat(Excerpt.rows(text.toString()))
        .extracting(row -> row.get(ProcessColumns.CRASH_TID).orElse(0L))
        .doesNotHaveDuplicates()
        .hasSize(planted);
  }

  @Test
  void bytesThatAreNoTextAndLinesWithoutEndHarmNothing() {
    byte[] noise = new byte[9 << 20];
    new Random(7).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = noise[i] == '\n' ? 0 : noise[i];
    }
    byte[] fault = ("\n" + FAULT + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[noise.length + fault.length];
    System.arraycopy(noise, 0, all, 0, noise.length);
    System.arraycopy(fault, 0, all, noise.length, fault.length);
    List<CaseRow> rows = new ArrayList<>();
    LogScan.Read read = Excerpt.read(all, rows);
    assertThat(rows).hasSize(1);
    assertThat(read.bytes()).isEqualTo(all.length);
    assertThat(rows.getFirst().get(LogColumns.LOG_LINE)).contains(2L);
    assertThat(read.cut()).isEqualTo(1);
  }

  @Test
  void everyPrefixAndMutationOfAReportIsReadWithoutFailing() {
    String[] reports = {
      FAULT + " in leaf[0,400000+1000] likely on CPU 1\nCode: 00 <c3> 90\n",
      "SIGSEGV: segmentation violation\nPC=0x7f m=0 sigcode=1 addr=0x28\n\ngoroutine 1 [running]:\nrax    0x1\n",
      "*** Signal 11 (SIGSEGV) (0x0) received by PID 1 (TID 0x7f), stack trace: ***\n    @ 00000000004a1136 f()\n",
      "#  SIGSEGV (0xb) at pc=0x00007ffabc4d2f94, pid=4021, tid=4022\nRegisters:\nRAX=0x0000000000000008\n",
      "{\"log\":\"" + FAULT + "\\n\",\"time\":\"2026-06-03T10:00:00.5Z\"}\n",
    };
    Random random = new Random(11);
    for (String report : reports) {
      for (int i = 0; i < 400; i++) {
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Excerpt.rows(java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
      }
    }
  }
}
