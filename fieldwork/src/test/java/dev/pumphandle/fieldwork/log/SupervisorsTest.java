package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What others say of a death: the OOM killer, systemd, container runtimes, shells, audit, servers
/// of their workers, the hardware.
class SupervisorsTest {

  @Test
  void theOomKillersVictimIsNamedWithPodAndContainer() {
    String id = "0123456789abcdef".repeat(4);
    CaseRow row =
        Excerpt.row(
            """
            [1000.000000] java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=999
            [1000.000001] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=cri-containerd-%1$s.scope,mems_allowed=0,oom_memcg=/kubepods.slice,task_memcg=/kubepods.slice/kubepods-pod11111111_2222_3333_4444_555555555555.slice/cri-containerd-%1$s.scope,task=java,pid=19289,uid=1000
            [1000.000002] Memory cgroup out of memory: Killed process 19289 (java) total-vm:4000000kB, anon-rss:2000000kB
            """
                .formatted(id));
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGKILL");
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(19289L);
    assertThat(row.get(LogColumns.TERMINATION_REASON)).contains("OOMKilled");
    assertThat(row.get(PlaceColumns.K8S_POD_UID)).contains("11111111-2222-3333-4444-555555555555");
    assertThat(row.get(PlaceColumns.CONTAINER_ID)).contains(id);
  }

  @Test
  void anOlderOomKillerSpeaksTwiceOfOneDeath() {
    assertThat(
            Excerpt.row(
                    """
                    Mar  1 10:00:00 h kernel: Out of memory: Kill process 123 (mysqld) score 900 or sacrifice child
                    Mar  1 10:00:00 h kernel: Killed process 124 (mysqld) total-vm:1kB, anon-rss:2kB, file-rss:3kB
                    """)
                .get(ProcessColumns.PROCESS_PID))
        .contains(124L);
  }

