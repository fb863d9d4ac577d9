package dev.pumphandle.fieldwork.fleet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What Kubernetes' own names mean in ours, whichever tool prints them.
final class NodeFacts {

  /// Well-known labels of nodes, the present ones first.
  ///
  /// Source: Kubernetes, Well-Known Labels, Annotations and Taints; AKS, node image version label.
  private static final Map<String, List<String>> LABELS =
      Map.of(
          "cloud_region",
          List.of("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"),
          "cloud_availability_zone",
          List.of("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"),
          "host_type",
          List.of("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"),
          "host_arch",
          List.of("kubernetes.io/arch", "beta.kubernetes.io/arch"),
          "host_image_version",
          List.of("kubernetes.azure.com/node-image-version"));

  private NodeFacts() {}

  /// What gives the value of a label; empty where the node has no such label.
  interface Labels {
    /// The value.
    String value(String label);
  }

  /// Fills in what labels say.
  static void labels(Labels labels, Map<String, String> values) {
    LABELS.forEach(
        (column, names) -> {
          for (String name : names) {
            put(values, column, labels.value(name));
          }
        });
  }

  /// Fills in what the cloud's name of the node and the system's identity say.
  ///
  /// On AWS the instance's name is the host id; elsewhere it is the UUID that the firmware shows,
  /// without regard to case, else the machine id.
  ///
  /// Source: Kubernetes api/core/v1, NodeSpec.ProviderID: `<provider>://<what the provider likes>`.
  static void identity(
      String providerId, String systemUuid, String machineId, Map<String, String> values) {
    int colon = providerId.indexOf("://");
    String provider = colon > 0 ? providerId.substring(0, colon) : "";
    put(values, "cloud_provider", provider.equals("gce") ? "gcp" : provider);
    String instance = providerId.substring(providerId.lastIndexOf('/') + 1);
    if (provider.equals("aws") && instance.startsWith("i-")) {
      put(values, "host_id", instance);
    }
    put(values, "host_id", systemUuid.toLowerCase(Locale.ROOT));
    put(values, "host_id", machineId);
  }

  /// Puts a value where there is none yet.
  static void put(Map<String, String> values, String column, String value) {
    if (!value.isBlank()) {
      values.putIfAbsent(column, value.strip());
    }
  }

  /// Puts a moment, if it is one.
  static void moment(Map<String, String> values, String column, String text) {
    Optional.of(text)
        .filter(each -> !each.isEmpty())
        .flatMap(Moments::parse)
        .ifPresent(at -> values.putIfAbsent(column, at.toString()));
  }
}
