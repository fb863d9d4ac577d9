package dev.pumphandle.fieldwork.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.linelist.HostReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostSignsTest {

  private static final byte[] POOL =
      pool(
          "HostName", "BN1PrdHst0A71",
          "HostingSystemEditionId", "8",
          "PhysicalHostName", "BN1PrdHst0A71",
          "PhysicalHostNameFullyQualified", "BN1PrdHst0A71",
          "VirtualMachineName", "7e9d6a30-vmss_2",
          "VirtualMachineId", "0B8E7C4D-5F2A-4E0F-8C6A-9F6E2D1C0B0A");

  @Test
  void aPoolOfKeysAndValuesNamesThePhysicalHost() throws IOException {
    HostReport report = read("kvp/aks-1@2026-06-03T10:00:00Z.kvp_pool_3", POOL);
    assertThat(report.node()).isEqualTo("aks-1");
    assertThat(report.from()).isEqualTo(Instant.parse("2026-06-03T10:00:00Z"));
    assertThat(report.values())
        .containsOnly(java.util.Map.entry("host_physical_id", "BN1PrdHst0A71"));
  }

  @Test
  void underItsOwnNameTheDirectoryTellsTheNode() throws IOException {
    assertThat(read("collected/aks-1@20260603T1000Z/.kvp_pool_3", POOL))
        .satisfies(
            report -> {
              assertThat(report.node()).isEqualTo("aks-1");
              assertThat(report.from()).isEqualTo(Instant.parse("2026-06-03T10:00:00Z"));
            });
    assertThatThrownBy(() -> read(".kvp_pool_3", POOL))
        .hasMessageStartingWith(".kvp_pool_3: expected the node in --node");
  }

  @Test
  void whatKvpClientPrintsAndGooglesAttributeAreTheSame() throws IOException {
    assertThat(
            read(
                    "n1.txt",
                    text("Pool is 3\nKey: HostName; Value: H\nKey: PhysicalHostName; Value: BN1\n"))
                .values())
        .containsEntry("host_physical_id", "BN1");
    HostReport google =
        read("gke-1@2026-06-03T10:00:00Z.physical_host", text("/3c8a0f/9b1e22/77ab10\n"));
    assertThat(google.node()).isEqualTo("gke-1");
    assertThat(google.values()).containsEntry("host_physical_id", "/3c8a0f/9b1e22/77ab10");
  }

  @Test
  void aPoolThatIsCutShortOrSaysNothingOfTheHostIsRefused() {
    assertThatThrownBy(() -> read("n1.kvp", Arrays.copyOf(POOL, POOL.length - 100)))
        .hasMessage("n1.kvp: KVP record at offset 0x3200: expected 2560 bytes, found 2460");
    assertThatThrownBy(() -> read("n1.kvp", pool("HostName", "x")))
        .hasMessage("n1.kvp: expected the key PhysicalHostName, found [HostName]");
  }

  @Test
  void aPhysicalHostThatIsNoUtf8IsRefused() {
    byte[] damaged = pool("HostName", "x", "PhysicalHostName", "BN1");
    damaged[2560 + 512] = (byte) 0xff;
    assertThatThrownBy(() -> read("n1.kvp", damaged))
        .hasMessage("n1.kvp: expected a physical host in UTF-8, found '\ufffdN1'");
  }

  @Test
  void googlesListOfInstancesNamesHostsOfThoseThatRun() throws IOException {
    String list =
        """
        [
          {
            "creationTimestamp": "2026-06-01T00:58:12.112-07:00",
            "id": "4611686018427387904",
            "kind": "compute#instance",
            "labels": {"goog-k8s-cluster-name": "prod-7"},
            "machineType": "https://www.googleapis.com/compute/v1/projects/p/zones/us-central1-b/machineTypes/a3-highgpu-8g",
            "name": "gke-1",
            "resourceStatus": {"physicalHost": "/3c8a0f/9b1e22/77ab10", "scheduling": {}},
            "status": "RUNNING",
            "zone": "https://www.googleapis.com/compute/v1/projects/p/zones/us-central1-b"
          },
          {
            "kind": "compute#instance",
            "name": "gke-2",
            "resourceStatus": {"physicalHostTopology": {"cluster": "c", "block": "b", "subblock": "s", "host": "h"}},
            "status": "RUNNING",
            "zone": "https://www.googleapis.com/compute/v1/projects/p/zones/us-central1-b"
          },
          {"kind": "compute#instance", "name": "gke-3", "status": "TERMINATED"}
        ]
        """;
    List<HostReport> reports =
        FleetTableTest.read("instances-2026-06-03T10:00:00Z.json", text(list), Optional.empty());
    assertThat(reports).extracting(HostReport::node).containsExactly("gke-1", "gke-2");
    assertThat(reports.getFirst().values())
        .containsEntry("host_physical_id", "/3c8a0f/9b1e22/77ab10")
        .containsEntry("cloud_region", "us-central1")
        .containsEntry("cloud_availability_zone", "us-central1-b")
        .containsEntry("host_type", "a3-highgpu-8g")
        .containsEntry("k8s_cluster_name", "prod-7");
    assertThat(reports.get(1).values()).containsEntry("host_physical_id", "/c/b/s/h");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] pool(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < words.length; i++) {
      bytes.writeBytes(Arrays.copyOf(text(words[i]), i % 2 == 0 ? 512 : 2048));
    }
    return bytes.toByteArray();
  }

  private static HostReport read(String source, byte[] content) throws IOException {
    return FleetTableTest.read(source, content, Optional.empty()).getFirst();
  }
}
