package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pumphandle.linelist.FleetChange;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Calendars in JSON: one object a line, one array, or what helm, kubectl and the clouds print.
final class JsonChanges {

  private static final JsonMapper JSON = new JsonMapper();

  private final Given given;
  private final ChangeTable table;
  private final Changes changes;
  private final List<Dialect> dialects;
  private long recognised;

  JsonChanges(Given given, ChangeTable table, Changes changes) {
    this.given = given;
    this.table = table;
    this.changes = changes;
    this.dialects = List.of(new Rollouts(given), new HelmHistory(given), new CloudEvents(given));
  }

  /// What takes the changes.
  interface Changes {
    /// One of them.
    void add(FleetChange change) throws FleetFormatException;
  }

  /// One tool's way of saying that something changed.
  interface Dialect {
    /// Whether an object is of this tool.
    boolean knows(ObjectNode object);

    /// What it says: nothing, one change or several.
    void read(ObjectNode object, long line, Changes changes) throws FleetFormatException;
  }

  void read(InputStream bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      while (json.nextToken() != null) {
        long line = json.currentTokenLocation().getLineNr();
        root(JSON.readTree(json), line);
      }
    }
    if (recognised == 0) {
      throw new FleetFormatException(given.source() + ": expected changes, found none");
    }
  }

  private void root(JsonNode root, long line) throws FleetFormatException {
    if (root.isArray()) {
      for (JsonNode each : root) {
        element(each, line);
      }
    } else if (root.path("items").isArray()) {
      for (JsonNode each : root.path("items")) {
        element(each, line);
      }
    } else {
      element(root, line);
    }
  }

  private void element(JsonNode element, long line) throws FleetFormatException {
    if (!(element instanceof ObjectNode object)) {
      throw FleetFormatException.at(
          given.source(), line, "expected an object, found " + element.getNodeType());
    }
    recognised++;
    for (Dialect each : dialects) {
      if (each.knows(object)) {
        each.read(object, line, changes);
        return;
      }
    }
    changes.add(table.change(row(object, line), line));
  }

  private Map<String, String> row(ObjectNode object, long line) throws FleetFormatException {
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
    return row;
  }
}
