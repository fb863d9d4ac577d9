package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompactionTest {

  private static final Instant COLLECTED = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path directory;
  private Workspace workspace;

  @BeforeEach
  void aWorkspace() throws IOException {
    workspace = Workspace.init(directory);
  }

  private static CaseRow row(int n, Instant collected) {
    return CaseRow.builder()
        .put(IdentityColumns.CASE_ID, "%016x".formatted(n))
        .put(IdentityColumns.OBJECT_URI, "file:/cores/core." + n)
        .put(IdentityColumns.OBJECT_VERSION, "v" + collected.getEpochSecond())
        .put(IdentityColumns.READ_STATE, "complete")
        .put(IdentityColumns.COLLECTED_AT, collected)
        .build();
  }

  /// One file for each number: a batch of one row.
  private void batches(int from, int to, Instant collected) throws IOException {
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      for (int n = from; n < to; n++) {
        writer.append(row(n, collected));
        writer.flush();
      }
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(workspace.casesDirectory())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .sorted()
          .toList();
    }
  }

  private List<String> ids() throws IOException {
    try (LineList list = LineList.open(workspace);
        Answer answer = list.ask("SELECT case_id FROM facts ORDER BY 1")) {
      Stream.Builder<String> ids = Stream.builder();
      while (answer.next()) {
        ids.add(answer.value(0).orElseThrow().toString());
      }
      assertThat(list.problems()).isEmpty();
      return ids.build().toList();
    }
  }

  private static List<String> numbers(int to) {
    return IntStream.range(0, to).mapToObj("%016x"::formatted).toList();
  }

  @Test
  void sixteenSmallFilesBecomeOneAndEveryRowIsStillThereOnce() throws IOException {
    batches(0, 16, COLLECTED);

    assertThat(Compaction.run(workspace)).isEqualTo(new Compaction.Outcome(16, 1));
    assertThat(files()).hasSize(1);
    assertThat(ids()).isEqualTo(numbers(16));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2000, 4"})
  void aRowGroupHoldsAsManyRowsAsFitBeforeTheyAreCompressed(int letters, int groups)
      throws Exception {
    // Each text is another one, so no dictionary holds it, and all pack to next to nothing.
    String text = "x".repeat(letters);
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      for (int n = 0; n < 16 * 512; n++) {
        String name = "%s%04x".formatted(text, n);
        writer.append(
            row(n, COLLECTED).toBuilder().put(ProcessColumns.PROCESS_COMMAND_LINE, name).build());
        if (n % 512 == 511) {
          writer.flush();
        }
      }
    }

    assertThat(Compaction.run(workspace)).isEqualTo(new Compaction.Outcome(16, 1));
    Path merged = workspace.casesDirectory().resolve(files().getFirst());
    assertThat(Files.size(merged)).isLessThan(1L << 20);
    try (DuckDBConnection engine = Engine.open("256MB", 1);
        Statement statement = engine.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(DISTINCT row_group_id) FROM parquet_metadata("
                    + Engine.literal(merged)
                    + ")")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(groups);
    }
  }

  @Test
  void fifteenAreLeftAsTheyAre() throws IOException {
    batches(0, 15, COLLECTED);

    assertThat(Compaction.run(workspace)).isEqualTo(new Compaction.Outcome(0, 0));
    assertThat(files()).hasSize(15);
  }

  @Test
  void aQuestionWhoseFilesWereMergedMeanwhileIsAskedOfTheMergedOne() throws IOException {
    batches(0, 16, COLLECTED);
    try (LineList begunBefore = LineList.open(workspace)) {
      Compaction.run(workspace);
      assertThat(files()).hasSize(1);
      try (Answer answer = begunBefore.ask("SELECT count(*) FROM cases")) {
        assertThat(answer.next()).isTrue();
        assertThat(answer.value(0)).contains(16L);
      }
    }
  }

  @Test
  void aMergeKilledBeforeItsFilesWereDeletedLeavesNoRowTwiceAndTheNextOneDeletesThem()
      throws IOException {
    batches(0, 16, COLLECTED);
    Path aside = Files.createDirectory(directory.resolve("aside"));
    for (String file : files()) {
      Files.copy(workspace.casesDirectory().resolve(file), aside.resolve(file));
    }
    Compaction.run(workspace);
    try (Stream<Path> saved = Files.list(aside)) {
      for (Path file : saved.toList()) {
        Files.copy(file, workspace.casesDirectory().resolve(file.getFileName()));
      }
    }
    assertThat(files()).hasSize(17);
    try (LineList list = LineList.open(workspace);
        Answer answer = list.ask("SELECT count(*) FROM stored")) {
      assertThat(answer.next()).isTrue();
      assertThat(answer.value(0)).contains(16L);
    }
    Compaction.run(workspace);
    assertThat(files()).hasSize(1);
    assertThat(ids()).isEqualTo(numbers(16));
  }

  @Test
  void aRowCollectedAgainIsShownAsItWasLastWhetherMergedOrNot() throws IOException {
    Instant later = COLLECTED.plusSeconds(60);
    batches(0, 16, COLLECTED);
    batches(3, 4, later);
    Compaction.run(workspace);

    try (LineList list = LineList.open(workspace);
        Answer answer =
            list.ask("SELECT count(*), max(object_version) FROM facts WHERE case_id LIKE '%3'")) {
      assertThat(answer.next()).isTrue();
      assertThat(answer.value(0)).contains(1L);
      assertThat(answer.value(1)).contains("v" + later.getEpochSecond());
    }
  }

  @Test
  void mergedFilesAreMergedAgainAndNothingComesBack() throws IOException {
    for (int i = 0; i < 4; i++) {
      batches(16 * i, 16 * i + 16, COLLECTED);
    }
    Compaction.run(workspace);
    assertThat(files().size()).isLessThan(16);
    assertThat(ids()).isEqualTo(numbers(64));
  }

  @Test
  void aMergeThatAnotherProcessIsAtIsLeftToIt() throws Exception {
    batches(0, 16, COLLECTED);
    Path lock = workspace.casesDirectory().resolve(".lock");
    try (var channel =
            java.nio.channels.FileChannel.open(
                lock,
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(Compaction.run(workspace)).isEqualTo(new Compaction.Outcome(0, 0));
    }
  }

  @Test
  void aDamagedFileIsNamedAndTheOthersAreMerged() throws IOException {
    batches(0, 17, COLLECTED);
    Path damaged = workspace.casesDirectory().resolve(files().getFirst());
    byte[] bytes = Files.readAllBytes(damaged);
    java.util.Arrays.fill(bytes, bytes.length - 60, bytes.length - 8, (byte) 0x55);
    Files.write(damaged, bytes);

    assertThat(Compaction.run(workspace).merged()).isEqualTo(16);
    try (LineList list = LineList.open(workspace)) {
      assertThat(list.problems()).hasSize(1);
      assertThat(list.problems().getFirst().file()).isEqualTo(damaged);
    }
  }
}
