package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectLogsCommandTest {

  private static final String KERNEL =
      "2026-06-03T10:00:00.5+00:00 node-7 kernel: [ 812.000001] leaf[4202]: segfault at 0 ip"
          + " 0000000000000000 sp 00007fff85868180 error 14 likely on CPU 5 (core 1, socket 0)\n";

  private static final String ORDINARY =
      "2026-06-03T10:00:00+00:00 node-7 leaf[4202]: served 17 documents\n";

  @TempDir Path home;

  @BeforeEach
  void workspace() throws IOException {
    Workspace.init(home);
  }

  @Test
  void aKernelLineBecomesARowInTheColumnsOfACore() throws IOException {
    Files.writeString(home.resolve("kern.log"), ORDINARY + KERNEL + ORDINARY);
    Ran ran = Ran.in(home, "collect-logs", "kern.log");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("Read 1 log", "3 lines", "1 new row: kernel 1.");
    assertThat(
            ask(
                "select evidence, host_name, process_executable_name, crash_tid, signal_name,"
                    + " fault_address, fault_pc, fault_sp, trap_number, page_fault_error,"
                    + " cpu_number, log_line, observed_at::varchar from cases"))
        .isEqualTo(
            "kernel\tnode-7\tleaf\t4202\tSIGSEGV\t0x0\t0x0\t0x7fff85868180\t14\t20\t5\t2\t2026-06-03"
                + " 10:00:00.5+00\n");
  }

  @Test
  void theSameLogReadTwiceAddsNothing() throws IOException {
    Files.writeString(home.resolve("kern.log"), KERNEL);
    Ran.in(home, "collect-logs", "kern.log");
    Ran again = Ran.in(home, "collect-logs", "kern.log");
    assertThat(again.err()).contains("0 new rows; 1 known already");
    assertThat(ask("select count(*) from facts")).isEqualTo("1\n");
  }

  @Test
  void aLogThatIsCompressedOrComesFromStandardInputIsReadAsItIs() throws IOException {
    try (GZIPOutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(home.resolve("kern.log.1.gz")))) {
      packed.write(KERNEL.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Ran.in(home, "collect-logs", "kern.log.1.gz").err()).contains("1 new row");
    assertThat(Ran.withInput(home, KERNEL, "collect-logs", "-").err()).contains("1 new row");
  }

  @Test
  void whatCannotBeReadIsNamedAndTheOthersGoOn() throws IOException {
    Files.writeString(home.resolve("kern.log"), KERNEL);
    Ran ran = Ran.in(home, "collect-logs", "absent.log", "kern.log");
    assertThat(ran.code()).isEqualTo(ExitCode.SOME_UNREADABLE.number());
    assertThat(ran.err())
        .contains("absent.log: expected a file, found none", "1 new row", "1 could not be read");
  }

  @Test
  void wrongArgumentsSayWhatWasExpected() {
    assertThat(Ran.in(home, "collect-logs", "-", "--zone", "Mars").err())
        .contains("--zone: expected a zone such as Europe/Berlin or +02:00, found 'Mars'");
    assertThat(Ran.in(home, "collect-logs", "-", "--place", "fault_pc=1").err())
        .contains("--place: expected a column that tells of a place");
  }

  @Test
  void theCaseDefinitionsLabelARowOfALogByWhatItHas() throws IOException {
    Files.writeString(
        home.resolve("kern.log"),
        KERNEL
            + KERNEL
                .replace("4202", "4300")
                .replace("segfault at 0 ip 0000000000000000", "segfault at 8 ip 000055d7e64f917f")
                .replace("error 14", "error 6"));
    Files.writeString(
        home.resolve("leaf.log"),
        "*** Signal 11 (SIGSEGV) (0x8) received by PID 7 (pthread TID 0x7f) (linux TID 8) (code:"
            + " address not mapped to object), stack trace: ***\n");
    Ran.in(home, "collect-logs", "kern.log", "leaf.log");
    assertThat(ask("select evidence, label, label_tier from cases order by 1, 2"))
        .isEqualTo(
            """
            folly\tnull-dereference\tsuspect
            kernel\tnull-dereference\tprobable
            kernel\treturn-to-null\tsuspect
            """);
  }

  @Test
  void aPatientOfALogShowsWhatTheLogSaid() throws IOException {
    Files.writeString(home.resolve("kern.log"), KERNEL);
    Ran.in(home, "collect-logs", "kern.log");
    String id = ask("select case_id from cases").strip();
    assertThat(Ran.in(home, "show", id).out())
        .contains("log\n  leaf[4202]: segfault at 0", "SIGSEGV");
  }

  @Test
  void whatIsNoCrashIsExcludedWithItsReasonAndCounted() throws IOException {
    Files.writeString(
        home.resolve("x.log"),
        """
        leaf: ./src/leaf.c:42: main: Assertion `x != NULL' failed.
        Jun  3 10:00:00 n1 kernel: Out of memory: Killed process 123 (leaf) total-vm:1kB, anon-rss:2kB
        ==31==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x0000004008f1 bp 0x7ffe5f3c1d10 sp 0x7ffe5f3c1d08
        *** SIGTERM (@0x1) received by PID 100 (TID 0x7f1) from PID 1; stack trace: ***
        mce: [Hardware Error]: Machine check events logged
        """);
    Ran.in(home, "collect-logs", "x.log");
    assertThat(ask("select excluded_reason from labelled order by 1"))
        .isEqualTo(
            """
            deliberate-abort
            hardware-report
            oom-adjacent
            orderly-kill
            sanitizer-or-test
            """);
    assertThat(Ran.onTerminal(home, 100, "label").out())
        .contains("0 cases; 5 excluded", "oom-adjacent 1");
  }

  @Test
  void ascertainmentCountsCoresAmongKnownDeaths() throws IOException {
    Files.writeString(home.resolve("kern.log"), KERNEL + KERNEL.replace("4202", "4300"));
    Ran.in(home, "collect-logs", "kern.log");
    Ran ran = Ran.in(home, "ascertainment");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("all\tall deaths\t2\t0\t2\t0\t0\t0", "handler\tnone\t2\t0\t2\t0");
    assertThat(Ran.onTerminal(home, 100, "ascertainment").out())
        .contains("2 known deaths, 0 with a core (0 %", "cannot be estimated");
    assertThat(Ran.in(home, "ascertainment", "--by", "nonsense").err())
        .contains("--by: expected a column of the line list, found 'nonsense'");
  }

  private String ask(String sql) {
    Ran ran = Ran.in(home, "sql", sql);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out().substring(ran.out().indexOf('\n') + 1);
  }
}
