package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A directory in, a line list out, as a user meets it.
class CollectCommandTest {

  @TempDir Path home;
  private Path cores;

  @BeforeEach
  void aWorkspaceAndADirectory() throws IOException {
    assertThat(Ran.in(home, "init").code()).isZero();
    cores = Files.createDirectory(home.resolve("cores"));
  }

  private static final Map<String, ForgedPatient> PATIENTS =
      ForgedPatients.all().stream().collect(Collectors.toMap(ForgedPatient::name, each -> each));

  private static ForgedPatient patient(String name) {
    return Objects.requireNonNull(PATIENTS.get(name));
  }

  private Path put(String patient, String fileName) throws IOException {
    Path core = cores.resolve(fileName);
    Files.createDirectories(core.getParent());
    patient(patient).write(core);
    return core;
  }

  private String ask(String sql) {
    Ran ran = Ran.in(home, "sql", sql);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out().lines().skip(1).reduce((a, b) -> a + "\n" + b).orElse("");
  }

  private static List<String> names() {
    return ForgedPatients.names();
  }

  @Test
  void everyCoreBecomesOneRowWithItsLabel() throws IOException {
    for (String name : names()) {
      put(name, "core." + name);
    }
    Ran ran = Ran.in(home, "collect", "cores");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ask("select count(*), count(distinct object_uri) from cases"))
        .isEqualTo(names().size() + "\t" + names().size());
  }

  @Test
  void aSecondRunReadsNothingAndSaysSo() throws IOException {
    put(names().getFirst(), "core.one");
    Ran.in(home, "collect", "cores");
    Ran again = Ran.in(home, "collect", "cores", "-o", "tsv");
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("Nothing new: 1 core known already");
    assertThat(again.out()).contains("passed\t1").contains("bytes_read\t0");
    assertThat(ask("select count(*) from cases")).isEqualTo("1");
  }

  @Test
  void aCoreThatChangedIsReadAgainAndStaysOneRow() throws IOException {
    Path core = put(names().get(0), "core.one");
    Ran.in(home, "collect", "cores");
    String before = ask("select case_id, object_version from cases");
    patient(names().get(1)).write(core);
    Files.setLastModifiedTime(core, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    assertThat(Ran.in(home, "collect", "cores").code()).isZero();
    String after = ask("select case_id, object_version from cases");
    assertThat(after).isNotEqualTo(before);
    assertThat(after.split("\t", -1)[0]).isEqualTo(before.split("\t", -1)[0]);
  }

  @Test
  void whatIsNoCoreIsARowWithAReasonAndTheRunGoesOn() throws IOException {
    put(names().getFirst(), "core.good");
    Files.writeString(cores.resolve("core.text"), "this is no core\n");
    Files.write(cores.resolve("core.empty"), new byte[0]);
    byte[] whole = patient(names().getFirst()).bytes();
    Files.write(cores.resolve("core.cut"), Arrays.copyOf(whole, whole.length / 2));
    Ran ran = Ran.in(home, "collect", "cores");
    assertThat(ran.code()).as(ran.err()).isEqualTo(3);
    assertThat(ask("select parse_filename(object_uri), read_state from cases order by 1"))
        .isEqualTo(
            "core.cut\ttruncated\ncore.empty\trefused\ncore.good\tcomplete\ncore.text\trefused");
    assertThat(ask("select read_problem from cases where object_uri like '%core.text'"))
        .contains("core.text")
        .contains("expected")
        .contains("found");
  }

  @Test
  void anEmptyDirectoryIsNoError() {
    Ran ran = Ran.in(home, "collect", "cores");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("no cores");
  }

  @Test
  void aPlaceThatIsNotThereIsOneClearErrorBeforeAnythingIsRead() throws IOException {
    put(names().getFirst(), "core.good");
    Ran ran = Ran.in(home, "collect", "cores", "nowhere");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("nowhere");
    assertThat(ran.err().strip().lines()).hasSize(1);
    assertThat(ask("select count(*) from cases")).isEqualTo("0");
  }

  @Test
  void withoutAWorkspaceItSaysHowToMakeOne(@TempDir Path elsewhere) {
    Ran ran = Ran.in(elsewhere, "collect", ".");
    assertThat(ran.code()).isNotZero();
    assertThat(ran.err()).contains("pumphandle init");
  }

  @Test
  void namesFillColumnsByThePattern() throws IOException {
    put(names().getFirst(), "prod-eu/node-7/core.web.4242.1767225600");
    Ran ran =
        Ran.in(
            home,
            "collect",
            "cores",
            "--key-pattern",
            "{k8s_cluster_name}/{k8s_node_name}/core.%e.%p.%t");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ask("select k8s_cluster_name, k8s_node_name, epoch(observed_at)::bigint from cases"))
        .isEqualTo("prod-eu\tnode-7\t1767225600");
  }

  @Test
  void aPatternThatCannotBeReadIsAUsageError() {
    Ran ran = Ran.in(home, "collect", "cores", "--key-pattern", "core.{k8s_node_name");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("core.{k8s_node_name");
  }

  @Test
  void aSidecarFillsTheRestAndIsNoCoreItself() throws IOException {
    Path core = put(names().getFirst(), "core.one");
    Files.writeString(
        core.resolveSibling("core.one.json"),
        "{\"cloud.region\": \"westeurope\", \"host_type\": \"L16s_v3\", \"ticket\": \"OPS-1\"}");
    assertThat(Ran.in(home, "collect", "cores").code()).isZero();
    assertThat(ask("select cloud_region, host_type, extra['ticket'] from cases"))
        .isEqualTo("westeurope\tL16s_v3\tOPS-1");
  }

  @Test
  void systemdsNamesAndItsCompressionAreUnderstood() throws IOException {
    String name =
        "core.my\\x2dserver.1000.0123456789abcdef0123456789abcdef.4242.1767225600000000.zst";
    Files.write(cores.resolve(name), Zstd.compress(patient(names().getFirst()).bytes()));
    Ran ran = Ran.in(home, "collect", "cores");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ask("select host_boot_id, epoch(observed_at)::bigint, read_state from cases"))
        .isEqualTo("0123456789abcdef0123456789abcdef\t1767225600\tcomplete");
  }

  @Test
  void aCompressedCoreIsReadOnlyAsFarAsItMay() throws IOException {
    byte[] whole = patient(names().getFirst()).bytes();
    Files.write(cores.resolve("core.one.zst"), Zstd.compress(whole));
    Ran ran = Ran.in(home, "collect", "cores", "--scan-limit", "8K");
    assertThat(ran.code()).as(ran.err()).isIn(0, 3);
    assertThat(
            ask("select read_state <> 'complete', read_problem like '%--scan-limit%' from cases"))
        .isEqualTo("true\ttrue");
  }

  @Test
  void onlyWhatIsNewEnoughIsRead() throws IOException {
    Path old = put(names().get(0), "core.old");
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    put(names().get(1), "core.new");
    assertThat(Ran.in(home, "collect", "cores", "--since", "7d").code()).isZero();
    assertThat(ask("select parse_filename(object_uri) from cases")).isEqualTo("core.new");
  }

  @Test
  void aDryRunReadsAndWritesNothing() throws IOException {
    put(names().getFirst(), "core.one");
    Ran ran = Ran.in(home, "collect", "cores", "--dry-run", "-o", "tsv");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("begun\t1").contains("bytes_read\t0");
    assertThat(ask("select count(*) from cases")).isEqualTo("0");
  }

  @Test
  void wrongWordsAreUsageErrors() {
    for (List<String> wrong :
        List.of(
            List.of("collect"),
            List.of("collect", "cores", "--jobs", "many"),
            List.of("collect", "cores", "--jobs", "0"),
            List.of("collect", "cores", "--since", "soon"),
            List.of("collect", "cores", "--scan-limit", "lots"),
            List.of("collect", "cores", "--no-such-flag"))) {
      Ran ran = Ran.in(home, wrong.toArray(String[]::new));
      assertThat(ran.code()).as(wrong + ran.err()).isEqualTo(2);
      assertThat(ran.err()).as(wrong.toString()).isNotBlank();
    }
  }

  @Test
  void aReaderThatGoesAwayIsNoError() throws IOException {
    put(names().getFirst(), "core.one");
    Ran.in(home, "collect", "cores");
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Ran ran = Ran.writingTo(gone, home, "list");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void wordsOfTheStackAreMaskedUnlessTheWorkspaceSaysOtherwise() throws IOException {
    put(names().getFirst(), "core.one");
    Ran.in(home, "collect", "cores");
    String kinds =
        "select count(*) from (select unnest(stack_words) w, unnest(stack_word_kinds) k from cases)"
            + " where k = 'data' and w is not null";
    assertThat(ask(kinds)).isEqualTo("0");
  }

  @Test
  void nothingTemporaryStaysBehind() throws IOException {
    put(names().getFirst(), "core.one");
    Ran.in(home, "collect", "cores");
    try (Stream<Path> files = Files.list(home.resolve("data/cases"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .hasSize(1)
          .allMatch(name -> name.endsWith(".parquet"));
    }
  }
}
