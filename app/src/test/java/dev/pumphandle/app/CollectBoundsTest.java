package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rounds that end early because of what they may cost, and rounds that do not end at all.
class CollectBoundsTest {

  private static final ForgedPatient PATIENT = ForgedPatients.all().getFirst();

  @TempDir Path home;

  @BeforeEach
  void aWorkspaceAndADirectory() throws IOException {
    assertThat(Ran.in(home, "init").code()).isZero();
    Files.createDirectory(home.resolve("cores"));
  }

  private void arrive(int number) throws IOException {
    PATIENT.write(home.resolve("cores/core." + number));
  }

  private String rows() {
    return Ran.in(home, "sql", "select count(*) as n from facts").out().lines().toList().getLast();
  }

  @Test
  void aRoundStopsAtItsBoundAndTheNextGoesOn() throws IOException {
    for (int i = 0; i < 40; i++) {
      arrive(i);
    }
    String each =
        Ran.in(home, "collect", "cores/core.0", "-o", "tsv")
            .out()
            .lines()
            .filter(line -> line.startsWith("bytes_read\t"))
            .toList()
            .getFirst()
            .substring("bytes_read\t".length());
    long bound = 10 * Long.parseLong(each);

    Ran first =
        Ran.in(home, "collect", "cores", "--jobs", "1", "--max-bytes", Long.toString(bound));
    assertThat(first.code()).isZero();
    assertThat(first.err()).contains("Stopped at the bound given");
    assertThat(Integer.parseInt(rows())).isBetween(2, 12);

    assertThat(Ran.in(home, "collect", "cores").code()).isZero();
    assertThat(rows()).isEqualTo("40");
  }

  @Test
  void coresThatArriveAreCollectedUntilInterrupted() throws Exception {
    arrive(1);
    CompletableFuture<Ran> ended = new CompletableFuture<>();
    Thread watching =
        Thread.ofPlatform()
            .start(
                () -> ended.complete(Ran.in(home, "collect", "cores", "--watch", "--every", "1s")));
    await("1");
    arrive(2);
    await("2");
    assertThat(Ran.in(home, "collect", "cores").code()).as("beside it").isZero();
    arrive(3);
    await("3");
    watching.interrupt();

    Ran ran = ended.get();
    assertThat(ran.code()).isEqualTo(ExitCode.INTERRUPTED.number());
    assertThat(rows()).isEqualTo("3");
  }

  private void await(String rows) throws InterruptedException {
    while (!rows().equals(rows)) {
      Thread.sleep(100);
    }
  }

  @Test
  void wrongWordsAreUsageErrors() {
    for (List<String> wrong :
        List.of(
            List.of("collect", "cores", "--every", "5m"),
            List.of("collect", "cores", "--watch", "--every", "0s"),
            List.of("collect", "cores", "--watch", "--dry-run"),
            List.of("collect", "cores", "--rate", "0"),
            List.of("collect", "cores", "--max-requests", "0"),
            List.of("collect", "cores", "--max-bytes", "much"),
            List.of("collect", "cores", "--cache-size", "1G"))) {
      Ran ran = Ran.in(home, wrong.toArray(String[]::new));
      assertThat(ran.code()).as("%s: %s", wrong, ran.err()).isEqualTo(ExitCode.USAGE.number());
      assertThat(ran.err()).contains("expected");
    }
  }
}
