package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectFleetCommandTest {

  @TempDir Path home;

  private Workspace workspace;

  @BeforeEach
  void workspace() throws IOException {
    workspace = Workspace.init(home);
  }

  @Test
  void aTableOfFourColumnsPlacesACrashByItsNodeAndTime() throws IOException {
    cases(Map.of(PlaceColumns.K8S_NODE_NAME, "n1"), Map.of(PlaceColumns.K8S_NODE_NAME, "n2"));
    Ran ran = collect("fleet.csv", "node,from,to,region\nn1,2026-06-01,2026-06-05,west\n");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains(
            "Took 1 file.",
            "1 interval of 1 node from 1 report in 1 file",
            "by node name 1",
            "not joined, the node is not in the inventory 1");
    assertThat(
            ask(
                "select k8s_node_name, cloud_region, fleet_joined_by, fleet_not_joined from cases order by 1"))
        .isEqualTo(
            """
            k8s_node_name\tcloud_region\tfleet_joined_by\tfleet_not_joined
            n1\twest\tnode name\t
            n2\t\t\tthe node is not in the inventory
            """);
  }

  @Test
  void aCrashIsJoinedByBootIdElseNodeNameElseHostNameElseHostId() throws IOException {
    cases(
        Map.of(
            PlaceColumns.HOST_BOOT_ID,
            "0123456789abcdef0123456789abcdef",
            PlaceColumns.K8S_NODE_NAME,
            "renamed"),
        Map.of(PlaceColumns.HOST_NAME, "n1"),
        Map.of(PlaceColumns.HOST_ID, "i-0AB"),
        Map.of(PlaceColumns.K8S_NODE_NAME, "n1", PlaceColumns.CLOUD_REGION, "said by the core"),
        Map.of());
    collect(
        "fleet.csv",
        """
        node,from,to,region,boot_id,host_id
        n1,2026-06-01,2026-06-05,west,01234567-89ab-cdef-0123-456789abcdef,i-0ab
        """);
    assertThat(
            ask(
                "select case_id, cloud_region, fleet_joined_by, fleet_not_joined from cases order by 1"))
        .isEqualTo(
            """
            case_id\tcloud_region\tfleet_joined_by\tfleet_not_joined
            0000000000000000\twest\tboot id\t
            0000000000000001\twest\thost name\t
            0000000000000002\twest\thost id\t
            0000000000000003\tsaid by the core\tnode name\t
            0000000000000004\t\t\tno node is known
            """);
  }

  @Test
  void whatCannotBeJoinedSaysWhy() throws IOException {
    cases(
        Map.of(PlaceColumns.K8S_NODE_NAME, "n1"),
        Map.of(PlaceColumns.K8S_NODE_NAME, "twice"),
        Map.of(PlaceColumns.K8S_NODE_NAME, "twice", PlaceColumns.K8S_CLUSTER_NAME, "b"));
    assertThat(ask("select distinct fleet_not_joined from cases")).contains("no inventory");
    Ran ran =
        collect(
            "fleet.csv",
            """
            node,cluster,from,to,region
            n1,a,2026-05-01,2026-05-05,west
            n1,a,2026-06-04,2026-06-05,west
            twice,a,2026-06-01,2026-06-05,west
            twice,b,2026-06-01,2026-06-05,east
            """);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ask("select case_id, cloud_region, fleet_not_joined from cases order by 1"))
        .isEqualTo(
            """
            case_id\tcloud_region\tfleet_not_joined
            0000000000000000\t\tthe inventory has a gap there
            0000000000000001\t\tseveral nodes fit
            0000000000000002\teast\t
            """);
  }

  @Test
  void theSameFileTwiceAndFilesInAnyOrderMakeNoDifference() throws IOException {
    String[] snapshots = new String[4];
    for (int i = 0; i < 4; i++) {
      snapshots[i] = "vms-2026-06-03T0" + i + ":00Z.csv";
      write(snapshots[i], "node,region,kernel\nn1,west," + (i < 2 ? "6.1" : "6.8") + "\n");
    }
    Ran first = Ran.in(home, "collect-fleet", snapshots[2], snapshots[0]);
    assertThat(first.code()).as(first.err()).isZero();
    Ran second = Ran.in(home, "collect-fleet", snapshots[3], snapshots[1], snapshots[0]);
    assertThat(second.err())
        .contains("Took 2 files; 1 known already.", "sightings up to 3 h apart");
    String all =
        ask(
            "from host_intervals select k8s_node_name, os_version, cloud_region, interval_from, interval_to order by 4");
    assertThat(all)
        .isEqualTo(
            """
            k8s_node_name\tos_version\tcloud_region\tinterval_from\tinterval_to
            n1\t6.1\twest\t2026-06-03T00:00:00Z\t2026-06-03T01:00:00Z
            n1\t\twest\t2026-06-03T01:00:00Z\t2026-06-03T02:00:00Z
            n1\t6.8\twest\t2026-06-03T02:00:00Z\t2026-06-03T03:00:00Z
            """);
    Path other = home.resolve("other");
    Workspace.init(other);
    List<String> arguments =
        new ArrayList<>(List.of("--workspace", other.toString(), "collect-fleet"));
    arguments.addAll(List.of(snapshots).reversed());
    assertThat(Ran.in(home, arguments.toArray(String[]::new)).code()).isZero();
    assertThat(
            Ran.in(
                    other,
                    "sql",
                    "from host_intervals select k8s_node_name, os_version, cloud_region, interval_from, interval_to order by 4")
                .out())
        .isEqualTo(all);
    assertThat(Ran.in(home, "collect-fleet", snapshots[1]).err())
        .contains("Took 0 files; 1 known already.");
    assertThat(filesIn(workspace.hostIntervalsDirectory())).hasSize(1);
    assertThat(filesIn(workspace.hostReportsDirectory())).hasSize(4);
  }

  @Test
  void aBadFileIsRefusedWholeAndTheOthersAreTaken() throws IOException {
    write("good.csv", "node,from,to,region\nn1,2026-06-01,2026-06-05,west\n");
    write(
        "bad.csv",
        "node,from,to,region\nn2,2026-06-01,2026-06-05,west\nn3,2026-06-05,2026-06-01,west\n");
    write("cut.json", "{\"node\":\"n4\",\"from\":\"2026");
    write("empty.csv", "");
    write("cut.parquet", "PAR1 and no end");
    Ran ran =
        Ran.in(
            home,
            "collect-fleet",
            "bad.csv",
            "cut.json",
            "empty.csv",
            "cut.parquet",
            "none.csv",
            "good.csv");
    assertThat(ran.code()).isEqualTo(ExitCode.SOME_UNREADABLE.number());
    assertThat(ran.err().lines().filter(line -> line.startsWith("pumphandle: ")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("pumphandle: bad.csv:3: expected an end after 2026-06-05"),
            line -> assertThat(line).startsWith("pumphandle: cut.json:1: expected more JSON"),
            line ->
                assertThat(line)
                    .startsWith(
                        "pumphandle: empty.csv: expected an inventory, found an empty file"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "pumphandle: cut.parquet: expected a whole Parquet file, found one that is cut short"),
            line ->
                assertThat(line).isEqualTo("pumphandle: none.csv: expected a file, found none"));
    assertThat(ran.err()).contains("Took 1 file; 5 refused.");
    assertThat(ask("select k8s_node_name from host_intervals")).isEqualTo("k8s_node_name\nn1\n");
    try (Stream<Path> left = Files.list(workspace.hostReportsDirectory())) {
      assertThat(left.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  @Test
  void whatTheWorkspaceWroteItselfIsNoInventory() throws IOException {
    collect("good.csv", "node,from,to,region\nn1,2026-06-01,2026-06-05,west\n");
    Path intervals = filesIn(workspace.hostIntervalsDirectory()).getFirst();
    Path reports = filesIn(workspace.hostReportsDirectory()).getFirst();
    Files.createSymbolicLink(home.resolve("link.parquet"), intervals);
    Ran ran = Ran.in(home, "collect-fleet", intervals.toString(), "link.parquet");
    assertThat(ran.code()).isEqualTo(ExitCode.SOME_UNREADABLE.number());
    assertThat(ran.err())
        .contains(
            intervals + ": expected a file from elsewhere, found one that this workspace wrote",
            "link.parquet: expected a file from elsewhere",
            "Took 0 files; 2 refused.",
            "1 interval of 1 node from 1 report in 1 file");
    Files.copy(reports, home.resolve("reports.parquet"));
    Ran copied =
        Ran.in(
            home,
            "collect-fleet",
            "reports.parquet",
            "--skip-unknown",
            "--at",
            "2026-06-03T10:00:00Z");
    assertThat(copied.code()).isEqualTo(ExitCode.SOME_UNREADABLE.number());
    assertThat(copied.err())
        .contains(
            "reports.parquet: expected an inventory, found reports that were collected from one");
  }

  @Test
  void aWorkspaceThatCannotBeWrittenIsToldOnceAndNoFileIsBlamed() throws IOException {
    write("a.csv", "node,from,to\nn1,2026-06-01,2026-06-10\n");
    write("b.csv", "node,from,to\nn2,2026-06-01,2026-06-10\n");
    Path reports = home.resolve("data/host_reports");
    Files.writeString(reports, "in the way");
    Ran ran = Ran.in(home, "collect-fleet", "a.csv", "b.csv");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILURE.number());
    assertThat(ran.err())
        .isEqualTo(
            "pumphandle: %1$s: cannot be written: %1$s is no directory%n".formatted(reports));
  }

  @Test
  void conflictsAreToldWithFileAndLine() throws IOException {
    write("a.csv", "node,from,to,kernel\nn1,2026-06-01,2026-06-10,6.1\n");
    write("b.csv", "node,from,to,kernel\nn1,2026-06-05,2026-06-12,6.8\n");
    Ran ran = Ran.in(home, "collect-fleet", "a.csv", "b.csv");
    assertThat(ran.code()).isZero();
    assertThat(ran.err())
        .contains(
            "1 conflict; what began later was kept",
            "  n1: os_version from 2026-06-05T00:00:00Z is 6.1 in a.csv:2 and 6.8 in b.csv:2; kept 6.8");
  }

  @Test
  void snapshotsOfKubernetesAndPoolsOfTheHypervisorTellTogetherWhereACrashHappened()
      throws IOException {
    cases(Map.of(PlaceColumns.K8S_NODE_NAME, "n1"), Map.of(PlaceColumns.K8S_NODE_NAME, "n2"));
    List<String> files = new ArrayList<>();
    for (int hour = 8; hour < 13; hour++) {
      String name = "nodes-2026-06-03T%02d:30:00Z.json.gz".formatted(hour);
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(home.resolve(name)))) {
        out.write(
            """
            {"apiVersion":"v1","items":[{"kind":"Node","metadata":{"name":"n1","uid":"u1",
            "creationTimestamp":"2026-06-01T10:00:00Z","labels":{"topology.kubernetes.io/region":"west"}},
            "status":{"nodeInfo":{"kernelVersion":"%s"}}}],"kind":"List"}
            """
                .formatted(hour < 11 ? "6.1" : "6.8")
                .getBytes(StandardCharsets.UTF_8));
      }
      files.add(name);
    }
    for (int hour = 9; hour < 12; hour++) {
      String name = "n1@2026-06-03T%02d:45:00Z.kvp_pool_3".formatted(hour);
      byte[] pool = new byte[2560];
      System.arraycopy("PhysicalHostName".getBytes(StandardCharsets.UTF_8), 0, pool, 0, 16);
      System.arraycopy("BN1PrdHst0A71".getBytes(StandardCharsets.UTF_8), 0, pool, 512, 13);
      Files.write(home.resolve(name), pool);
      files.add(name);
    }
    files.addAll(List.of("--cluster", "prod-7"));
    files.addFirst("collect-fleet");
    Ran ran = Ran.in(home, files.toArray(String[]::new));
    assertThat(ran.code()).as(ran.err()).isZero();
    // The crash of 10:00 lies between two snapshots of one kernel and two readings of one host.
    assertThat(
            ask(
                "select k8s_node_name, k8s_cluster_name, cloud_region, os_version, host_physical_id,"
                    + " node_age_s from cases order by 1"))
        .isEqualTo(
            """
            k8s_node_name\tk8s_cluster_name\tcloud_region\tos_version\thost_physical_id\tnode_age_s
            n1\tprod-7\twest\t6.1\tBN1PrdHst0A71\t172800
            n2\t\t\t\t\t
            """);
  }

  @Test
  void aSimulatedFleetThatIsExportedAndCollectedGivesTheSameFindings() throws IOException {
    Path simulated = home.resolve("simulated");
    Ran made =
        Ran.in(
            home,
            "simulate",
            simulated.toString(),
            "--nodes",
            "150",
            "--days",
            "60",
            "--scenario",
            "bad-host",
            "--cases",
            "25");
    assertThat(made.code()).as(made.err()).isZero();
    String findings = Ran.in(simulated, "investigate", "--replicates", "99", "-o", "json").out();
    assertThat(findings).contains("host_physical_id");
    for (String format : List.of("csv", "ndjson")) {
      String table =
          Ran.in(
                  simulated,
                  "sql",
                  "from host_intervals order by k8s_node_name, interval_from",
                  "-o",
                  format)
              .out();
      Path copy = home.resolve(format);
      Workspace there = Workspace.init(copy);
      copy(Workspace.open(simulated).casesDirectory(), there.casesDirectory());
      copy(Workspace.open(simulated).changesDirectory(), there.changesDirectory());
      Files.writeString(copy.resolve("export"), table);
      Ran ran = Ran.in(copy, "collect-fleet", "export");
      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(Ran.in(copy, "investigate", "--replicates", "99", "-o", "json").out())
          .as(format)
          .isEqualTo(findings);
    }
    Path copy = home.resolve("parquet");
    Workspace there = Workspace.init(copy);
    copy(Workspace.open(simulated).casesDirectory(), there.casesDirectory());
    copy(Workspace.open(simulated).changesDirectory(), there.changesDirectory());
    List<String> arguments =
        new ArrayList<>(List.of("--workspace", copy.toString(), "collect-fleet"));
    filesIn(Workspace.open(simulated).hostIntervalsDirectory())
        .forEach(f -> arguments.add(f.toString()));
    assertThat(Ran.in(home, arguments.toArray(String[]::new)).code()).isZero();
    assertThat(Ran.in(copy, "investigate", "--replicates", "99", "-o", "json").out())
        .isEqualTo(findings);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : filesIn(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private Ran collect(String name, String content) throws IOException {
    write(name, content);
    return Ran.in(home, "collect-fleet", name);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(home.resolve(name), content);
  }

  private String ask(String sql) {
    Ran ran = Ran.in(home, "sql", sql);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out();
  }

  @SafeVarargs
  private void cases(Map<Column<String>, String>... places) throws IOException {
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      for (int i = 0; i < places.length; i++) {
        CaseRow.Builder row =
            CaseRow.builder()
                .put(IdentityColumns.CASE_ID, "%016d".formatted(i))
                .put(IdentityColumns.OBJECT_URI, "file:///cores/core." + i)
                .put(IdentityColumns.OBJECT_VERSION, "1")
                .put(IdentityColumns.READ_STATE, "complete")
                .put(IdentityColumns.OBSERVED_AT, Instant.parse("2026-06-03T10:00:00Z"));
        places[i].forEach(row::put);
        writer.append(row.build());
      }
    }
  }
}
