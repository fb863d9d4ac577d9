package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Instances as `gcloud compute instances list --format=json` prints them: which physical host is
/// under which machine, where Google tells.
///
/// Source: Compute Engine API v1, Instance: `resourceStatus.physicalHost` (`/cluster/rack/host`)
/// and
/// `resourceStatus.physicalHostTopology`.
final class GoogleInstances {

  private final Given given;

  GoogleInstances(Given given) {
    this.given = given;
  }

  /// Whether an object is an instance.
  static boolean isInstance(JsonNode object) {
    return object.path("kind").asText().equals("compute#instance");
  }

  /// The sighting of an instance; none where it does not run.
  Optional<HostReport> report(JsonNode instance, long line, DatedBy dated)
      throws FleetFormatException {
    String name = instance.path("name").asText();
    if (name.isEmpty()) {
      throw FleetFormatException.at(given.source(), line, "expected a name, found none");
    }
    Instant at = given.moment();
    dated.by(at);
    if (!instance.path("status").asText("RUNNING").equals("RUNNING")) {
      return Optional.empty();
    }
    Map<String, String> values = new TreeMap<>();
    String zone = last(instance.path("zone").asText());
    NodeFacts.put(
        values,
        HostColumns.CLUSTER.name(),
        given.cluster().orElse(instance.at("/labels/goog-k8s-cluster-name").asText()));
    values.put("cloud_provider", "gcp");
    NodeFacts.put(values, "cloud_availability_zone", zone);
    NodeFacts.put(
        values, "cloud_region", zone.contains("-") ? zone.substring(0, zone.lastIndexOf('-')) : "");
    NodeFacts.put(values, "host_type", last(instance.path("machineType").asText()));
    NodeFacts.put(values, HostColumns.PHYSICAL.name(), physical(instance.path("resourceStatus")));
    return Optional.of(
        new HostReport(
            Basis.SEEN, "compute engine", name, values, at, at, 0, given.source(), line));
  }

  private static String physical(JsonNode status) {
    String whole = status.path("physicalHost").asText();
    JsonNode parts = status.path("physicalHostTopology");
    if (!whole.isEmpty() || parts.path("host").asText().isEmpty()) {
      return whole;
    }
    StringBuilder path = new StringBuilder();
    for (String part : new String[] {"cluster", "block", "subblock", "host"}) {
      path.append('/').append(parts.path(part).asText());
    }
    return path.toString();
  }

  private static String last(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
