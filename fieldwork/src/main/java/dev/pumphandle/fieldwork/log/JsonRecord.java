package dev.pumphandle.fieldwork.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pumphandle.linelist.CaseRow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One log record that is a JSON object: journald's export, Docker's json-file, what fluentd,
/// fluent-bit, Vector and the clouds write.
///
/// Source: systemd docs/JOURNAL_EXPORT_FORMATS.md (a field that is no UTF-8 is an array of bytes, a
/// field that occurs twice an array of values); moby daemon/logger/jsonfilelog.
final class JsonRecord {

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> MESSAGES =
      List.of(
          "MESSAGE", "log", "message", "msg", "line", "body", "textPayload", "text", "@message");

  private static final List<String> TIMES =
      List.of(
          "_SOURCE_REALTIME_TIMESTAMP",
          "__REALTIME_TIMESTAMP",
          "@timestamp",
          "timestamp",
          "time",
          "ts",
          "timeUnixNano",
          "t");

  private static final List<String> PLACES =
      List.of("kubernetes", "resource", "labels", "host", "docker", "attributes", "k8s", "cloud");

  private JsonRecord() {}

  /// The message of a record, with what the record knows beside it; empty where it is no record.
  static Optional<LogLine> read(String json, long number, Origin source, Clock clock) {
    try {
      JsonNode record = JSON.readTree(json);
      return record != null && record.isObject()
          ? read(record, number, source, clock)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static Optional<LogLine> read(JsonNode record, long number, Origin source, Clock clock) {
    Optional<String> message = message(record);
    if (message.isEmpty()) {
      return Optional.empty();
    }
    CaseRow.Builder facts = source.facts().toBuilder();
    Map<String, String> fields = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : record.properties()) {
      if (each.getValue().isValueNode()) {
        fields.put(each.getKey(), each.getValue().asText());
      } else if (each.getValue().isArray()) {
        scalar(each.getValue()).ifPresent(text -> fields.put(each.getKey(), text));
      }
    }
    places(record, facts);
    for (String nested : PLACES) {
      places(record.path(nested), facts);
      places(record.path(nested).path("labels"), facts);
    }
    Origin origin = new Origin(stream(source, fields, facts.build()), facts.build(), fields);
    return Optional.of(new LogLine(message.get(), number, time(record, clock), origin));
  }

  private static Optional<String> message(JsonNode record) {
    for (String name : MESSAGES) {
      JsonNode node = record.path(name);
      Optional<String> text = node.isTextual() ? Optional.of(node.asText()) : scalar(node);
      if (text.isPresent()) {
        return text;
      }
    }
    JsonNode payload = record.path("jsonPayload");
    if (payload.isObject()) {
      return message(payload);
    }
    return record.has("COREDUMP_PID") || record.has("__REALTIME_TIMESTAMP")
        ? Optional.of("")
        : Optional.empty();
  }

  /// An array of bytes, or the first of several values.
  private static Optional<String> scalar(JsonNode array) {
    if (!array.isArray() || array.isEmpty()) {
      return Optional.empty();
    }
    if (array.get(0).isTextual()) {
      return Optional.of(array.get(0).asText());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(array.size());
    for (JsonNode each : array) {
      if (!each.canConvertToInt() || each.asInt() < 0 || each.asInt() > 255) {
        return Optional.empty();
      }
      bytes.write(each.asInt());
    }
    return Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }

  private static void places(JsonNode node, CaseRow.Builder facts) {
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (each.getValue().isTextual()) {
        PlaceNames.put(facts, each.getKey(), each.getValue().asText());
      }
    }
    if (node.path("pod_name").isTextual() && node.path("host").isTextual()) {
      // fluentd's kubernetes filter calls the node a host.
      PlaceNames.put(facts, "node", node.path("host").asText());
    }
  }

  private static Optional<Instant> time(JsonNode record, Clock clock) {
    for (String name : TIMES) {
      JsonNode node = record.path(name);
      if (node.isTextual() || node.isNumber()) {
        String text = node.isTextual() ? node.asText() : node.decimalValue().toPlainString();
        Optional<Instant> at = Clock.epoch(text).or(() -> clock.beginning(text));
        if (at.isPresent()) {
          return at;
        }
      }
    }
    return Optional.empty();
  }

  private static String stream(Origin source, Map<String, String> fields, CaseRow facts) {
    StringBuilder stream = new StringBuilder(source.stream());
    for (String name : List.of("_BOOT_ID", "_TRANSPORT", "SYSLOG_IDENTIFIER", "_PID", "stream")) {
      stream.append('|').append(fields.getOrDefault(name, ""));
    }
    return stream.append('|').append(facts).toString();
  }
}
