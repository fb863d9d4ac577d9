package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectChangesCommandTest {

  @TempDir Path home;

  @BeforeEach
  void workspace() throws IOException {
    Workspace.init(home);
  }

  @Test
  void aTableBecomesTheCalendarAndASecondTimeChangesNothing() throws IOException {
    write(
        "c.csv",
        "at,kind,what,region\n2026-06-03,release,2026.23,\n2026-06-04,kernel,6.8,eastus2\n");
    Ran first = Ran.in(home, "collect-changes", "c.csv");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err())
        .contains(
            "Took 1 file.",
            "The calendar holds 2 changes:",
            "  1 kernel, 2026-06-04",
            "  1 release, 2026-06-03");
    Ran second = Ran.in(home, "collect-changes", "c.csv");
    assertThat(second.err()).contains("Took 0 files; 1 known already.", "2 changes");
    assertThat(Ran.in(home, "sql", "from changes order by 1").out())
        .isEqualTo(
            """
            changed_at\tkind\twhat\tk8s_cluster_name\tcloud_region\tk8s_node_name\turl
            2026-06-03T00:00:00Z\trelease\t2026.23\t\t\t\t
            2026-06-04T00:00:00Z\tkernel\t6.8\t\teastus2\t\t
            """);
  }

  @Test
  void whatTwoFilesSayIsOneChange() throws IOException {
    write("a.csv", "at,kind,what\n2026-06-03,release,2026.23\n");
    write(
        "b.ndjson",
        "{\"at\":\"2026-06-03T00:00:00Z\",\"kind\":\"release\",\"what\":\"2026.23\"}\n");
    assertThat(Ran.in(home, "collect-changes", "a.csv", "b.ndjson").err())
        .contains("Took 2 files.", "The calendar holds 1 change:");
  }

  @Test
  void aParquetFileIsATableToo() throws IOException {
    Ran.in(home, "sql", "select 1");
    write("a.csv", "at,kind,what\n2026-06-03,release,2026.23\n");
    Ran.in(home, "collect-changes", "a.csv");
    Path made;
    try (Stream<Path> files = Files.list(home.resolve("data/changes"))) {
      made = files.findFirst().orElseThrow();
    }
    assertThat(Ran.in(home, "collect-changes", made.toString()).err())
        .contains(made + ": expected a file from elsewhere, found one that this workspace wrote");
    Path other = home.resolve("other");
    Workspace.init(other);
    Ran ran = Ran.in(other, "collect-changes", made.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("1 release, 2026-06-03");
  }

  @Test
  void aWrongFileIsRefusedWholeAndTheOthersAreTaken() throws IOException {
    write("bad.csv", "at,kind,what\n2026-06-03,release,2026.23\nsoon,release,2026.24\n");
    write("good.csv", "at,kind,what\n2026-06-05,config,arena=off\n");
    Ran ran = Ran.in(home, "collect-changes", "bad.csv", "good.csv", "gone.csv", ".");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err())
        .contains(
            "bad.csv:3: changed_at: expected a moment",
            "gone.csv: expected a file, found none",
            ".: expected a file, found a directory",
            "Took 1 file; 3 refused.",
            "The calendar holds 1 change:");
  }

  @Test
  void aFileThatWasTakenIsKnownWhateverIsSaidOfItTheSecondTime() throws IOException {
    write("c.csv", "at,kind,what\n2026-06-03,release,2026.23\n");
    Ran.in(home, "collect-changes", "c.csv");
    Ran again = Ran.in(home, "collect-changes", "c.csv", "--cluster=prod-7");
    assertThat(again.code()).isZero();
    assertThat(again.err())
        .contains(
            "c.csv: known already, taken with another --kind or --cluster; to take it with these,"
                + " remove "
                + home.resolve("data/changes/changes-"),
            "Took 0 files; 1 known already.",
            "The calendar holds 1 change:");
    assertThat(Ran.in(home, "collect-changes", "c.csv").err()).doesNotContain("--cluster");
  }

  @Test
  void aWorkspaceThatCannotBeWrittenIsToldOnceAndNoFileIsBlamed() throws IOException {
    write("a.csv", "at,kind,what\n2026-06-03,release,2026.23\n");
    write("b.csv", "at,kind,what\n2026-06-05,config,arena=off\n");
    Path changes = home.resolve("data/changes");
    Files.writeString(changes, "in the way");
    Ran ran = Ran.in(home, "collect-changes", "a.csv", "b.csv");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILURE.number());
    assertThat(ran.err())
        .isEqualTo(
            "pumphandle: %1$s: cannot be written: %1$s is no directory%n".formatted(changes));
  }

  @Test
  void forAProgramThereIsATable() throws IOException {
    write("c.csv", "at,what\n2026-06-03,2026.23\n2026-06-10,2026.24\n");
    Ran ran = Ran.in(home, "collect-changes", "c.csv", "--kind", "release", "-o", "csv");
    assertThat(ran.out()).isEqualTo("kind,changes,first,last\nrelease,2,2026-06-03,2026-06-10\n");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(home.resolve(name), content);
  }
}
