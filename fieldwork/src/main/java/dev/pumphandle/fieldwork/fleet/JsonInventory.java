package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Inventories in JSON: one object a line, one array, or the lists that tools print. Elements of
/// lists are read one by one, so that a file may be larger than memory.
final class JsonInventory {

  private static final JsonMapper JSON = new JsonMapper();

  private final Given given;
  private final FleetFile.Reports reports;
  private final HostTable table;
  private final PrometheusSeries prometheus;
  private final GoogleInstances google;
  private KubernetesNodes nodes;
  private Optional<Instant> dated = Optional.empty();
  private long taken;

  JsonInventory(Given given, FleetFile.Reports reports) {
    this.given = given;
    this.reports = reports;
    this.table = new HostTable(given);
    this.prometheus = new PrometheusSeries(given);
    this.google = new GoogleInstances(given);
    this.nodes = new KubernetesNodes(given);
  }

  Optional<Instant> read(InputStream bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      while (json.nextToken() != null) {
        root(json);
      }
    }
    taken += nodes.end(reports, this::datedBy);
    if (taken == 0) {
      throw new FleetFormatException(given.source() + ": expected nodes, found none");
    }
    return dated.or(table::dated);
  }

  private void datedBy(Instant at) {
    dated = Optional.of(at);
  }

  private void root(JsonParser json) throws IOException {
    long line = line(json);
    if (json.currentToken() == JsonToken.START_ARRAY) {
      elements(json);
    } else if (json.currentToken() == JsonToken.START_OBJECT) {
      object(json, line);
    } else {
      throw FleetFormatException.at(
          given.source(), line, "expected an object or an array, found " + json.getText());
    }
  }

  private static long line(JsonParser json) {
    return json.currentTokenLocation().getLineNr();
  }

  private void elements(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      long line = line(json);
      element(JSON.readTree(json), line);
    }
  }

  // kubectl's {"items": […]} and Prometheus' {"data": {"result": […]}} go by element; everything
  // else
  // is an element itself.
  private void object(JsonParser json, long line) throws IOException {
    ObjectNode rest = JSON.createObjectNode();
    boolean list = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("items") && value == JsonToken.START_ARRAY) {
        list = true;
        items(json);
      } else if (name.equals("data") && value == JsonToken.START_OBJECT) {
        list = true;
        data(json);
      } else {
        rest.set(name, JSON.readTree(json));
      }
    }
    if (!list) {
      element(rest, line);
    } else if (rest.path("status").asText().equals("error")) {
      throw FleetFormatException.at(
          given.source(),
          line,
          "expected an answer, found the error " + rest.path("error").asText());
    }
  }

  // Every list is a snapshot of its own moment.
  private void items(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      long line = line(json);
      nodes.add(JSON.readTree(json), line);
    }
    taken += nodes.end(reports, this::datedBy);
    nodes = new KubernetesNodes(given);
  }

  private void data(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.START_ARRAY && name.equals("result")) {
        elements(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void element(JsonNode element, long line) throws IOException {
    if (!(element instanceof ObjectNode object)) {
      throw FleetFormatException.at(
          given.source(), line, "expected an object, found " + element.getNodeType());
    }
    if (KubernetesNodes.isNode(object)) {
      nodes.add(object, line);
    } else if (PrometheusSeries.isSeries(object)) {
      prometheus.read(object, line, reports);
      taken++;
    } else if (GoogleInstances.isInstance(object)) {
      var report = google.report(object, line, this::datedBy);
      if (report.isPresent()) {
        reports.add(report.get());
      }
      taken++;
    } else if (object.path("status").asText().equals("error") && object.has("error")) {
      throw FleetFormatException.at(
          given.source(),
          line,
          "expected an answer, found the error " + object.path("error").asText());
    } else {
      row(object, line);
    }
  }

  private void row(ObjectNode object, long line) throws IOException {
    Map<String, String> row = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      if (each.getValue().isContainerNode() && !given.unknownColumns()) {
        throw FleetFormatException.at(
            given.source(),
            line,
            each.getKey()
                + ": expected a text or a number, found "
                + each.getValue().getNodeType());
      }
      if (each.getValue().isValueNode()) {
        row.put(each.getKey(), each.getValue().isNull() ? "" : each.getValue().asText());
      }
    }
    reports.add(table.report(row, line));
    taken++;
  }
}
