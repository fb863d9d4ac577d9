package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.FleetWriter;
import dev.pumphandle.registry.HostInterval;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Line lists and inventories as they come: each flaw is said in one sentence, and the rest goes
/// on.
class InvestigateCommandTest {

  private static final Instant START = Instant.parse("2025-03-01T00:00:00Z");
  private static final int DAYS = 40;
  private static final int NODES = 40;

  @TempDir Path directory;
  private int serial;

  private Ran investigated() {
    return Ran.in(directory, "investigate", "--replicates", "99");
  }

  private void crashes(CaseWriter writer, int count, boolean cases) throws IOException {
    for (int i = 0; i < count; i++) {
      int node = i * 7 % NODES;
      writer.append(crash(node, i * 11 % DAYS, cases).build());
    }
  }

  private CaseRow.Builder crash(int node, int day, boolean isCase) {
    serial++;
    return CaseRow.builder()
        .put(IdentityColumns.CASE_ID, "%016x".formatted(serial * 0x1234_5678_9L))
        .put(IdentityColumns.OBJECT_URI, "file:///cores/core." + serial)
        .put(IdentityColumns.READ_STATE, "complete")
        .put(IdentityColumns.OBSERVED_AT, START.plus(Duration.ofDays(day)).plusSeconds(serial))
        .put(SignalColumns.SIGNAL_NUMBER, 11)
        .put(PlaceColumns.K8S_NODE_NAME, "node-" + node)
        .put(StackColumns.SIGNATURE, "work | main")
        .put(ControlColumns.CONTROL_ARRIVED, isCase ? "returned" : "ran");
  }

  private static HostInterval stretch(int node, int fromDay, int toDay) {
    return new HostInterval(
        "node-" + node,
        Optional.of("host-" + node / 4),
        Optional.of("cluster-" + node % 2),
        Optional.of("region-" + node % 2),
        Optional.of("type-" + node % 3),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(START),
        START.plus(Duration.ofDays(fromDay)),
        START.plus(Duration.ofDays(toDay)),
        OptionalDouble.empty());
  }

  private Workspace withInventory() throws IOException {
    Workspace workspace = Workspace.init(directory);
    try (FleetWriter fleet = FleetWriter.open(workspace)) {
      for (int node = 0; node < NODES; node++) fleet.add(stretch(node, 0, DAYS));
    }
    return workspace;
  }