  @Test
  void theJournalsCoredumpEntryHasFields() {
    CaseRow row =
        Excerpt.row(
            """
            {"__REALTIME_TIMESTAMP":"1731801600123456","_HOSTNAME":"node-1","_BOOT_ID":"0123456789abcdef0123456789abcdef","COREDUMP_PID":"4242","COREDUMP_UID":"1000","COREDUMP_SIGNAL":"11","COREDUMP_TIMESTAMP":"1731801600000000","COREDUMP_COMM":"leaf","COREDUMP_EXE":"/usr/bin/leaf","MESSAGE":"Process 4242 (leaf) of user 1000 dumped core.\\n\\nStack trace of thread 4250:\\n#0  0x00007f1234567890 n/a (leaf + 0x8e83c)\\n#1  0x00007f1234567891 main (leaf + 0x8e83d)\\n"}
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(4242L);
    assertThat(row.get(ProcessColumns.CRASH_TID)).contains(4250L);
    assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_PATH)).contains("/usr/bin/leaf");
    assertThat(row.get(IdentityColumns.OBSERVED_AT)).contains(Instant.ofEpochSecond(1731801600));
    assertThat(row.get(PlaceColumns.HOST_BOOT_ID)).contains("0123456789abcdef0123456789abcdef");
    assertThat(row.get(StackColumns.SIGNATURE)).contains("leaf < main");
  }

  @Test
  void coredumpctlsPageIsReadToo() {
    CaseRow row =
        Excerpt.row(
            """
                       PID: 1234 (leaf)
                       UID: 1000 (leaf)
                    Signal: 6 (ABRT)
                Executable: /usr/bin/leaf
                   Boot ID: 0123456789abcdef0123456789abcdef
                  Hostname: node-1
                   Message: Process 1234 (leaf) of user 1000 dumped core.
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGABRT");
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(1234L);
    assertThat(row.get(PlaceColumns.HOST_NAME)).contains("node-1");
  }

  @Test
  void aUnitsProcessThatWasKilledByAFaultIsADeathAndOneThatWasStoppedIsNot() {
    CaseRow row =
        Excerpt.row(
            """
            Nov 24 10:00:01 host systemd[1]: leaf.service: Main process exited, code=dumped, status=11/SEGV
            Nov 24 10:00:01 host systemd[1]: leaf.service: Failed with result 'core-dump'.
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(PlaceColumns.SERVICE_NAME)).contains("leaf");
    assertThat(
            Excerpt.rows(
                """
                Nov 24 10:00:01 host systemd[1]: leaf.service: Main process exited, code=killed, status=15/TERM
                Nov 24 10:00:01 host systemd[1]: leaf.service: Main process exited, code=exited, status=1/FAILURE
                """))
        .isEmpty();
  }

  @Test
  void containersThatEndWithASignalsCodeAreDeaths() {
    CaseRow described =
        Excerpt.row(
            """
                Last State:     Terminated
                  Reason:       Error
                  Exit Code:    139
                  Started:      Mon, 01 Jan 2024 10:00:00 +0000
                  Finished:     Mon, 01 Jan 2024 10:00:05 +0000
                Ready:          False
            """);
    assertThat(described.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(described.get(LogColumns.EXIT_CODE)).contains(139);
    assertThat(described.get(IdentityColumns.OBSERVED_AT))
        .contains(Instant.parse("2024-01-01T10:00:05Z"));
    CaseRow yaml =
        Excerpt.row(
            "    lastState:\n      terminated:\n        exitCode: 137\n        finishedAt: \"2024-01-01T10:00:00Z\"\n        reason: OOMKilled\n");
    assertThat(yaml.get(LogColumns.TERMINATION_REASON)).contains("OOMKilled");
    assertThat(yaml.get(SignalColumns.SIGNAL_NAME)).contains("SIGKILL");
    String id = "0123456789abcdef".repeat(4);
    assertThat(
            Excerpt.row(
                    "2024-01-01T00:00:00.0Z container die "
                        + id
                        + " (exitCode=139, image=leaf:1, name=leaf)")
                .get(PlaceColumns.CONTAINER_ID))
        .contains(id);
    assertThat(
            Excerpt.row(
                    "time=\"2024-01-01T00:00:00.1Z\" level=info msg=\"TaskExit event in podsandbox handler container_id:\\\""
                        + id
                        + "\\\" id:\\\"x\\\" pid:4242 exit_status:134 exited_at:{seconds:1704067200 nanos:1}\"")
                .get(ProcessColumns.PROCESS_PID))
        .contains(4242L);
    assertThat(Excerpt.row("leaf-1 exited with code 139").get(SignalColumns.SIGNAL_NAME))
        .contains("SIGSEGV");
    assertThat(Excerpt.rows("leaf-1 exited with code 0\nleaf-1 exited with code 143\n")).isEmpty();
  }

  @Test
  void aShellNamesTheProcessItRan() {
    CaseRow row =
        Excerpt.row(
            "./run.sh: line 12:  4242 Segmentation fault      (core dumped) ./bin/leaf --port 80");
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(4242L);
    assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_NAME)).contains("leaf");
    assertThat(Excerpt.row("Segmentation fault (core dumped)").get(LogColumns.TERMINATION_REASON))
        .contains("core-dump");
  }

  @Test
  void auditKeepsARecordOfEveryAbnormalEnd() {
    CaseRow row =
        Excerpt.row(
            "audit: type=1701 audit(1601632800.123:456): auid=1000 uid=33 gid=1000 ses=3 pid=4242 comm=\"leaf\" exe=\"/usr/bin/leaf\" sig=11 res=1");
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(4242L);
    assertThat(row.get(IdentityColumns.OBSERVED_AT))
        .contains(Instant.ofEpochSecond(1601632800, 123_000_000));
  }

  @Test
  void serversNameTheWorkersTheyLost() {
    for (String line :
        List.of(
            "2021-02-10 10:00:00.123 UTC [1] LOG:  server process (PID 4242) was terminated by signal 11: Segmentation fault",
            "2024/01/01 10:00:00 [alert] 1#1: worker process 4242 exited on signal 11 (core dumped)",
            "[Mon Jan 01 10:00:00.0 2024] [core:notice] [pid 1] AH00052: child pid 4242 exit signal Segmentation fault (11)",
            "[01-Jan-2024 10:00:00] WARNING: [pool www] child 4242 exited on signal 11 (SIGSEGV - core dumped) after 3.1 seconds from start",
            "!!! uWSGI process 4242 got Segmentation Fault !!!")) {
      CaseRow row = Excerpt.row(line);
      assertThat(row.get(SignalColumns.SIGNAL_NAME)).as(line).contains("SIGSEGV");
      assertThat(row.get(ProcessColumns.PROCESS_PID)).as(line).contains(4242L);
    }
  }

  @Test
  void theHardwaresOwnReportIsARowWithoutASignal() {
    CaseRow row =
        Excerpt.row(
            """
            [ 2.000000] mce: [Hardware Error]: CPU 2: Machine Check: 0 Bank 3: cc5eb2c000100135
            [ 2.000000] mce: [Hardware Error]: PROCESSOR 0:506e3 TIME 1506182841 SOCKET 0 APIC 2 microcode ba
            """);
    assertThat(row.get(LogColumns.EVIDENCE)).contains("machine-check");
    assertThat(row.get(SignalColumns.SIGNAL_NUMBER)).isEmpty();
    assertThat(row.get(ProcessColumns.CPU_NUMBER)).contains(2);
    assertThat(row.get(PlaceColumns.HOST_CPU_MICROCODE)).contains("0xba");
    CaseRow killed =
        Excerpt.row(
            "MCE 0x12345: Killing leaf:4242 due to hardware memory corruption fault at 7f0012345678");
    assertThat(killed.get(SignalColumns.SIGNAL_NAME)).contains("SIGBUS");
    assertThat(killed.get(SignalColumns.SIGNAL_CODE)).contains(4);
    assertThat(killed.get(SignalColumns.FAULT_ADDRESS)).contains(0x7f0012345678L);
  }
}
