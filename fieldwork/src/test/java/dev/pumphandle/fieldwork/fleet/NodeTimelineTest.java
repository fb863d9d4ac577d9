package dev.pumphandle.fieldwork.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeTimelineTest {

  private static final Instant DAY = Instant.parse("2026-06-03T00:00:00Z");
  private static final Duration THREE_HOURS = Duration.ofHours(3);

  @Test
  void sightingsThatAgreeAreOneStretchFromTheFirstToTheLast() {
    assertThat(
            of(
                seen(1, "os_version", "6.1"),
                seen(2, "os_version", "6.1"),
                seen(3, "os_version", "6.1")))
        .containsExactly(stretch(1, 3, "os_version", "6.1"));
  }

  @Test
  void betweenSightingsThatDifferOnlyWhatBothSayIsKnown() {
    assertThat(
            of(
                seen(1, "os_version", "6.1", "cloud_region", "west"),
                seen(2, "os_version", "6.1", "cloud_region", "west"),
                seen(3, "os_version", "6.8", "cloud_region", "west"),
                seen(4, "os_version", "6.8", "cloud_region", "west")))
        .containsExactly(
            stretch(1, 2, "os_version", "6.1", "cloud_region", "west"),
            stretch(2, 3, "cloud_region", "west"),
            stretch(3, 4, "os_version", "6.8", "cloud_region", "west"));
  }

  @Test
  void aGapLongerThanTheWidestStaysAGap() {
    assertThat(of(seen(1, "a", "x"), seen(2, "a", "x"), seen(6, "a", "x"), seen(7, "a", "x")))
        .containsExactly(stretch(1, 2, "a", "x"), stretch(6, 7, "a", "x"));
  }

  @Test
  void oneBootBridgesAnyGapButNotForThePhysicalHost() {
    assertThat(
            of(
                seen(1, "host_boot_id", "b1", "os_version", "6.1", "host_physical_id", "h1"),
                seen(9, "host_boot_id", "b1", "os_version", "6.1", "host_physical_id", "h1")))
        .containsExactly(stretch(1, 9, "host_boot_id", "b1", "os_version", "6.1"));
  }

  @Test
  void aNodeOfAnotherUniqueIdIsAnotherMachineHoweverSoonItIsSeen() {
    assertThat(
            of(
                seen(1, "k8s_node_uid", "u1"),
                seen(2, "k8s_node_uid", "u1"),
                seen(3, "k8s_node_uid", "u2", "node_started_at", at(2.5).toString()),
                seen(4, "k8s_node_uid", "u2", "node_started_at", at(2.5).toString())))
        .containsExactly(
            stretch(1, 2, "k8s_node_uid", "u1"),
            stretch(2.5, 4, "k8s_node_uid", "u2", "node_started_at", at(2.5).toString()));
  }

  @Test
  void aNodeLivedSinceItWasMadeThoughItsKernelBeforeTheFirstSightingIsUnknown() {
    assertThat(
            of(
                seen(
                    2,
                    "os_version",
                    "6.1",
                    "cloud_region",
                    "west",
                    "node_started_at",
                    at(1).toString())))
        .containsExactly(
            stretch(1, 2, "cloud_region", "west", "node_started_at", at(1).toString()));
  }

  @Test
  void aNodeMadeLongBeforeItsFirstSightingIsNotKnownInBetween() {
    assertThat(
            of(
                seen(20, "node_started_at", at(1).toString()),
                seen(21, "node_started_at", at(1).toString())))
        .containsExactly(stretch(20, 21, "node_started_at", at(1).toString()));
  }

  @Test
  void ofOverlappingAssertionsTheLaterHoldsAndItIsTold() {
    NodeTimeline timeline =
        NodeTimeline.of(
            "n",
            List.of(
                asserted(0, 10, "a.csv", "os_version", "6.1"),
                asserted(5, 20, "b.csv", "os_version", "6.8")),
            THREE_HOURS);
    assertThat(timeline.stretches().stream().map(NodeTimelineTest::bare))
        .containsExactly(stretch(0, 5, "os_version", "6.1"), stretch(5, 20, "os_version", "6.8"));
    assertThat(timeline.conflicts()).hasSize(1);
    assertThat(timeline.conflicts().getFirst().sentence())
        .isEqualTo(
            "n: os_version from 2026-06-03T05:00:00Z is 6.1 in a.csv:1 and 6.8 in b.csv:1; kept 6.8");
  }

  @Test
  void whatBeginsAtOnceAndDiffersIsLeftEmpty() {
    NodeTimeline timeline =
        NodeTimeline.of(
            "n",
            List.of(
                asserted(0, 10, "a.csv", "os_version", "6.1", "cloud_region", "west"),
                asserted(0, 20, "b.csv", "os_version", "6.8", "cloud_region", "west")),
            THREE_HOURS);
    assertThat(timeline.stretches().stream().map(NodeTimelineTest::bare))
        .containsExactly(
            stretch(0, 10, "cloud_region", "west"),
            stretch(10, 20, "os_version", "6.8", "cloud_region", "west"));
    assertThat(timeline.conflicts().getFirst().sentence()).endsWith("left empty");
  }

  @Test
  void aNameThatTwoClustersUseIsTwoNodes() {
    List<Stretch> both =
        NodeTimeline.of(
                "n",
                List.of(
                    asserted(0, 10, "a.csv", "k8s_cluster_name", "one"),
                    asserted(5, 15, "b.csv", "k8s_cluster_name", "two")),
                THREE_HOURS)
            .stretches();
    assertThat(both.stream().map(NodeTimelineTest::bare))
        .containsExactly(
            stretch(0, 10, "k8s_cluster_name", "one"), stretch(5, 15, "k8s_cluster_name", "two"));
  }

  @Test
  void whatDifferentFilesKnowOfOneTimeIsPutTogether() {
    assertThat(
            of(
                seen(1, "os_version", "6.1"),
                seen(3, "os_version", "6.1"),
                asserted(2, 9, "hosts.csv", "host_physical_id", "h7")))
        .containsExactly(
            stretch(1, 2, "os_version", "6.1"),
            stretch(2, 3, "os_version", "6.1", "host_physical_id", "h7"),
            stretch(3, 9, "host_physical_id", "h7"));
  }

  @Test
  void whateverTheOrderOfReportsEveryClaimIsTrueOfTheFleetThatWasObserved() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      // The truth changes at whole hours; snapshots are taken in between, some are missed.
      List<Map<String, String>> truth = truth(random, 60);
      List<HostReport> reports = new ArrayList<>();
      for (int hour = 0; hour < truth.size(); hour++) {
        if (!truth.get(hour).isEmpty() && random.nextInt(5) > 0) {
          reports.add(seen(hour + 0.5, truth.get(hour)));
        }
      }
      List<Stretch> found = NodeTimeline.of("n", reports, THREE_HOURS).stretches();
      Collections.shuffle(reports, random);
      assertThat(NodeTimeline.of("n", reports, THREE_HOURS).stretches()).isEqualTo(found);
      for (Stretch each : found) {
        assertThat(each.from()).isBefore(each.to());
      }
      for (int i = 1; i < found.size(); i++) {
        assertThat(found.get(i - 1).to()).isBeforeOrEqualTo(found.get(i).from());
      }
      // At the moment of a sighting the stretch that begins or goes on there says nothing but the
      // truth.
      for (HostReport report : reports) {
        for (Stretch each : found) {
          if (!each.from().isAfter(report.from()) && each.to().isAfter(report.from())) {
            assertThat(report.values())
                .as("seed %s at %s", seed, report.from())
                .containsAllEntriesOf(each.values());
          }
        }
      }
      // Two sightings in a row that say the same are known in between.
      reports.sort(java.util.Comparator.comparing(HostReport::from));
      for (int i = 1; i < reports.size(); i++) {
        HostReport one = reports.get(i - 1);
        HostReport next = reports.get(i);
        boolean near = Duration.between(one.from(), next.from()).compareTo(THREE_HOURS) <= 0;
        if (near && one.values().equals(next.values())) {
          Instant between = one.from().plusSeconds(60);
          assertThat(found)
              .as("seed %s at %s", seed, between)
              .anyMatch(
                  s ->
                      !s.from().isAfter(between)
                          && s.to().isAfter(between)
                          && s.values().equals(one.values()));
        }
      }
    }
  }

  // Empty where the node does not live; a new life has a new id.
  private static List<Map<String, String>> truth(Random random, int hours) {
    List<Map<String, String>> truth = new ArrayList<>();
    Map<String, String> now = Map.of();
    for (int hour = 0; hour < hours; hour++) {
      if (random.nextInt(12) == 0) {
        now =
            now.isEmpty()
                ? Map.of("k8s_node_uid", "u" + hour, "os_version", "k1", "host_physical_id", "h1")
                : Map.of();
      } else if (!now.isEmpty() && random.nextInt(6) == 0) {
        Map<String, String> changed = new TreeMap<>(now);
        changed.put(
            random.nextBoolean() ? "os_version" : "host_physical_id", "v" + random.nextInt(3));
        now = changed;
      }
      truth.add(now);
    }
    return truth;
  }

  private static List<Stretch> of(HostReport... reports) {
    return NodeTimeline.of("n", List.of(reports), THREE_HOURS).stretches().stream()
        .map(NodeTimelineTest::bare)
        .toList();
  }

  private static Stretch bare(Stretch stretch) {
    return new Stretch(stretch.from(), stretch.to(), stretch.values(), "");
  }

  private static Instant at(double hour) {
    return DAY.plusSeconds(Math.round(hour * 3600));
  }

  private static HostReport seen(double hour, String... values) {
    return seen(hour, map(values));
  }

  private static HostReport seen(double hour, Map<String, String> values) {
    return new HostReport(Basis.SEEN, "s", "n", values, at(hour), at(hour), 0, "seen", 1);
  }

  private static HostReport asserted(double from, double to, String source, String... values) {
    return new HostReport(Basis.ASSERTED, "t", "n", map(values), at(from), at(to), 0, source, 1);
  }

  private static Stretch stretch(double from, double to, String... values) {
    return new Stretch(at(from), at(to), map(values), "");
  }

  private static Map<String, String> map(String... values) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < values.length; i += 2) {
      map.put(values[i], values[i + 1]);
    }
    return map;
  }
}
