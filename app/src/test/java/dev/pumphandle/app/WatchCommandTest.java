package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private WatchedFleet fleet;

  @BeforeEach
  void aLineListOfThreeQuietMonths() throws IOException {
    fleet = new WatchedFleet(directory);
  }

  @Test
  void whatIsAsUsualIsNoAlert() throws IOException {
    fleet.crash("node-1", Duration.ofHours(2));

    Ran ran = fleet.watch("--exit-code");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("return-to-null\tall\tas expected\t1\t");
    assertThat(ran.err()).contains("Learnt from 79 days").contains("once in 30 days");
  }

  @Test
  void withoutAnyCaseThereIsNoPastToLearnFrom() throws IOException {
    Path empty = directory.resolve("empty");
    Workspace.init(empty);

    Ran ran = Ran.in(empty, "watch", "--once");

    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains("There is no past to learn from");
  }

  @Test
  void anOutbreakIsAnAlertWithItsNewHosts() throws IOException {
    fleet.outbreak();

    Ran ran = fleet.watch("--exit-code");

    assertThat(ran.code()).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(ran.out())
        .contains("return-to-null\tall\tALERT\t5\t")
        .contains("5 cases since")
        .contains("5 hosts, 5 of them new: node-0 (1, new)");
  }

  @Test
  void anAlertIsToldOnceAcrossRestarts() throws IOException {
    fleet.outbreak();
    assertThat(fleet.watch("--exit-code").code()).isEqualTo(10);

    Ran again = fleet.watch("--exit-code");

    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("return-to-null\tall\tALERT\t5\t");
  }

  @Test
  void aLookFarBackTellsEveryOutbreakSinceAndTheNextLookSaysTheSame() throws IOException {
    for (int day : new int[] {15, 30}) {
      for (int i = 0; i < 6; i++) {
        fleet.crash("node-" + day + i, Duration.ofDays(day).minusHours(6).plusMinutes(i));
      }
    }

    fleet.crash("node-1", Duration.ofHours(2));

    Ran first = Ran.onTerminal(directory, 120, "watch", "--once", "--since", "40d", "--exit-code");
    Ran second = Ran.onTerminal(directory, 120, "watch", "--once", "--exit-code");

    assertThat(first.code()).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(
            first
                .out()
                .lines()
                .filter(line -> line.startsWith("OVER return-to-null: 6 cases from")))
        .as(first.out())
        .hasSize(2);
    assertThat(second.code()).isZero();
    assertThat(second.out()).doesNotContain("OVER");
    assertThat(rows(second)).isEqualTo(rows(first)).isNotEmpty();
  }

  @Test
  void aReceiverThatDoesNotListenIsSaidToBeNotReachedInWords() throws IOException {
    int nobody;
    try (java.net.ServerSocket closedAtOnce = new java.net.ServerSocket(0)) {
      nobody = closedAtOnce.getLocalPort();
    }
    fleet.outbreak();

    assertThat(fleet.watch("--webhook", "http://127.0.0.1:" + nobody + "/").err())
        .contains("webhook 127.0.0.1: not reached (nobody listens there); kept for the next look");
  }

  @Test
  void aFileThatHadToBeLeftOutIsNamedAndTheWatchEndsSo() throws IOException {
    Files.writeString(directory.resolve("data/cases/cut.parquet"), "PAR1 and no more");

    Ran ran = fleet.watch();

    assertThat(ran.code()).isEqualTo(ExitCode.SOME_UNREADABLE.number());
    assertThat(ran.err()).contains("cut.parquet");
    assertThat(Ran.in(directory, "denylist", "suggest").code()).isEqualTo(3);
    assertThat(Ran.in(directory, "denylist", "export").code()).isEqualTo(3);
  }

  private static List<String> rows(Ran ran) {
    return ran.out().lines().filter(line -> line.contains(" all ")).toList();
  }

  @Test
  void everyFormatHasTheStreamsOfOneLookAndProgramsGetTheAlertsByThemselves() throws IOException {
    for (int i = 0; i < 6; i++) {
      fleet.crash("node-" + i, Duration.ofDays(20).minusHours(6).plusMinutes(i));
    }
    fleet.crash("node-1", Duration.ofHours(2));

    JsonNode look =
        JSON.readTree(Ran.in(directory, "watch", "--once", "--since", "40d", "-o", "json").out());
    assertThat(fleet.watch("-o", "ndjson").out()).contains("\"label\":\"return-to-null\"");

    JsonNode raised = look.get("new_alerts");
    assertThat(raised).hasSize(1);
    assertThat(raised.get(0).get("status").asText()).isEqualTo("resolved");
    assertThat(raised.get(0).get("observed").asDouble()).isEqualTo(6);
    assertThat(raised.get(0).get("expected").asDouble()).isPositive().isLessThan(2);
    assertThat(look.get("alerts")).isEmpty();
  }

  @Test
  void anAlertThatWasRememberedButNotToldIsTold() throws IOException {
    fleet.outbreak();
    fleet.watch();
    Path state = directory.resolve("data/watch/state.json");
    Files.writeString(
        state, Files.readString(state).replace("\"told\" : true", "\"told\" : false"));

    assertThat(fleet.watch("--exit-code").code()).isEqualTo(10);
  }

  @Test
  void aLongWatchDatesAnOldOutbreakAndSaysThatItIsOver() throws IOException {
    for (int i = 0; i < 6; i++) {
      fleet.crash("node-" + i, Duration.ofDays(20).minusHours(6).plusMinutes(i));
    }

    Ran first = Ran.in(directory, "watch", "--once", "--since", "30d", "-o", "json");
    JsonNode seen = JSON.readTree(first.out());

    assertThat(seen.path("alerts")).isEmpty();
    assertThat(seen.path("new_alerts")).hasSize(1);
    assertThat(seen.path("new_alerts").get(0).path("observed").asDouble()).isGreaterThan(2);
  }

  @Test
  void aSecondOutbreakIsASecondAlert() throws IOException {
    fleet.outbreak();
    for (int i = 0; i < 6; i++) {
      fleet.crash("other-" + i, Duration.ofDays(20).minusHours(6).plusMinutes(i));
    }

    Ran ran = Ran.in(directory, "watch", "--once", "--since", "30d", "-o", "json");
    JsonNode seen = JSON.readTree(ran.out());

    assertThat(seen.path("new_alerts")).hasSize(2);
    assertThat(seen.path("alerts")).hasSize(1);
  }

  @Test
  void programsGetTheWholeLook() throws IOException {
    fleet.outbreak();

    JsonNode look = JSON.readTree(fleet.watch("-o", "json").out());

    assertThat(look.path("days_per_false_alarm").asDouble()).isEqualTo(30);
    assertThat(look.path("exposure").asText()).isEqualTo("days");
    JsonNode alert = look.path("new_alerts").get(0);
    assertThat(alert.path("label").asText()).isEqualTo("return-to-null");
    assertThat(alert.path("status").asText()).isEqualTo("firing");
    assertThat(alert.path("hosts")).hasSize(5);
  }

  @Test
  void metricsAreWrittenForTheTextfileCollector() throws IOException {
    fleet.outbreak();

    fleet.watch("--metrics-file", "watch.prom");

    assertThat(Files.readString(directory.resolve("watch.prom")))
        .contains("pumphandle_watch_alert{label=\"return-to-null\",region=\"\"} 1.0")
        .contains("pumphandle_watch_observed_cases{label=\"return-to-null\",region=\"\"} 5.0")
        .contains("pumphandle_watch_alerts_total 1.0")
        .contains("pumphandle_watch_last_look_timestamp_seconds");
  }

  @Test
  void aMetricsFileThatCannotBeIsToldBeforeTheFirstLook() throws IOException {
    fleet.outbreak();

    Ran ran = fleet.watch("--metrics-file", "nowhere/watch.prom");

    assertThat(ran.code()).isEqualTo(ExitCode.FAILURE.number());
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "pumphandle: watch: --metrics-file: %s: expected a file in a directory that can be written, found none%n"
                .formatted(directory.resolve("nowhere/watch.prom")));
    assertThat(directory.resolve("data/watch")).doesNotExist();
  }

  @Test
  void regionsAreWatchedByThemselvesOnRequest() throws IOException {
    fleet.outbreak();

    Ran ran = fleet.watch("--by-region");

    assertThat(ran.out()).contains("return-to-null\teastus2\tALERT\t5\t");
  }

  @Test
  void aDamagedStateIsNamedAndNothingIsWritten() throws IOException {
    Path state = directory.resolve("data/watch/state.json");
    Files.createDirectories(state.getParent());
    Files.writeString(state, "{\"format\": 1, \"alerts\": [{");

    Ran ran = fleet.watch();

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("state.json: expected what a watch remembers");
    assertThat(Files.readString(state)).endsWith("[{");
  }

  @Test
  void wrongWordsAreUsageErrors() {
    for (List<String> wrong :
        List.of(
            List.of("watch", "--exit-code"),
            List.of("watch", "--once", "--every", "soon"),
            List.of("watch", "--once", "--since", "2999-01-01"),
            List.of("watch", "--once", "--false-alarm-every", "5m"),
            List.of("watch", "--once", "--webhook", "alerts.example.org"),
            List.of("watch", "--once", "--metrics-port", "70000"))) {
      Ran ran = Ran.in(directory, wrong.toArray(String[]::new));
      assertThat(ran.code()).as("%s: %s", wrong, ran.err()).isEqualTo(ExitCode.USAGE.number());
      assertThat(ran.err()).contains("expected");
    }
  }
}
