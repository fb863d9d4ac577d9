package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `collect` in a process of its own, which is killed, interrupted, and run beside another.
@Tag("slow")
class KilledCollectTest {

  private static final int COPIES = 60;

  @TempDir Path home;
  private int cores;

  @BeforeEach
  void aWorkspaceAndManyCores() throws IOException {
    assertThat(Ran.in(home, "init").code()).isZero();
    Path directory = Files.createDirectory(home.resolve("cores"));
    for (ForgedPatient patient : ForgedPatients.all()) {
      Path first = directory.resolve("core." + patient.name() + ".0");
      patient.write(first);
      for (int copy = 1; copy < COPIES; copy++) {
        Files.createLink(directory.resolve("core." + patient.name() + "." + copy), first);
      }
      cores += COPIES;
    }
  }

  private Process collect() throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classes,
            "dev.pumphandle.app.Main",
            "collect",
            "cores",
            "--jobs",
            "2")
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("said.txt").toFile())
        .start();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("data/cases"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private String ask(String sql) {
    Ran ran = Ran.in(home, "sql", sql);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out().lines().skip(1).reduce((a, b) -> a + "\n" + b).orElse("");
  }

  private void everyCoreOnce() {
    assertThat(
            ask(
                "select count(*), count(distinct object_uri), count(*) filter (read_state ="
                    + " 'complete') from cases"))
        .isEqualTo(cores + "\t" + cores + "\t" + cores);
  }

  @Test
  void killedAtAnyMomentAndRunAgainEveryCoreIsThereOnce() throws Exception {
    RandomGenerator moments = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(1854);
    for (int round = 0; round < 8; round++) {
      Process process = collect();
      if (!process.waitFor(400 + moments.nextInt(1800), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    assertThat(Ran.in(home, "collect", "cores").code()).isZero();
    everyCoreOnce();
    assertThat(Ran.in(home, "collect", "cores").err()).contains("Nothing new");
  }

  @Test
  void interruptedItStoresWhatIsInHandAndSaysSo() throws Exception {
    Process process = collect();
    while (files() == 0 && process.isAlive()) {
      Thread.sleep(5);
    }
    new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start().waitFor();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(home.resolve("said.txt"));
    assertThat(process.exitValue()).as(said).isEqualTo(130);
    assertThat(said).contains("Stopping").contains("Interrupted; stored");
    assertThat(Integer.parseInt(ask("select count(*) from cases"))).isBetween(1, cores - 1);
    assertThat(Ran.in(home, "collect", "cores").code()).isZero();
    everyCoreOnce();
  }

  @Test
  void twoAtOnceDoNotGetInEachOthersWay() throws Exception {
    Process one = collect();
    Process other = collect();
    assertThat(one.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(other.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(one.exitValue()).isZero();
    assertThat(other.exitValue()).isZero();
    everyCoreOnce();
  }
}
