package dev.pumphandle.fieldwork.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.linelist.HostReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubernetesNodesTest {

  /// As kubectl 1.30 prints an AKS node, shortened.
  private static final String AKS =
      """
              {
                  "apiVersion": "v1",
                  "kind": "Node",
                  "metadata": {
                      "annotations": {
                          "csi.volume.kubernetes.io/nodeid": "{\\"disk.csi.azure.com\\":\\"aks-ingest-31415926-vmss000002\\"}",
                          "node.alpha.kubernetes.io/ttl": "0"
                      },
                      "creationTimestamp": "2026-06-01T07:58:12Z",
                      "labels": {
                          "beta.kubernetes.io/instance-type": "Standard_D8s_v5",
                          "failure-domain.beta.kubernetes.io/region": "eastus2",
                          "kubernetes.azure.com/node-image-version": "AKSUbuntu-2204gen2containerd-202605.12.0",
                          "kubernetes.io/arch": "amd64",
                          "kubernetes.io/hostname": "aks-ingest-31415926-vmss000002",
                          "node.kubernetes.io/instance-type": "Standard_D8s_v5",
                          "topology.kubernetes.io/region": "eastus2",
                          "topology.kubernetes.io/zone": "eastus2-1"
                      },
                      "name": "aks-ingest-31415926-vmss000002",
                      "resourceVersion": "184467",
                      "uid": "3e1b6b3c-0f0e-4a53-a1b5-3a9a3f7f4f10"
                  },
                  "spec": {
                      "podCIDR": "10.244.2.0/24",
                      "podCIDRs": [
                          "10.244.2.0/24"
                      ],
                      "providerID": "azure:///subscriptions/0000/resourceGroups/mc_rg/providers/Microsoft.Compute/virtualMachineScaleSets/aks-ingest-31415926-vmss/virtualMachines/2"
                  },
                  "status": {
                      "addresses": [
                          {
                              "address": "10.224.0.6",
                              "type": "InternalIP"
                          }
                      ],
                      "capacity": {
                          "cpu": "8",
                          "memory": "32863156Ki"
                      },
                      "conditions": [
                          {
                              "lastHeartbeatTime": "2026-06-01T08:00:40Z",
                              "lastTransitionTime": "2026-06-01T08:00:40Z",
                              "message": "RouteController created a route",
                              "reason": "RouteCreated",
                              "status": "False",
                              "type": "NetworkUnavailable"
                          },
                          {
                              "lastHeartbeatTime": "HEARTBEAT",
                              "lastTransitionTime": "2026-06-01T07:58:33Z",
                              "message": "kubelet is posting ready status",
                              "reason": "KubeletReady",
                              "status": "READY",
                              "type": "Ready"
                          }
                      ],
                      "images": [
                          {
                              "names": [
                                  "mcr.microsoft.com/oss/kubernetes/pause:3.6"
                              ],
                              "sizeBytes": 301773
                          }
                      ],
                      "nodeInfo": {
                          "architecture": "amd64",
                          "bootID": "5b1c2f5e-8a3c-4b7e-9d7f-0a1b2c3d4e5f",
                          "containerRuntimeVersion": "containerd://1.7.15-1",
                          "kernelVersion": "5.15.0-1064-azure",
                          "kubeProxyVersion": "v1.29.4",
                          "kubeletVersion": "v1.29.4",
                          "machineID": "8b1d7a3f9c224f6aa1d0c4e55c0a7b11",
                          "operatingSystem": "linux",
                          "osImage": "Ubuntu 22.04.4 LTS",
                          "systemUUID": "0B8E7C4D-5F2A-4E0F-8C6A-9F6E2D1C0B0A"
                      }
                  }
              }""";

  @Test
  void aNodeOfAListIsSeenWithWhatKubernetesKnowsOfIt() throws IOException {
    HostReport node =
        read("nodes-2026-06-03T10:00:00Z.json", list(node("2026-06-03T09:58:00Z", "True")))
            .getFirst();
    assertThat(node.node()).isEqualTo("aks-ingest-31415926-vmss000002");
    assertThat(node.from()).isEqualTo(Instant.parse("2026-06-03T10:00:00Z")).isEqualTo(node.to());
    assertThat(node.values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("k8s_node_uid", "3e1b6b3c-0f0e-4a53-a1b5-3a9a3f7f4f10"),
                Map.entry("node_started_at", "2026-06-01T07:58:12Z"),
                Map.entry("cloud_provider", "azure"),
                Map.entry("cloud_region", "eastus2"),
                Map.entry("cloud_availability_zone", "eastus2-1"),
                Map.entry("host_type", "Standard_D8s_v5"),
                Map.entry("host_arch", "amd64"),
                Map.entry("host_boot_id", "5b1c2f5e-8a3c-4b7e-9d7f-0a1b2c3d4e5f"),
                Map.entry("host_id", "0b8e7c4d-5f2a-4e0f-8c6a-9f6e2d1c0b0a"),
                Map.entry("host_image_version", "AKSUbuntu-2204gen2containerd-202605.12.0"),
                Map.entry("os_version", "5.15.0-1064-azure"),
                Map.entry("os_description", "Ubuntu 22.04.4 LTS")));
    assertThat(node.place()).isEqualTo("nodes-2026-06-03T10:00:00Z.json:4");
  }

  @Test
  void aSnapshotWithoutADateIsDatedByTheHeartbeatsInIt() throws IOException {
    String stale = node("2026-06-03T04:00:00Z", "Unknown").replace("vmss000002", "vmss000009");
    List<HostReport> seen =
        read(
            "nodes.json",
            list(
                node("2026-06-03T09:58:00Z", "True"),
                stale,
                node("2026-06-03T09:59:30Z", "False")));
    assertThat(seen)
        .extracting(HostReport::from)
        .containsOnly(Instant.parse("2026-06-03T09:59:30Z"));
    assertThat(seen).as("a node that no longer answers is not seen").hasSize(2);
  }

  @Test
  void aDateBeforeWhatTheNodesSignedIsRefused() {
    assertThatThrownBy(
            () ->
                read("nodes-2026-06-02T10:00:00Z.json", list(node("2026-06-03T09:58:00Z", "True"))))
        .hasMessage(
            "nodes-2026-06-02T10:00:00Z.json: expected a list of 2026-06-02T10:00:00Z as its date says,"
                + " found nodes that reported at 2026-06-03T09:58:00Z");
  }

  @Test
  void aSingleNodeNodesByLineAndListsInARowAreTakenToo() throws IOException {
    String node = node("2026-06-03T09:58:00Z", "True");
    assertThat(read("n", node)).hasSize(1);
    assertThat(read("n", node + "\n" + node)).hasSize(2);
    assertThat(read("n", list(node) + list(node("2026-06-03T11:00:00Z", "True"))))
        .extracting(HostReport::from)
        .containsExactly(
            Instant.parse("2026-06-03T09:58:00Z"), Instant.parse("2026-06-03T11:00:00Z"));
  }

  @Test
  void aListThatIsCutShortEmptyOrOfOtherThingsIsRefused() {
    String whole = list(node("2026-06-03T09:58:00Z", "True"));
    assertThatThrownBy(() -> read("n", whole.substring(0, whole.length() / 2)))
        .hasMessageMatching("n:\\d+: expected more JSON, found the end of the file.*");
    assertThatThrownBy(() -> read("n", list())).hasMessage("n: expected nodes, found none");
    assertThatThrownBy(() -> read("n", list("{\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"}}")))
        .hasMessage("n:4: expected a Node, found kind \"Pod\"");
  }

  @Test
  void snapshotsOfOneNodeBecomeOneIntervalSinceItWasMade() throws IOException {
    List<HostReport> seen = new java.util.ArrayList<>();
    for (String hour : List.of("08", "09", "10")) {
      seen.addAll(
          read(
              "nodes-2026-06-01T" + hour + ":30:00Z.json",
              list(node("2026-06-01T" + hour + ":29:00Z", "True"))));
    }
    List<Stretch> life = NodeTimeline.of("n", seen, Duration.ofHours(3)).stretches();
    assertThat(life).hasSize(2);
    assertThat(life.getFirst().from()).isEqualTo(Instant.parse("2026-06-01T07:58:12Z"));
    assertThat(life.getFirst().values())
        .containsKey("cloud_region")
        .doesNotContainKey("os_version");
    assertThat(life.getLast().to()).isEqualTo(Instant.parse("2026-06-01T10:30:00Z"));
    assertThat(life.getLast().values()).containsEntry("os_version", "5.15.0-1064-azure");
  }

  @Test
  void anInstanceOfAwsIsKnownByItsName() throws IOException {
    String node =
        node("2026-06-03T09:58:00Z", "True")
            .replaceAll("azure:///[^\"]*", "aws:///us-east-1a/i-0abc12def3456789a");
    assertThat(read("n", node).getFirst().values())
        .containsEntry("cloud_provider", "aws")
        .containsEntry("host_id", "i-0abc12def3456789a");
  }

  private static String node(String heartbeat, String ready) {
    return AKS.replace("HEARTBEAT", heartbeat).replace("READY", ready);
  }

  private static String list(String... nodes) {
    return """
        {
            "apiVersion": "v1",
            "items": [
        %s
            ],
            "kind": "List",
            "metadata": {
                "resourceVersion": ""
            }
        }
        """
        .formatted(String.join(",\n", nodes));
  }

  private static List<HostReport> read(String source, String content) throws IOException {
    return FleetTableTest.read(source, content.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }
}