  @Test
  void anEmptyLineListIsSaidToBeEmpty() throws IOException {
    Workspace.init(directory);
    Ran ran = investigated();
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine()).contains("Nothing to investigate: no crash with a time is left.");
  }

  @Test
  void withoutACaseThePageSaysSo() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 30, false);
    }
    Ran ran = investigated();
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine()).contains("No case meets the question.");
    assertThat(Ran.in(directory, "investigate", "-o", "json").code()).isZero();
  }

  @Test
  void oneCaseGetsNoDateNoPopulationAndNoCulprit() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 30, false);
      writer.append(crash(39, 5, true).build());
    }
    Ran ran = investigated();
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine())
        .contains("Fewer than 20 cases: too few to divide.")
        .contains("Too few cases (1) for a date")
        .contains("Nobody has more cases than chance gives.");
  }

  @Test
  void allCasesOnOneHostStillHaveAFiniteLimit() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 200, false);
      for (int i = 0; i < 24; i++) writer.append(crash(8 + i % 4, 10 + i, true).build());
    }
    Ran ran = investigated();
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine())
        .contains("physical host = host-2")
        .contains("No case without it.")
        .contains("at least")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
  }

  @Test
  void whereEverythingDiedOnOneHostThePageSaysSoAndWhyNoSearchCanConfirmIt() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      for (int i = 0; i < 24; i++) writer.append(crash(8 + i % 4, 10 + i, true).build());
      for (int i = 0; i < 12; i++) writer.append(crash(8 + i % 4, 3 * i, false).build());
    }
    Ran ran = investigated();
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine())
        .contains("host-2 has 24 of 24 cases and 8 of 8 other crashes, in 10 % of the host-time.")
        .contains("Nothing can be told by searching (5)")
        .contains("the cores of the other hosts were not collected")
        .doesNotContain("No physical host stands out");
    assertThat(Ran.in(directory, "investigate", "--replicates", "99", "-o", "json").oneLine())
        .contains("\"one_host\" : { \"host\" : \"host-2\", \"cases\" : 24, \"all_cases\" : 24,")
        .contains("\"share_of_host_time\" : 0.1 }");
    assertThat(Ran.in(directory, "denylist", "suggest").err())
        .contains("host-2 has 24 of 24 cases");
  }

  @Test
  void aHostThatIsTracedAmongCrashesElsewhereKeepsItsTrace() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      for (int i = 0; i < 24; i++) writer.append(crash(8 + i % 4, 10 + i, true).build());
      for (int i = 0; i < 14; i++) writer.append(crash(8 + i % 4, 2 * i, false).build());
      for (int i = 0; i < 5; i++) writer.append(crash(12 + i, 3 * i, false).build());
    }
    assertThat(investigated().oneLine())
        .contains("compared with 17 other episodes")
        .contains("5 The physical host host-2: 21 cases where ")
        .doesNotContain("Where everything dies on one host");
  }

  @Test
  void theRegionOfTheOnlyHostIsNotBlamedForIt() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      for (int i = 0; i < 24; i++) writer.append(crash(8 + i % 2 * 2, 10 + i, true).build());
      for (int i = 0; i < 12; i++) writer.append(crash(8 + i % 2 * 2, 3 * i, false).build());
    }
    assertThat(investigated().oneLine())
        .contains("host-2 has ")
        .contains(
            "Tell nothing (missing in more than half of the crashes, or the same everywhere): ")
        .doesNotContain("region = ");
  }

  @Test
  void aSpanBeforeAllThatIsKnownHoldsNothing() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 60, true);
    }
    assertThat(Ran.in(directory, "investigate", "--until", "2025-01-01").oneLine())
        .contains("0 episodes")
        .contains("Nothing to investigate");
  }

  @Test
  void evaluateCountsCasesWithoutAnInventoryAndNamesThoseOutsideIt() throws IOException {
    try (CaseWriter writer = CaseWriter.open(Workspace.init(directory.resolve("bare")))) {
      crashes(writer, 6, true);
    }
    assertThat(Ran.in(directory.resolve("bare"), "evaluate", "--since", "2025-03-20").out())
        .containsPattern("Before: \\d cases, no host-time")
        .contains("rates cannot be compared");
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 6, true);
      writer.append(crash(NODES + 5, 3, true).build());
    }
    assertThat(Ran.in(directory, "evaluate", "--since", "2025-03-20").out())
        .contains("1 more case lies in no stretch of the inventory: in neither figure.");
  }

  @Test
  void aFewCasesOnAHostThatHasFewOtherCrashesAreNoCrowd() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 100, false);
      for (int i = 0; i < 24; i++) writer.append(crash(8 + i % 4, 10 + i, true).build());
    }
    assertThat(Ran.in(directory, "investigate", "--replicates", "99", "-o", "json").out())
        .contains("\"one_host\" : null");
  }

  @Test
  void stretchesThatOverlapAreCutAndCounted() throws IOException {
    Workspace workspace = withInventory();
    try (FleetWriter fleet = FleetWriter.open(workspace)) {
      fleet.add(stretch(3, 5, 20));
    }
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      crashes(writer, 60, false);
      crashes(writer, 10, true);
    }
    Ran ran = investigated();
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine()).contains("overlapped the next and was cut where that began");
  }

  @Test
  void casesOutsideEveryStretchAreCountedAndStayInTheOtherComparison() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 60, false);
      crashes(writer, 10, true);
      writer.append(crash(NODES + 5, 3, true).build());
      writer.append(crash(1, DAYS + 30, true).build());
    }
    Ran ran = investigated();
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine())
        .contains("outside the time looked at: 1")
        .contains("not placed in host-time: 1 ");
  }

  @Test
  void anAttributeThatMostCrashesLackIsNamedAndLeftOut() throws IOException {
    try (CaseWriter writer = CaseWriter.open(Workspace.init(directory))) {
      for (int i = 0; i < 100; i++) {
        CaseRow.Builder row = crash(i % NODES, i % DAYS, i % 5 == 0);
        if (i % 5 < 2) row.put(PlaceColumns.CLOUD_REGION, "region-" + i % 2);
        writer.append(row.build());
      }
    }
    Ran ran = investigated();
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine())
        .contains("Tell nothing (missing in more than half of the crashes")
        .contains("region")
        .contains("there is no inventory, so rates cannot be told");
  }

  @Test
  void aSpanOfTimeKeepsTheUsualQuestionAndLooksAtNothingOutsideIt() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      for (int day = 0; day < DAYS; day++) {
        writer.append(crash(day, day, true).build());
        writer.append(crash((day + 20) % NODES, day, false).build());
      }
    }
    Ran ran = Ran.in(directory, "investigate", "--since", "2025-03-11", "--until", "2025-03-31");
    assertThat(ran.code()).isZero();
    assertThat(ran.oneLine())
        .contains("Cases: control returned to a word that is no code")
        .contains("→ 20 episodes (repeats on a node within 24 hours count once), compared with 20")
        .contains("outside the time looked at: 40")
        .contains("against " + "19,200 host-hours");
  }

  @Test
  void spreadsheetsGetTheFindingsOneARow() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 200, false);
      for (int i = 0; i < 24; i++) writer.append(crash(8 + i % 4, 10 + i, true).build());
    }
    Ran ran = Ran.in(directory, "investigate", "--replicates", "99", "-o", "csv");
    assertThat(ran.out().lines())
        .first()
        .asString()
        .startsWith("finding,verdict,family_wise_p,from_day,cases,crashes,nodes,odds_ratio");
    assertThat(ran.out()).containsPattern("(?m)^physical host = host-2,confirmed,0.0");
  }

  @Test
  void aQuestionWithAnUnknownColumnIsRefusedInOneSentence() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 5, true);
    }
    Ran ran = Ran.in(directory, "investigate", "nosuchcolumn:x");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("nosuchcolumn");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void equalSeedsGiveEqualPagesAndTheSqlIsAskable() throws IOException {
    try (CaseWriter writer = CaseWriter.open(withInventory())) {
      crashes(writer, 60, false);
      crashes(writer, 25, true);
    }
    Ran once = Ran.in(directory, "investigate", "--seed", "5", "--replicates", "99", "-o", "json");
    Ran again = Ran.in(directory, "investigate", "--seed", "5", "--replicates", "99", "-o", "json");
    assertThat(once.out()).isEqualTo(again.out()).contains("\"findings\"");
    assertThat(Ran.in(directory, "investigate", "--sql").out()).contains("study_crashes");
  }

  @Test
  void aWordThatExportDoesNotKnowIsNotPassedOver() throws IOException {
    withInventory();
    Ran ran = Ran.in(directory, "denylist", "export", "taint");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("found 'taint'; --as says in which form");
  }
}
