package dev.pumphandle.fieldwork.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pumphandle.linelist.CaseRow;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Log records inside JSON documents: answers of Loki, exports of OpenTelemetry, pods as kubectl
/// prints them, arrays of records. Read as a stream: one record is held at a time.
///
/// Source: grafana/loki docs/sources/reference/loki-http-api.md, query_range and push;
/// OpenTelemetry opentelemetry-proto logs/v1/logs.proto in its JSON encoding; kubernetes/api
/// core/v1 types.go.
final class JsonDocument {

  /// How far a document is looked into to tell what it is (bytes).
  static final int HEAD = 1 << 16;

  private static final int TELLING = 4096;

  private static final Pattern BEGINNING =
      Pattern.compile(
          "^\\uFEFF?\\s*(?:\\[\\s*\\{|\\{\\s*\"(?:resourceLogs\"|streams\"|items\"|status\"\\s*:\\s*\"success\""
              + "|data\"\\s*:\\s*\\{\\s*\"result))");

  /// An object that may be a pod or a list of them: one must show.
  private static final Pattern OBJECT =
      Pattern.compile("^\\uFEFF?\\s*\\{\\s*\"(?:apiVersion|kind|metadata|spec|status)\"");

  private static final Pattern POD =
      Pattern.compile("\"kind\"\\s*:\\s*\"(?:Pod|PodList|List)\"|\"containerStatuses\"");

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonFactory STREAM = JSON.getFactory();

  private final Origin source;
  private final Clock clock;
  private final Framing framing;
  private final OpenReports reports;
  private long records;
  private Optional<JsonNode> resource = Optional.empty();
  private Optional<JsonNode> metadata = Optional.empty();
  private Optional<JsonNode> spec = Optional.empty();
  private Optional<JsonNode> status = Optional.empty();

  JsonDocument(LogSource source, Framing framing, OpenReports reports) {
    this.source = source.origin();
    this.clock = source.clock();
    this.framing = framing;
    this.reports = reports;
  }

  /// Whether a log is such a document.
  static boolean begins(BufferedInputStream log) throws IOException {
    log.mark(TELLING);
    byte[] head = log.readNBytes(TELLING);
    log.reset();
    String text = new String(head, StandardCharsets.UTF_8);
    return BEGINNING.matcher(text).find()
        || (OBJECT.matcher(text).find() && POD.matcher(text).find());
  }

  /// Reads one, or several in a row, to the end.
  LogScan.Read read(InputStream log) throws IOException {
    Counted counted = new Counted(log);
    List<String> failures = new ArrayList<>();
    try (JsonParser parser = STREAM.createParser(counted)) {
      while (parser.nextToken() != null) {
        value(parser);
      }
    } catch (JsonProcessingException e) {
      // What came before it stands.
      failures.add(
          "record "
              + records
              + ": expected more JSON, found "
              + e.getOriginalMessage().lines().findFirst().orElse("none"));
    }
    reports.close();
    failures.addAll(reports.failures());
    return new LogScan.Read(counted.bytes, records, 0, reports.taken(), failures);
  }

  private void value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      elements(parser, this::record);
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      object(parser);
    }
  }

  /// An object of which some field holds records.
  private void object(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "result", "streams" -> streams(parser);
        case "resource" -> resource = Optional.ofNullable(JSON.readTree(parser));
        case "logRecords" -> elements(parser, this::telemetry);
        case "items" -> elements(parser, this::pod);
        case "metadata" -> metadata = Optional.ofNullable(JSON.readTree(parser));
        case "spec" -> spec = Optional.ofNullable(JSON.readTree(parser));
        case "status" -> status = Optional.ofNullable(JSON.readTree(parser));
        case "resourceLogs", "scopeLogs", "instrumentationLibraryLogs" -> objects(parser);
        case "data" -> data(parser);
        default -> parser.skipChildren();
      }
    }
    if (status.filter(JsonNode::isObject).isPresent()) {
      onePod();
    }
  }

  private void data(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      object(parser);
    } else {
      parser.skipChildren();
    }
  }

  private void onePod() throws IOException {
    ObjectNode pod = JSON.createObjectNode();
    metadata.ifPresent(node -> pod.set("metadata", node));
    spec.ifPresent(node -> pod.set("spec", node));
    status.ifPresent(node -> pod.set("status", node));
    metadata = Optional.empty();
    spec = Optional.empty();
    status = Optional.empty();
    pod(pod);
  }

  private void objects(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      object(parser);
    }
  }

  private interface Element {
    void take(JsonNode element) throws IOException;
  }

  private void elements(JsonParser parser, Element taker) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
      JsonNode element = JSON.readTree(parser);
      records++;
      if (element != null && element.isObject()) {
        taker.take(element);
      }
    }
  }

  private void record(JsonNode record) throws IOException {
    Optional<LogLine> line = JsonRecord.read(record, records, source, clock);
    if (line.isPresent()) {
      offer(line.get());
    }
  }

  /// Loki's streams: labels, and lines with their times in nanoseconds.
  private void streams(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Origin origin = source;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "stream" -> origin = labelled(JSON.readTree(parser));
          case "values" -> values(parser, origin);
          default -> parser.skipChildren();
        }
      }
    }
  }

  private Origin labelled(JsonNode labels) {
    CaseRow.Builder facts = source.facts().toBuilder();
    for (Map.Entry<String, JsonNode> each : labels.properties()) {
      PlaceNames.put(facts, each.getKey(), each.getValue().asText());
    }
    return new Origin(labels.toString(), facts.build(), Map.of());
  }

  /// Loki answers with the newest line first unless it was asked otherwise: the lines of one stream
  /// are put into the order of time.
  private void values(JsonParser parser, Origin origin) throws IOException {
    List<LogLine> lines = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      String time = String.valueOf(parser.nextTextValue());
      String line = String.valueOf(parser.nextTextValue());
      lines.add(new LogLine(line, 0, Clock.epoch(time), origin));
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parser.skipChildren(); // structured metadata
      }
    }
    boolean backwards =
        lines.size() > 1
            && lines
                .getFirst()
                .time()
                .orElse(Instant.MIN)
                .isAfter(lines.getLast().time().orElse(Instant.MAX));
    for (LogLine line : backwards ? lines.reversed() : lines) {
      records++;
      offer(new LogLine(line.text(), records, line.time(), line.origin()));
    }
  }

  private void telemetry(JsonNode record) throws IOException {
    CaseRow.Builder facts = source.facts().toBuilder();
    resource.ifPresent(node -> attributes(node.path("attributes"), facts));
    attributes(record.path("attributes"), facts);
    String text = record.path("body").path("stringValue").asText("");
    String nanos =
        record.path("timeUnixNano").asText(record.path("observedTimeUnixNano").asText(""));
    CaseRow known = facts.build();
    offer(
        new LogLine(
            text, records, Clock.epoch(nanos), new Origin(known.toString(), known, Map.of())));
  }

  private static void attributes(JsonNode attributes, CaseRow.Builder facts) {
    for (JsonNode each : attributes) {
      PlaceNames.put(
          facts, each.path("key").asText(""), each.path("value").path("stringValue").asText(""));
    }
  }

  private void pod(JsonNode pod) throws IOException {
    for (Sighting sighting : TerminatedContainers.of(pod, records, source)) {
      reports.told(sighting);
    }
  }

  private void offer(LogLine record) throws IOException {
    for (LogLine line : framing.message(record)) {
      reports.offer(line);
    }
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      bytes += Math.max(0, read);
      return read;
    }
  }
}
