package dev.pumphandle.fieldwork.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.linelist.HostReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrometheusSeriesTest {

  private static final String INFO =
      """
      {"metric":{"__name__":"kube_node_info","container":"kube-state-metrics","container_runtime_version":"containerd://1.7.15-1",\
      "internal_ip":"10.224.0.6","job":"kube-state-metrics","kernel_version":"5.15.0-1064-azure","kubelet_version":"v1.29.4",\
      "kubeproxy_version":"v1.29.4","node":"aks-1","os_image":"Ubuntu 22.04.4 LTS",\
      "provider_id":"azure:///subscriptions/0/virtualMachines/2","system_uuid":"0B8E7C4D-5F2A-4E0F-8C6A-9F6E2D1C0B0A"},\
      "values":[[1780477200,"1"],[1780480800,"1"],[1780484400,"1"],[1780498800,"1"],[1780502400,"1"]]}""";

  private static final String LABELS =
      """
      {"metric":{"__name__":"kube_node_labels","cluster":"prod-7","node":"aks-1","label_topology_kubernetes_io_region":"eastus2",\
      "label_node_kubernetes_io_instance_type":"Standard_D8s_v5","label_example_com_rack_host":"h7"},"values":[[1780477200.781,"1"]]}""";

  private static final String CREATED =
      """
      {"metric":{"__name__":"kube_node_created","node":"aks-1"},"values":[[1780477200,"1780300692"],[1780480800,"1780300692"]]}""";

  @Test
  void samplesAtTheStepOfTheQueryAreOneReportAndAMissingOneEndsIt() throws IOException {
    List<HostReport> reports = read(answer("matrix", INFO));
    assertThat(reports)
        .extracting(HostReport::from)
        .containsExactly(at(1780477200), at(1780498800));
    assertThat(reports).extracting(HostReport::to).containsExactly(at(1780484400), at(1780502400));
    assertThat(reports).extracting(HostReport::spacing).containsOnly(3600L);
    assertThat(reports.getFirst().values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "os_version", "5.15.0-1064-azure",
                "os_description", "Ubuntu 22.04.4 LTS",
                "cloud_provider", "azure",
                "host_id", "0b8e7c4d-5f2a-4e0f-8c6a-9f6e2d1c0b0a"));
  }

  @Test
  void labelsOfNodesAndTheirBirthAreTaken() throws IOException {
    List<HostReport> reports = read("[" + LABELS + "," + CREATED + "]");
    assertThat(reports.getFirst().values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "k8s_cluster_name", "prod-7",
                "cloud_region", "eastus2",
                "host_type", "Standard_D8s_v5",
                "host_physical_id", "h7"));
    assertThat(reports.getFirst().from()).isEqualTo(Instant.ofEpochMilli(1780477200781L));
    assertThat(reports.get(1).values())
        .containsOnly(Map.entry("node_started_at", "2026-06-01T07:58:12Z"));
  }

  @Test
  void anInstantAnswerIsASnapshot() throws IOException {
    String instant = INFO.replaceAll("\"values\":.*", "\"value\":[1780477200.5,\"1\"]}");
    HostReport only = read(answer("vector", instant)).getFirst();
    assertThat(only.from()).isEqualTo(only.to()).isEqualTo(Instant.ofEpochMilli(1780477200500L));
  }

  @Test
  void whatIsNoAnswerAboutNodesIsRefused() {
    assertThatThrownBy(
            () -> read(answer("matrix", INFO.replace("kube_node_info", "kube_pod_info"))))
        .hasMessageStartingWith("p:1: unknown metric 'kube_pod_info'");
    assertThatThrownBy(() -> read(answer("matrix", INFO.replace("\"node\"", "\"instance\""))))
        .hasMessageStartingWith("p:1: expected a label node or nodename, found __name__");
    assertThatThrownBy(
            () ->
                read(
                    "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"exceeded maximum resolution\"}"))
        .hasMessage("p:1: expected an answer, found the error exceeded maximum resolution");
    assertThatThrownBy(() -> read(answer("matrix", INFO.replace("1780480800", "1780470000"))))
        .hasMessageStartingWith("p:1: expected samples in order of time");
    assertThatThrownBy(() -> read(answer("matrix", "")))
        .hasMessage("p: expected nodes, found none");
  }

  private static String answer(String type, String... series) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\""
        + type
        + "\",\"result\":["
        + String.join(",", series)
        + "]}}";
  }

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  private static List<HostReport> read(String content) throws IOException {
    return FleetTableTest.read(
        "p",
        content.getBytes(StandardCharsets.UTF_8),
        Optional.empty(),
        Optional.of("example.com/rack-host"));
  }
}
