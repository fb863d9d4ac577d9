package dev.pumphandle.fieldwork.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.linelist.FleetChange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeFileTest {

  @Test
  void threeColumnsAreACalendar() throws IOException {
    FleetChange only =
        read("c.csv", "at,kind,what\n2026-06-03 10:00,kernel,6.8.0-1012\n").getFirst();
    assertThat(only)
        .isEqualTo(
            new FleetChange(
                Instant.parse("2026-06-03T10:00:00Z"),
                "kernel",
                "6.8.0-1012",
                Optional.of("the user's")));
  }

  @Test
  void scopeAndLinkAreKeptAndTheRowsOwnClusterWins() throws IOException {
    FleetChange only =
        read(
                "c.ndjson",
                """
                {"changed_at":1780000000,"type":"config","title":"arena=off","cluster":"prod-7","cloud.region":"eastus2","node":"n1","link":"https://example.com/pr/7"}
                """)
            .getFirst();
    assertThat(only.cluster()).contains("prod-7");
    assertThat(only.region()).contains("eastus2");
    assertThat(only.node()).contains("n1");
    assertThat(only.url()).contains("https://example.com/pr/7");
  }

  @Test
  void theKindMayBeTheUsers() throws IOException {
    Given given = given("releases.json", true);
    List<FleetChange> changes =
        ChangeFile.read(
            bytes(
                "[{\"tagName\":\"2025.30\",\"publishedAt\":\"2025-07-28T09:00:00Z\",\"isDraft\":false}]"),
            given,
            new ChangeTable(given, Optional.of("release")));
    assertThat(changes.getFirst().kind()).isEqualTo("release");
    assertThat(changes.getFirst().what()).isEqualTo("2025.30");
  }

  @Test
  void aRevisionOfHelmIsAReleaseIfItReachedTheCluster() throws IOException {
    List<FleetChange> changes =
        read(
            "leaf.json",
            """
            [{"revision":1,"updated":"2025-07-01T08:12:32.123456789+02:00","status":"superseded","chart":"leaf-1.4.0","app_version":"2025.27","description":"Install complete"},
             {"revision":2,"updated":"2025-07-08T08:00:00Z","status":"failed","chart":"leaf-1.4.1","app_version":"2025.28","description":"timed out"},
             {"revision":3,"updated":"2025-07-09T08:00:00Z","status":"deployed","chart":"leaf-1.4.2","app_version":"","description":"Upgrade complete"}]
            """);
    assertThat(changes)
        .extracting(FleetChange::what)
        .containsExactly("leaf-1.4.0 2025.27", "leaf-1.4.2");
    assertThat(changes.getFirst().at()).isEqualTo(Instant.parse("2025-07-01T06:12:32.123456789Z"));
  }

  @Test
  void aReplicaSetIsARelease() throws IOException {
    List<FleetChange> changes =
        read(
            "rs.json",
            """
            {"apiVersion":"v1","kind":"List","items":[
             {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"leaf-7d9f","namespace":"search","creationTimestamp":"2025-07-01T06:00:00Z",
               "annotations":{"deployment.kubernetes.io/revision":"12"},"ownerReferences":[{"kind":"Deployment","name":"leaf"}]},
              "spec":{"template":{"spec":{"containers":[{"image":"registry:5000/team/leaf:2025.27@sha256:00"},{"image":"envoy@sha256:11"}]}}}},
             {"apiVersion":"apps/v1","kind":"ControllerRevision","metadata":{"name":"agent-5c","namespace":"kube-system","creationTimestamp":"2025-07-02T06:00:00Z",
               "ownerReferences":[{"kind":"DaemonSet","name":"agent"}]},"revision":3,"data":{"spec":{"template":{"spec":{"containers":[{"image":"agent:7"}]}}}}}]}
            """);
    assertThat(changes)
        .extracting(FleetChange::what)
        .containsExactly("search/leaf leaf:2025.27 envoy@sha256:11", "kube-system/agent agent:7");
    assertThat(changes).extracting(FleetChange::kind).containsOnly("release");
  }

  @Test
  void aMachineOfAScaleSetIsItsNode() throws IOException {
    List<FleetChange> changes =
        read(
            "events-2026-06-03T10:00Z.json",
            """
            {"DocumentIncarnation":4,"Events":[
             {"EventId":"A","EventStatus":"Scheduled","EventType":"Redeploy","ResourceType":"VirtualMachine","Resources":["aks-pool1-123-vmss_12","plain"],
              "NotBefore":"Wed, 03 Jun 2026 11:30:00 GMT","Description":"Host server is degraded","EventSource":"Platform"},
             {"EventId":"B","EventStatus":"Started","EventType":"Freeze","ResourceType":"VirtualMachine","Resources":["aks-pool1-123-vmss_1295"],"NotBefore":"","Description":""}]}
            """);
    assertThat(changes)
        .extracting(change -> change.node().orElseThrow())
        .containsExactly("aks-pool1-123-vmss00000c", "plain", "aks-pool1-123-vmss0000zz");
    assertThat(changes)
        .extracting(FleetChange::what)
        .contains("Redeploy: Host server is degraded", "Freeze");
    assertThat(changes.getFirst().at()).isEqualTo(Instant.parse("2026-06-03T11:30:00Z"));
    assertThat(changes.getLast().at()).isEqualTo(Instant.parse("2026-06-03T10:00:00Z"));
  }

  @Test
  void whatAHostDidIsTakenAndWhatAUserAskedForIsNot() throws IOException {
    List<FleetChange> changes =
        read(
            "ops.json",
            """
            [{"kind":"compute#operation","operationType":"compute.instances.hostError","targetLink":"https://x/projects/p/zones/us-east1-b/instances/n7","zone":"https://x/zones/us-east1-b","startTime":"2026-06-03T03:00:00.000-07:00"},
             {"kind":"compute#operation","operationType":"insert","targetLink":"https://x/instances/n8","zone":"https://x/zones/us-east1-b","startTime":"2026-06-03T03:00:00.000-07:00"}]
            """);
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().what()).isEqualTo("hostError");
    assertThat(changes.getFirst().node()).contains("n7");
    assertThat(changes.getFirst().region()).contains("us-east1");
    assertThat(
            read(
                    "status.json",
                    """
                    {"InstanceStatuses":[{"InstanceId":"i-0ab","AvailabilityZone":"us-east-1a","Events":[{"Code":"system-reboot","Description":"scheduled reboot","NotBefore":"2026-06-05T00:00:00Z"}]}]}
                    """)
                .getFirst()
                .region())
        .contains("us-east-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                | c: expected changes, found an empty file
          '[]'                              | c: expected changes, found none
          '[1]'                             | c:1: expected an object, found NUMBER
          '[{'                              | c:1: expected more JSON, found the end of the file: it is cut short
          '{"at":1,}'                       | c:1: expected JSON, found
          'at,kind,what\n'                  | c: expected rows below the header, found none
          'at,kind,what\nyesterday,a,b'     | c:2: changed_at: expected a moment such as 2026-06-03T10:00:00Z
          'at,what\n2026-06-03,b'           | c:2: expected what kind (column kind, or --kind), found none in [at, what]
          'at,kind\n2026-06-03,b'           | c:2: expected what changed (column what), found none in [at, kind]
          'at,kind,what,x\n2026-06-03,a,b,c'| c:2: unknown column 'x' (--skip-unknown passes over it)
          'at,time,kind,what\n1,1,a,b'      | c:2: expected each column once, found changed_at twice
          'PAR\0'                           | c: expected CSV, JSON or Parquet, found other binary data
          '[{"at":1,"kind":{},"what":"x"}]' | c:1: kind: expected a text or a number, found OBJECT
          """)
  void whatIsWrongIsToldWithItsPlace(String content, String complaint) {
    assertThatThrownBy(() -> read("c", content.translateEscapes()))
        .isInstanceOf(FleetFormatException.class)
        .hasMessageStartingWith(complaint);
  }

  private static List<FleetChange> read(String name, String content) throws IOException {
    Given given = given(name, false);
    return ChangeFile.read(bytes(content), given, new ChangeTable(given, Optional.empty()));
  }

  private static Given given(String name, boolean skipUnknown) {
    return new Given(
        name,
        Optional.empty(),
        Instant.parse("2026-11-24T00:00:00Z"),
        Optional.of("the user's"),
        Optional.empty(),
        Optional.empty(),
        skipUnknown);
  }

  private static ByteArrayInputStream bytes(String content) {
    return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
  }
}
