package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bytes altered within a file whose footer is sound.
class DamagedFilesTest {

  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  @TempDir Path directory;

  private Workspace withNodes() throws IOException {
    Workspace workspace = Workspace.init(directory);
    CaseWriter.open(workspace).close();
    try (FleetWriter fleet = FleetWriter.open(workspace)) {
      for (int i = 0; i < 500; i++) {
        fleet.add(
            new HostInterval(
                "node-" + i * 7919 % 500,
                Optional.of("host-" + i % 50),
                Optional.of("cluster-1"),
                Optional.of("region-1"),
                Optional.of("type-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(START),
                START,
                START.plus(Duration.ofDays(60)),
                OptionalDouble.empty()));
      }
    }
    return workspace;
  }

  @Test
  void aFileWithAlteredRowsIsNamedWithWhatToDo() throws IOException {
    Workspace workspace = withNodes();
    Path file;
    try (Stream<Path> files = Files.list(workspace.hostIntervalsDirectory())) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    // The first column's data page, beyond the magic: whichever question reads a name meets it.
    for (int at = 40; at < 200; at++) bytes[at] ^= 0x5a;
    Files.write(file, bytes);

    assertThatThrownBy(
            () -> {
              try (LineList list = LineList.open(workspace);
                  Answer answer =
                      list.ask("SELECT count(DISTINCT k8s_node_name) FROM host_intervals")) {
                answer.next();
              }
            })
        .isInstanceOf(RegistryException.DamagedFile.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("move the file away");
  }

  @Test
  void whatAQueryItselfDoesWrongIsNoFilesFault() throws IOException {
    Workspace workspace = withNodes();
    try (LineList list = LineList.open(workspace)) {
      assertThatThrownBy(() -> list.ask("SELECT regexp_matches('a', '(')").next())
          .isInstanceOf(RegistryException.BadQuery.class);
      assertThat(DamagedFiles.among(java.util.List.of(workspace.hostIntervalsDirectory())))
          .isEmpty();
    }
  }
}
