package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Series about nodes, as Prometheus answers: its samples are sightings.
///
/// Samples that follow each other at the step of the query are one report; where a sample is
/// missing
/// the series ended, and begins anew.
///
/// Source: Prometheus HTTP API, range vectors and instant vectors; kube-state-metrics
/// docs/metrics/cluster/node-metrics.md (kube_node_info, kube_node_labels, kube_node_created);
/// node_exporter, node_uname_info.
final class PrometheusSeries {

  private static final String CREATED = "kube_node_created";

  /// A series without a name is what a query made of these.
  private static final Set<String> KNOWN =
      Set.of("", "kube_node_info", "kube_node_labels", CREATED, "node_uname_info");

  private final Given given;

  PrometheusSeries(Given given) {
    this.given = given;
  }

  /// Whether an object is a series.
  static boolean isSeries(JsonNode object) {
    return object.path("metric").isObject() && (object.has("values") || object.has("value"));
  }

  void read(JsonNode series, long line, FleetFile.Reports reports) throws IOException {
    JsonNode labels = series.path("metric");
    String metric = labels.path("__name__").asText();
    if (!KNOWN.contains(metric)) {
      if (given.unknownColumns()) {
        return;
      }
      throw FleetFormatException.at(
          given.source(),
          line,
          "unknown metric '"
              + metric
              + "' (--skip-unknown passes over it): expected kube_node_info, kube_node_labels,"
              + " kube_node_created or node_uname_info");
    }
    String node = first(labels, "node", "nodename", "exported_node");
    if (node.isEmpty()) {
      throw FleetFormatException.at(
          given.source(),
          line,
          "expected a label node or nodename, found " + String.join(", ", names(labels)));
    }
    List<Sample> samples = samples(series, line);
    Map<String, String> values = values(labels);
    if (metric.equals(CREATED) && !samples.isEmpty()) {
      NodeFacts.moment(values, HostColumns.STARTED_AT.name(), samples.getLast().value());
    }
    String stream = "prometheus " + metric + " " + String.join(" ", new TreeMap<>(values).keySet());
    runs(
        samples,
        (from, to, spacing) ->
            reports.add(
                new HostReport(
                    Basis.SEEN, stream, node, values, from, to, spacing, given.source(), line)));
  }

  private Map<String, String> values(JsonNode labels) {
    Map<String, String> values = new TreeMap<>();
    NodeFacts.put(
        values,
        HostColumns.CLUSTER.name(),
        given.cluster().orElse(first(labels, "cluster", "cluster_name")));
    NodeFacts.put(values, "os_version", first(labels, "kernel_version", "release"));
    NodeFacts.put(values, "os_description", first(labels, "os_image"));
    NodeFacts.put(values, "host_arch", architecture(first(labels, "machine")));
    NodeFacts.identity(first(labels, "provider_id"), first(labels, "system_uuid"), "", values);
    NodeFacts.labels(label -> first(labels, asPrometheusSaysIt(label)), values);
    given
        .physicalLabel()
        .ifPresent(
            label ->
                NodeFacts.put(
                    values,
                    HostColumns.PHYSICAL.name(),
                    first(labels, asPrometheusSaysIt(label), label)));
    return values;
  }

  /// Source: kube-state-metrics, internal/store/utils.go: what is no letter, digit or underscore
  /// becomes an underscore, and `label_` goes before it.
  private static String asPrometheusSaysIt(String label) {
    return "label_" + label.replaceAll("[^a-zA-Z0-9_]", "_");
  }

  // uname's words; Kubernetes has others.
  private static String architecture(String machine) {
    return switch (machine) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }

  private record Sample(Instant at, String value) {}

  private List<Sample> samples(JsonNode series, long line) throws FleetFormatException {
    List<Sample> samples = new ArrayList<>();
    if (series.has("value")) {
      samples.add(sample(series.path("value"), line));
    }
    for (JsonNode each : series.path("values")) {
      samples.add(sample(each, line));
    }
    for (int i = 1; i < samples.size(); i++) {
      if (!samples.get(i - 1).at().isBefore(samples.get(i).at())) {
        throw FleetFormatException.at(
            given.source(),
            line,
            "expected samples in order of time, found "
                + samples.get(i).at()
                + " after "
                + samples.get(i - 1).at());
      }
    }
    return samples;
  }

  private Sample sample(JsonNode pair, long line) throws FleetFormatException {
    if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isNumber()) {
      throw FleetFormatException.at(
          given.source(), line, "expected a sample [seconds, \"value\"], found " + pair);
    }
    BigDecimal seconds = pair.get(0).decimalValue();
    Instant at =
        Moments.parse(seconds.toBigInteger().toString())
            .orElseThrow(
                () ->
                    FleetFormatException.at(
                        given.source(), line, "expected seconds since 1970, found " + seconds))
            .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    return new Sample(at, pair.get(1).asText());
  }

  private interface Runs {
    void run(Instant from, Instant to, long spacing) throws IOException;
  }

  private static void runs(List<Sample> samples, Runs runs) throws IOException {
    Duration step = step(samples);
    int begin = 0;
    for (int i = 1; i <= samples.size(); i++) {
      boolean ends =
          i == samples.size()
              || Duration.between(samples.get(i - 1).at(), samples.get(i).at())
                      .compareTo(step.multipliedBy(3).dividedBy(2))
                  > 0;
      if (ends) {
        runs.run(
            samples.get(begin).at(),
            samples.get(i - 1).at(),
            i - 1 > begin ? Math.max(1, step.toSeconds()) : 0);
        begin = i;
      }
    }
  }

  // The step of the query: the closest that two samples come.
  private static Duration step(List<Sample> samples) {
    Duration step = Duration.ZERO;
    for (int i = 1; i < samples.size(); i++) {
      Duration apart = Duration.between(samples.get(i - 1).at(), samples.get(i).at());
      if (step.isZero() || apart.compareTo(step) < 0) {
        step = apart;
      }
    }
    return step;
  }

  private static String first(JsonNode labels, String... names) {
    for (String name : names) {
      String value = labels.path(name).asText();
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
