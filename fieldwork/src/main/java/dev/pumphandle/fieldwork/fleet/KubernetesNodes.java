package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One snapshot of `kubectl get nodes -o json`: all of its nodes were seen at one moment.
///
/// The list does not say when it was made. Folklore: the time of the file is that of its last copy;
/// but every living node's kubelet signs with the time at least every five minutes, so the upper
/// quartile of those signatures is when the list was made, to within minutes, wherever the file has
/// been since. Test:
/// KubernetesNodesTest, aSnapshotWithoutADateIsDatedByTheHeartbeatsInIt.
///
/// A node whose kubelet no longer answers (Ready is Unknown) was not seen: the control plane
/// remembers
/// it, nobody knows whether it lives.
///
/// Source: Kubernetes api/core/v1 types.go, Node, NodeSystemInfo, NodeCondition; kubelet,
/// nodeStatusReportFrequency.
final class KubernetesNodes {

  /// How far a node's clock may be ahead of ours before the date that was given cannot be right.
  private static final Duration CLOCKS = Duration.ofHours(1);

  private record Seen(String node, Map<String, String> values, long line) {}

  private final Given given;
  private final List<Seen> nodes = new ArrayList<>();
  private final List<Instant> heartbeats = new ArrayList<>();
  private long listed;

  KubernetesNodes(Given given) {
    this.given = given;
  }

  /// Whether an object is a node.
  static boolean isNode(JsonNode object) {
    return object.path("kind").asText().equals("Node") && object.has("metadata");
  }

  /// Adds a node of the list.
  void add(JsonNode node, long line) throws FleetFormatException {
    if (!isNode(node)) {
      throw FleetFormatException.at(
          given.source(), line, "expected a Node, found kind " + node.path("kind"));
    }
    listed++;
    String name = node.at("/metadata/name").asText();
    if (name.isEmpty()) {
      throw FleetFormatException.at(given.source(), line, "expected metadata.name, found none");
    }
    boolean answers = true;
    Optional<Instant> signed = Optional.empty();
    for (JsonNode condition : node.at("/status/conditions")) {
      signed =
          Stream.concat(
                  signed.stream(),
                  Moments.parse(condition.path("lastHeartbeatTime").asText()).stream())
              .max(Comparator.naturalOrder());
      if (condition.path("type").asText().equals("Ready")) {
        answers = !condition.path("status").asText().equals("Unknown");
      }
    }
    if (answers) {
      signed.ifPresent(heartbeats::add);
      nodes.add(new Seen(name, values(node), line));
    }
  }

  private Map<String, String> values(JsonNode node) {
    Map<String, String> values = new TreeMap<>();
    JsonNode labels = node.at("/metadata/labels");
    JsonNode info = node.at("/status/nodeInfo");
    given.cluster().ifPresent(name -> values.put(HostColumns.CLUSTER.name(), name));
    NodeFacts.put(values, HostColumns.NODE_UID.name(), node.at("/metadata/uid").asText());
    NodeFacts.moment(
        values, HostColumns.STARTED_AT.name(), node.at("/metadata/creationTimestamp").asText());
    NodeFacts.put(values, HostColumns.BOOT_ID.name(), info.path("bootID").asText());
    NodeFacts.put(values, "os_version", info.path("kernelVersion").asText());
    NodeFacts.put(values, "os_description", info.path("osImage").asText());
    NodeFacts.put(values, "host_arch", info.path("architecture").asText());
    NodeFacts.identity(
        node.at("/spec/providerID").asText(),
        info.path("systemUUID").asText(),
        info.path("machineID").asText(),
        values);
    NodeFacts.labels(label -> labels.path(label).asText(), values);
    given
        .physicalLabel()
        .ifPresent(
            label ->
                NodeFacts.put(values, HostColumns.PHYSICAL.name(), labels.path(label).asText()));
    return values;
  }

  /// Hands out the sightings of the list.
  ///
  /// @return how many nodes were listed, seen or not
  long end(FleetFile.Reports reports, DatedBy dated) throws IOException {
    Optional<Instant> signed = signed();
    Optional<Instant> said = given.said();
    if (said.isPresent() && signed.isPresent() && signed.get().isAfter(said.get().plus(CLOCKS))) {
      throw new FleetFormatException(
          given.source()
              + ": expected a list of "
              + said.get()
              + " as its date says, found nodes that reported at "
              + signed.get());
    }
    Instant at = said.or(() -> signed).orElse(given.modified());
    if (said.isPresent() || signed.isEmpty()) {
      dated.by(at);
    }
    for (Seen seen : nodes) {
      reports.add(
          new HostReport(
              Basis.SEEN,
              "kubernetes",
              seen.node(),
              seen.values(),
              at,
              at,
              0,
              given.source(),
              seen.line()));
    }
    return listed;
  }

  private Optional<Instant> signed() {
    if (heartbeats.isEmpty()) {
      return Optional.empty();
    }
    List<Instant> sorted = heartbeats.stream().sorted().toList();
    return Optional.of(sorted.get(Math.min(sorted.size() - 1, sorted.size() * 3 / 4)));
  }
}
