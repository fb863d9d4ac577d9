package dev.pumphandle.lab.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.crash.OneBadHost;
import dev.pumphandle.lab.crash.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgedRoundTest {

  @TempDir Path directory;

  @Test
  void aFewDozenCoresTellTheStoryOfOneBadHost() throws Exception {
    List<Path> cores =
        ForgedRound.write(directory, OneBadHost.endingOn(LocalDate.of(2026, 11, 24)));
    assertThat(cores).hasSizeBetween(40, 80).doesNotHaveDuplicates();
    for (Path core : cores) {
      String name = core.getFileName().toString();
      String sidecar = Files.readString(directory.resolve(name + ".json"));
      String truth = Files.readString(directory.resolve("truth").resolve(name + ".json"));
      assertThat(sidecar).contains("\"k8s_node_name\"", "\"staged\": true", "forged");
      assertThat(truth).contains("\"core\":\"" + name + "\"");
      if (truth.contains("\"label\":\"misaligned-stack\""))
        assertThat(name).endsWith(OneBadHost.BAD_HOST);
      assertThat(name).matches("core\\.courier\\.\\d+\\.\\d{10}\\.ingest-\\d{4}");
    }
  }

  @Test
  void withoutAStoryTheyLieHere() throws Exception {
    assertThat(ForgedRound.write(directory, Scenario.none()))
        .allMatch(c -> c.getFileName().toString().endsWith(".0.localhost"));
  }
}
