package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logs of a simulated fleet, read like anybody's: is each death counted once, and do the lines say
/// no more and no less than what was planted?
class SimulatedLogsTest {

  private static final int LOGS = 120;

  @TempDir Path home;

  /// A death as `truth/logs.tsv` has it.
  private record Told(String key, String by, boolean recorded, String label, String cause) {}

  @Test
  void aDeathIsCountedOnceWhetherARecordTellsItOrALogOrBoth() throws IOException {
    Path fleet = simulated("fleet", "--logs", "" + LOGS);
    Ran read = run(fleet, "collect-logs", "logs");
    assertThat(read.err()).contains(LOGS + " new rows: glog ", "kernel ", "sentinel ");

    assertThat(ask(fleet, "SELECT count(*) FROM facts WHERE evidence IS NOT NULL"))
        .containsExactly("" + LOGS);
    assertThat(
            ask(
                fleet,
                "SELECT count(*) FILTER (WHERE evidence IS NOT NULL),"
                    + " count(*) FILTER (WHERE evidence IS NULL AND len(evidence_kinds) = 2),"
                    + " count(DISTINCT match_certainty), min(match_certainty),"
                    + " count(*) + sum(len(coalesce(also_told_by, [])))::BIGINT"
                    + " = (SELECT count(*) FROM facts) FROM labelled"))
        .as("told by a log only, by both, how they match, and no row lost")
        .containsExactly((LOGS / 2) + "\t" + (LOGS / 2) + "\t1\tsure\ttrue");
    assertThat(
            ask(
                fleet,
                "SELECT count(*) FROM labelled WHERE evidence IS NOT NULL AND fleet_joined_by IS"
                    + " DISTINCT FROM 'node name' AND fleet_joined_by IS DISTINCT FROM 'host name'"))
        .as("deaths that the inventory has no place for")
        .containsExactly("0");
  }

  @Test
  void linesWithRegistersAreLabelledAsTheirCoresWouldBeAndOthersSayNothingElse()
      throws IOException {
    Path fleet = simulated("fleet", "--logs", "" + LOGS);
    run(fleet, "collect-logs", "logs");
    Map<String, String> labels = new TreeMap<>();
    for (String row :
        ask(
            fleet,
            "SELECT coalesce(k8s_node_name, host_name) || ' ' || process_pid, label FROM labelled"
                + " WHERE evidence IS NOT NULL")) {
      String[] cells = row.split("\t", -1);
      labels.put(cells[0], cells[1]);
    }
    List<Told> alone = truth(fleet).stream().filter(told -> !told.recorded()).toList();
    List<String> wrong = new ArrayList<>();
    for (Told told : alone) {
      String label = labels.getOrDefault(told.key(), "none");
      boolean agrees = label.equals(told.label());
      if (!agrees && (told.by().equals("sentinel") || !saysLess(label, told.label()))) {
        wrong.add(told + " labelled " + label);
      }
    }
    assertThat(labels).hasSameSizeAs(alone);
    assertThat(wrong).isEmpty();
    assertThat(alone.stream().filter(told -> told.by().equals("sentinel")).map(Told::cause))
        .contains("bad-host", "race");
    assertThat(alone.stream().filter(told -> told.cause().equals("bad-host")).map(Told::label))
        .contains("misaligned-stack");
  }

  // Without words of the stack a race is no more than a return to where it went.
  private static boolean saysLess(String label, String truth) {
    return label.equals("other")
        || (truth.equals("unwinder-race") && label.equals("return-to-null"));
  }

  @Test
  void aCoreAndALogOfOneDeathTellOfTheSameRegisters() throws IOException {
    Path fleet = simulated("fleet", "--logs", "40", "--cores", "60");
    run(fleet, "collect", "cores");
    run(fleet, "collect-logs", "logs");
    List<String> both =
        ask(
            fleet,
            "SELECT c.fault_pc = l.fault_pc AND coalesce(c.fault_sp = l.fault_sp, true)"
                + " FROM facts c JOIN facts l ON c.process_pid = l.process_pid"
                + " AND c.k8s_node_name = coalesce(l.k8s_node_name, l.host_name)"
                + " WHERE c.core_origin = 'kernel' AND c.object_version <> 'simulated'"
                + " AND l.evidence IS NOT NULL");
    assertThat(both).hasSizeGreaterThan(5).containsOnly("true");
  }

  @Test
  void equalSeedsWriteEqualLogs() throws IOException {
    Map<String, String> one = files(simulated("one", "--logs", "20"));
    Map<String, String> other = files(simulated("other", "--logs", "20"));
    assertThat(one).isNotEmpty().isEqualTo(other);
  }

  @Test
  void theNextCommandIsSuggestedAndNonsenseRefused() throws IOException {
    Path fleet = home.resolve("fleet");
    Ran made =
        Ran.watched(
            home, "simulate", fleet.toString(), "--nodes", "60", "--days", "60", "--logs", "2");
    assertThat(made.err())
        .contains("Next: pumphandle --workspace " + fleet + " collect-logs " + fleet + "/logs\n");
    assertThat(Ran.in(home, "simulate", home.resolve("x").toString(), "--logs", "-1").err())
        .contains("--logs: expected at least 0, found -1");
  }

  private Path simulated(String name, String... more) {
    Path fleet = home.resolve(name);
    List<String> words =
        new ArrayList<>(List.of("simulate", fleet.toString(), "--nodes", "60", "--days", "60"));
    words.addAll(List.of("--last-day", "2026-06-30"));
    words.addAll(List.of(more));
    run(home, words.toArray(String[]::new));
    return fleet;
  }

  private static List<Told> truth(Path fleet) throws IOException {
    return Files.readAllLines(fleet.resolve("truth/logs.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(
            cells ->
                new Told(
                    cells[0] + " " + cells[1],
                    cells[3],
                    cells[4].equals("yes"),
                    cells[5],
                    cells[6]))
        .toList();
  }

  private static Map<String, String> files(Path fleet) throws IOException {
    try (Stream<Path> logs = Files.list(fleet.resolve("logs"))) {
      return Stream.concat(logs, Stream.of(fleet.resolve("truth/logs.tsv")))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(), SimulatedLogsTest::text, (a, _) -> a));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ran run(Path directory, String... words) {
    Ran ran = Ran.in(directory, words);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran;
  }

  private static List<String> ask(Path fleet, String sql) {
    return run(fleet, "sql", sql).out().lines().skip(1).toList();
  }
}
