package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedLogsTest {

  @TempDir Path directory;
  private Path log;
  private int crashes;

  @BeforeEach
  void anEmptyLog() throws IOException {
    Workspace.init(directory);
    Files.createDirectories(directory.resolve("logs"));
    log = directory.resolve("logs/kern.log");
    Files.createFile(log);
  }

  private void ordinary(int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("2026-01-05T00:00:00Z n1 leafd[77]: request ").append(i).append(" served\n");
    }
    append(text.toString());
  }

  private void crash() throws IOException {
    crashes++;
    append(
        Instant.now().truncatedTo(ChronoUnit.SECONDS)
            + " n"
            + crashes
            + " kernel: leaf["
            + (4000 + crashes)
            + "]: segfault at 0 ip 0000000000000000 sp 00007ffd5b1c2a48 error 14"
            + " in leaf[55d7e6400000+1000]\n");
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
  }

  private Ran look() {
    Ran ran = Ran.in(directory, "watch", "--once", "--since", "1h", "logs");
    assertThat(ran.err()).doesNotContain("pumphandle:");
    return ran;
  }

  private String rows() {
    return Ran.in(
            directory,
            "sql",
            "select count(*) as n, count(distinct process_pid) as pids from facts")
        .out()
        .lines()
        .toList()
        .getLast();
  }

  @Test
  void whatALogTellsCountsAtTheNextLook() throws IOException {
    crash();
    ordinary(50);
    assertThat(look().code()).isZero();
    assertThat(rows()).isEqualTo("1\t1");

    crash();
    look();
    assertThat(rows()).isEqualTo("2\t2");
  }

  @Test
  void aLogThatGrowsIsReadFromNearWhereItEnded() throws IOException {
    crash();
    ordinary(40_000);
    look();
    crash();
    ordinary(10);
    look();

    assertThat(rows()).isEqualTo("2\t2");
    String marks = Files.readString(directory.resolve("data/watch/logs.json"));
    assertThat(marks).matches("(?s).*\"offset\":[0-9]{7},.*");
    assertThat(Ran.in(directory, "sql", "select max(log_line) as line from facts").out().strip())
        .as("lines are counted from the beginning of the log")
        .endsWith("40002");
  }

  @Test
  void aLogThatIsRotatedGoesOnUnderItsOtherName() throws IOException {
    crash();
    look();
    crash();
    Files.move(log, directory.resolve("logs/kern.log.1"));
    crash();
    look();

    assertThat(rows()).isEqualTo("3\t3");
  }

  @Test
  void aLogThatWasCutIsReadFromItsBeginning() throws IOException {
    ordinary(2000);
    crash();
    look();
    Files.writeString(log, "");
    crash();
    look();

    assertThat(rows()).isEqualTo("2\t2");
  }

  @Test
  void aReportThatIsWrittenInTwoPartsIsOneCase() throws IOException {
    crash();
    look();
    append(
        Instant.now().truncatedTo(ChronoUnit.SECONDS)
            + " n1 kernel: Code: Unable to access opcode bytes at 0xffffffffffffffd6.\n");
    ordinary(3);
    look();

    assertThat(rows()).isEqualTo("1\t1");
    assertThat(Ran.in(directory, "sql", "select log_text from facts").out()).contains("Code:");
  }

  @Test
  void standardInputIsReadToItsEnd() throws IOException {
    crash();
    String text = Files.readString(log);
    Files.delete(log);

    Ran ran = Ran.withInput(directory, text, "watch", "--every", "1s", "--since", "1h", "-");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(rows()).isEqualTo("1\t1");
  }

  @Test
  void aSourceThatIsNotThereIsAUsageError() {
    Ran ran = Ran.in(directory, "watch", "--once", "nowhere");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(ran.err()).contains("nowhere: expected a log or a directory of logs");
  }
}
