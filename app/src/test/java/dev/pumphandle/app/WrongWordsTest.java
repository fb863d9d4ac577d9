package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.FleetWriter;
import dev.pumphandle.registry.HostInterval;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Words that mean nothing to the commands over a population, and workspaces with nothing in them:
/// one sentence, and never a figure that looks like an answer.
class WrongWordsTest {

  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  @TempDir Path directory;

  @BeforeEach
  void anInventoryAndNoCase() throws IOException {
    Workspace workspace = Workspace.init(directory);
    CaseWriter.open(workspace).close();
    try (FleetWriter fleet = FleetWriter.open(workspace)) {
      fleet.add(
          new HostInterval(
              "node-1",
              Optional.of("host-1"),
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

  private Ran ran(String line) {
    return Ran.in(directory, line.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "investigate --replicates -5 | --replicates: expected at least 39, found -5",
        "investigate --replicates 38 | --replicates: expected at least 39, found 38",
        "investigate --since 2025-02-01 --until 2025-01-01 | --until: expected a time after --since",
        "simulate new --nodes 23 | --nodes: expected at least 24, found 23",
        "simulate new --days 1 | --days: expected at least 2, found 1",
        "simulate new --scenario nosuch | expected one of two-diseases, none, bad-host, bad-kernel, ",
        "race --observed -1 --period 1s --operations 5/s | --observed: expected at least 0, found -1",
        "race --period 1s --operations 5/s | race: expected either --window or --observed",
        "show --stack 513 abc | show: --stack: expected 1 to 512, found 513",
        "label --test cases | label: --test: expected a file with one definition, found the directory",
        "watch --metrics-port -1 | watch: --metrics-port: expected a number from 0 to 65535, found -1",
        "watch --metrics-address 127.0.0.1 | watch: --metrics-address: expected --metrics-port beside",
        "watch --history 23h | watch: --history: expected at least 1d, found '23h'",
        "collect-changes --kind= x | collect-changes: --kind: expected a word, found none",
        "denylist suggest --as gcp | denylist: expected --as with export only",
        "denylist export --reason why | denylist: expected --review-by, --reason and --force with add",
        "denylist clear | denylist clear: expected a host, found none",
        "hosts --limit -1 | --limit: expected at least 1, found -1",
        "compare label:other --limit 0 | --limit: expected at least 1, found 0",
        "list --limit -1 | --limit: expected at least 0, found -1",
        "hosts --label nosuch | --label: 'nosuch': expected one of ",
        "evaluate --since 2025-01-20 --label nosuch | --label: 'nosuch': expected one of ",
        "curve --where nosuch=1 | --where: 'nosuch=1': Binder Error: Referenced column",
        "investigate --where rip= | --where: 'rip=': Parser Error: syntax error",
        "list --where rip= | --where: 'rip=': Parser Error: syntax error",
        "simulate new --cases 0 | --cases: expected at least 1, found 0",
        "simulate new --cores -1 | --cores: expected at least 0, found -1",
        "simulate new --crashes-per-node-day -1 | --crashes-per-node-day: expected 0 to ",
        "simulate new --days 100000000 | expected at most 365000000 days of nodes, found ",
        "simulate new --last-day foo | --last-day: expected a day such as 2025-06-03, found 'foo'",
        "race --period 1e400s --operations 5/s --window 1ns | --period: expected a value above 0",
        "race --load --where rip= | --where: 'rip=': Parser Error: syntax error"
      })
  void isAWrongCommandLine(String line, String sentence) {
    Ran ran = ran(line);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(sentence).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"--host,host_physical_id", "--release,service_version"})
  void aHostOrReleaseThatNobodyKnowsIsNotSaidToBeCured(String option, String column) {
    Ran ran = ran("evaluate --since 2025-01-20 " + option + " nosuch");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains(
            "expected host-time in the inventory where " + column + " = 'nosuch', found none");
  }

  @Test
  void aQueryWithOneNameTwiceLosesNoValueAndBytesAreHex() {
    assertThat(
            Ran.in(directory, "sql", "select 'ab'::blob as x, 1 as a, 2 as a", "-o", "ndjson")
                .out())
        .isEqualTo("{\"x\":\"\\\\x6162\",\"a\":1,\"a_1\":2}\n");
  }

  @Test
  void aRaceGivesItsFiguresToProgramsAndCountsBeyondThirtyTwoBits() {
    assertThat(
            ran("race --window 100ps --period 10ms --operations 20000/s --hosts 50 -o csv").out())
        .isEqualTo(
            """
            hit_probability,per_host_day,expected,by_chance_lower,by_chance_upper,at_least_one
            1.0E-8,17.3,25900,25700,26200,1
            """);
    assertThat(
            ran("race --observed 390 --period 10ms --operations 0.5/s --hosts 10000 -o csv").out())
        .isEqualTo("window_seconds,lower,upper\n3.01E-10,2.72E-10,3.32E-10\n");
    assertThat(
            ran("race --window 100ps --period 10ms --operations 20000/s --hosts 9999999999999")
                .out())
        .contains("such fleets see 5.2e+15 to 5.2e+15;");
  }

  @Test
  void settingsThatAreNoTextAreNamed() throws IOException {
    Files.write(directory.resolve("pumphandle.toml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(ran("label").err()).endsWith("pumphandle.toml: expected UTF-8, found other bytes\n");
  }

  @Test
  void aDefinitionThatIsRefusedIsNamedWithItsLine() throws IOException {
    Path file = directory.resolve("cases/return-to-null.sql");
    List<String> lines = Files.readAllLines(file);
    int line = 0;
    while (lines.get(line).startsWith("--") || !lines.get(line).contains("control_arrived")) line++;
    lines.set(line, lines.get(line).replace("control_arrived", "contrl_arrived"));
    Files.write(file, lines);
    assertThat(ran("label").err())
        .contains("return-to-null.sql: line " + (line + 1) + ": ")
        .contains("contrl_arrived");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ''                    | expected a list of hosts, found an empty file
          '\\n'                  | expected a list of hosts, found an empty file
          '{}'                  | expected a list of hosts, found one that holds object
          'null'                | expected a list of hosts, found one that holds null
          '[] [{"host":"h"}]'   | line 1: Trailing token
          '[{"host":"h"'        | line 1: Unexpected end-of-input
          """)
  void aDamagedDenylistIsNeverAnEmptyOne(String content, String message) throws IOException {
    Path file = directory.resolve("denylist.json");
    String damaged = content.replace("'", "").replace("\\n", "\n");
    Files.writeString(file, damaged);
    for (String line :
        List.of(
            "denylist list",
            "denylist export",
            "denylist clear host-1",
            "denylist add host-1 --force --review-by 2999-01-01")) {
      Ran ran = ran(line);
      assertThat(ran.code()).as(line).isEqualTo(ExitCode.FAILURE.number());
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).startsWith("pumphandle: " + file + ": " + message);
    }
    assertThat(file).hasContent(damaged);
  }

  @Test
  void aDeniedHostOnWhichNobodyLivesIsNamedAtExport() {
    ran("denylist add nosuch --force --review-by 2999-01-01");
    ran("denylist add host-1 --force --review-by 2999-01-01");
    Ran ran = ran("denylist export");
    assertThat(ran.out()).isEqualTo("node-1\n");
    assertThat(ran.err())
        .isEqualTo(
            "denylist export: nosuch: by the newest inventory no node lives on it; left out.\n");
  }

  @Test
  void aReasonOfSeveralLinesIsRefused() {
    Ran ran =
        Ran.in(
            directory,
            "denylist",
            "add",
            "host-1",
            "--review-by",
            "2999-01-01",
            "--reason",
            "a\nrm -rf /");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--reason: expected one line of text");
  }

  @Test
  void withoutACaseEvaluateHasNothingToCompare() {
    Ran ran = ran("evaluate --since 2025-01-20");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("0 cases in 19 host-days")
        .endsWith("No case on either side: there is nothing to compare.\n");
  }

  @Test
  void programsGetFiguresOfAnEvaluationAndNoSentence() {
    assertThat(ran("evaluate --since 2025-01-20 -o csv").out())
        .isEqualTo(
            """
            cases_before,host_days_before,cases_since,host_days_since,cases_without_host_time,rate_ratio,lower,upper
            0,19,0,41,0,,,
            """);
  }

  @Test
  void emptyTablesSayWhyTheyAreEmpty() {
    assertThat(ran("curve").err()).contains("No case meets the question");
    assertThat(ran("compare label:other").err())
        .contains("A has 0 episodes, B has 0 episodes. Nothing is more common in A.");
  }

  @Test
  void anEmptyWorkspaceIsNoFailure() throws IOException {
    Path empty = directory.resolve("empty");
    Workspace.init(empty);
    for (String line : List.of("curve", "evaluate --since 2025-01-20", "investigate")) {
      Ran ran = Ran.in(empty, line.split(" ", -1));
      assertThat(ran.code()).as(line + ran.err()).isZero();
    }
  }
}
