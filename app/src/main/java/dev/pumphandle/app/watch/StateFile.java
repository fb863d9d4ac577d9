package dev.pumphandle.app.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pumphandle.app.CommandException;
import dev.pumphandle.registry.RegistryException;
import dev.pumphandle.registry.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The file in which a watch remembers; held by one watch at a time, so that two never tell the
/// same alert.
///
/// It is written whole under another name, synced, then renamed: a killed watch finds the old state
/// or the new one.
final class StateFile implements AutoCloseable {

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel lock;

  private StateFile(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  /// Takes the file; waits while another watch has it.
  ///
  /// @param directory the workspace's data directory
  static StateFile take(Path directory) throws IOException {
    Path folder = directory.resolve("watch");
    FileChannel lock = lockFile(folder);
    lock.lock();
    return new StateFile(folder.resolve("state.json"), lock);
  }

  private static FileChannel lockFile(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      return FileChannel.open(
          folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw RegistryException.NotWritten.because(folder, e);
    }
  }

  /// What is remembered.
  ///
  /// @throws CommandException (failure) where the file is none of ours
  WatchState read() throws IOException {
    if (!Files.exists(file)) {
      return WatchState.none();
    }
    try {
      JsonNode tree = JSON.readTree(file.toFile());
      if (tree.path("format").asInt() != FORMAT) {
        throw CommandException.failure(
            file + ": expected format " + FORMAT + ", found " + tree.path("format"));
      }
      Map<StreamName, Instant> restarts = new TreeMap<>();
      for (JsonNode each : tree.path("restarts")) {
        restarts.put(stream(each), Instant.parse(each.path("from").asText()));
      }
      List<Alert> alerts = new ArrayList<>();
      for (JsonNode each : tree.path("alerts")) {
        alerts.add(alert(each));
      }
      List<WatchState.Delivery> undelivered = new ArrayList<>();
      for (JsonNode each : tree.path("undelivered")) {
        undelivered.add(
            new WatchState.Delivery(
                WatchState.Receiver.valueOf(each.path("receiver").asText()),
                each.path("alert").asText(),
                each.path("end").asBoolean()));
      }
      return new WatchState(
          moment(tree, "begin"), restarts, alerts, undelivered, tree.path("raised").asLong());
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      throw CommandException.failure(
          file
              + ": expected what a watch remembers, found "
              + (e instanceof JsonProcessingException json ? json.getOriginalMessage() : e)
              + "; remove it to begin anew");
    }
  }

  /// Remembers.
  void write(WatchState state) throws IOException {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("format", FORMAT);
    state.begin().ifPresent(at -> tree.put("begin", at.toString()));
    tree.put("raised", state.raised());
    ArrayNode restarts = tree.putArray("restarts");
    for (Map.Entry<StreamName, Instant> each : new TreeMap<>(state.restarts()).entrySet()) {
      named(restarts.addObject(), each.getKey()).put("from", each.getValue().toString());
    }
    ArrayNode alerts = tree.putArray("alerts");
    state.alerts().forEach(alert -> write(alerts.addObject(), alert));
    ArrayNode undelivered = tree.putArray("undelivered");
    for (WatchState.Delivery each : state.undelivered()) {
      ObjectNode node = undelivered.addObject();
      node.put("receiver", each.receiver().name());
      node.put("alert", each.alert());
      node.put("end", each.end());
    }
    WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree));
  }

  private static ObjectNode named(ObjectNode node, StreamName stream) {
    return node.put("label", stream.label()).put("region", stream.region());
  }

  private static StreamName stream(JsonNode node) {
    return new StreamName(node.path("label").asText(), node.path("region").asText());
  }

  private static Optional<Instant> moment(JsonNode node, String name) {
    return node.path(name).isTextual()
        ? Optional.of(Instant.parse(node.path(name).asText()))
        : Optional.empty();
  }

  private static void write(ObjectNode node, Alert alert) {
    named(node, alert.stream());
    node.put("raised_at", alert.raisedAt().toString());
    node.put("since", alert.since().toString());
    node.put("last_alarm_at", alert.lastAlarmAt().toString());
    alert.resolvedAt().ifPresent(at -> node.put("resolved_at", at.toString()));
    node.put("observed", alert.observed());
    node.put("expected", alert.expected());
    node.put("rise", alert.rise());
    node.put("told", alert.told());
    node.put("end_told", alert.endTold());
    ArrayNode hosts = node.putArray("hosts");
    for (Alert.HostCount each : alert.hosts()) {
      hosts
          .addObject()
          .put("host", each.host())
          .put("cases", each.cases())
          .put("new", each.isNew());
    }
  }

  private static Alert alert(JsonNode node) {
    List<Alert.HostCount> hosts = new ArrayList<>();
    for (JsonNode each : node.path("hosts")) {
      hosts.add(
          new Alert.HostCount(
              each.path("host").asText(),
              each.path("cases").asLong(),
              each.path("new").asBoolean()));
    }
    return new Alert(
        stream(node),
        Instant.parse(node.path("raised_at").asText()),
        Instant.parse(node.path("since").asText()),
        Instant.parse(node.path("last_alarm_at").asText()),
        moment(node, "resolved_at"),
        node.path("observed").asDouble(),
        node.path("expected").asDouble(),
        node.path("rise").asDouble(),
        hosts,
        node.path("told").asBoolean(),
        node.path("end_told").asBoolean());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
