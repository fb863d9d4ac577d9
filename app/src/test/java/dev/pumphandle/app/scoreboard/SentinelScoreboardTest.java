package dev.pumphandle.app.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pumphandle.fieldwork.DebugFiles;
import dev.pumphandle.lab.crash.CrashLab;
import dev.pumphandle.lab.crash.Patient;
import dev.pumphandle.lab.crash.Readiness;
import dev.pumphandle.lab.crash.Rounds;
import dev.pumphandle.lab.crash.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that die under the sentinel leave two witnesses, a line and a core: do they agree?
class SentinelScoreboardTest {

  private static final Path SENTINEL = Path.of("..", "sentinel").toAbsolutePath().normalize();

  /// Where there is nothing to preload into.
  private static final Set<String> STATIC = Set.of("patient-static", "patient-spie");

  /// Signals that the sentinel leaves alone, and no signal at all.
  private static final Set<String> UNGUARDED = Set.of("sent-quit", "forbidden-call", "healthy");

  @TempDir Path here;

  @Test
  void theLineAndTheCoreOfADeathTellTheSameDisease() throws Exception {
    Witnesses witnesses = heard(Rounds.demo());

    assertThat(witnesses.deaths()).isGreaterThan(40);
    assertThat(witnesses.silent()).as("without a line").isEmpty();
    assertThat(witnesses.disagreeing()).as("another label").isEmpty();
    assertThat(witnesses.elsewhere()).as("other registers than the observer saw").isEmpty();
  }

  @Test
  @Tag("slow")
  void overTheWholeLabAtMostOneInAHundredDisagrees() throws Exception {
    Witnesses witnesses = heard(Rounds.full());

    Files.write(
        Path.of("target", "sentinel-scoreboard.txt"),
        List.of(
            witnesses.deaths() + " died under the sentinel",
            "without a line: " + witnesses.silent(),
            "another label than the core: " + witnesses.disagreeing(),
            "other registers than the observer saw: " + witnesses.elsewhere()));
    assertThat(witnesses.deaths()).isGreaterThan(800);
    int few = witnesses.deaths() / 100;
    assertThat(witnesses.silent()).as("without a line").hasSizeLessThanOrEqualTo(few);
    assertThat(witnesses.disagreeing()).as("another label").hasSizeLessThanOrEqualTo(few);
    assertThat(witnesses.elsewhere())
        .as("other registers than the observer saw")
        .hasSizeLessThanOrEqualTo(few);
  }

  private Witnesses heard(List<Patient> all) throws Exception {
    List<Patient> round =
        all.stream()
            .filter(patient -> !STATIC.contains(patient.program()))
            .filter(patient -> !UNGUARDED.contains(patient.illness()))
            .toList();
    Path object = sentinel();
    Readiness readiness = CrashLab.open(Path.of("target", "crash-lab"), round);
    if (!(readiness instanceof Readiness.Ready(CrashLab lab))) {
      assumeTrue(false, "no crash lab here: " + readiness);
      throw new IllegalStateException();
    }
    Path cores = here.resolve("cores");
    lab.preloading(object).run(Scenario.none().stage(round), cores, _ -> {});
    return Witnesses.of(
        Known.in(cores), new DebugFiles(List.of(lab.executables())), here.resolve("workspace"));
  }

  private static Path sentinel() throws IOException, InterruptedException {
    Process making;
    try {
      making =
          new ProcessBuilder("make", "-C", SENTINEL.toString(), "all")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no make here: " + e.getMessage());
      throw e;
    }
    String said = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(making.waitFor()).as(said).isZero();
    return SENTINEL.resolve("target").resolve("libpumphandle-sentinel-preload.so");
  }
}
