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

/// Inventories in JSON: one object a line, or one array, or the lists that tools print.
final class JsonInventory {

  private static final JsonMapper JSON = new JsonMapper();

  private final Given given;
  private final FleetFile.Reports reports;
  private final HostTable table;
  private long taken;

  JsonInventory(Given given, FleetFile.Reports reports) {
    this.given = given;
    this.reports = reports;
    this.table = new HostTable(given);
  }

  Optional<Instant> read(InputStream bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      while (json.nextToken() != null) {
        root(json);
      }
    }
    if (taken == 0) {
      throw new FleetFormatException(given.source() + ": expected nodes, found none");
    }
    return table.dated();
  }

  private void root(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    long line = json.currentTokenLocation().getLineNr();
    if (token == JsonToken.START_OBJECT) {
      element(JSON.readTree(json), line);
    } else if (token == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        line = json.currentTokenLocation().getLineNr();
        element(JSON.readTree(json), line);
      }
    } else {
      throw FleetFormatException.at(
          given.source(), line, "expected an object or an array, found " + json.getText());
    }
  }

  private void element(JsonNode element, long line) throws IOException {
    if (!(element instanceof ObjectNode object)) {
      throw FleetFormatException.at(
          given.source(), line, "expected an object, found " + element.getNodeType());
    }
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
