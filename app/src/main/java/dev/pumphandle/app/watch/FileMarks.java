package dev.pumphandle.app.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pumphandle.app.CommandException;
import dev.pumphandle.registry.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How far each log has been read, by the identity of its file: a log that is renamed when it is
/// full goes on where it was.
///
/// Losing this file costs time, never a case: logs are then read anew, and what stands in the line
/// list already is known again by its place and text.
final class FileMarks {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Read> reads;

  /// How far one log has been read.
  ///
  /// @param uri its address when it was first read: part of the identity of its rows
  /// @param bytes its size then
  /// @param modified when it had been written then (milliseconds of the epoch)
  /// @param resume where to begin anew
  /// @param settled reports that begin before this line are complete in the line list
  record Read(String uri, long bytes, long modified, LineMarks.Mark resume, long settled) {}

  private FileMarks(Path file, Map<String, Read> reads) {
    this.file = file;
    this.reads = reads;
  }

  /// Those of a workspace.
  ///
  /// @param directory its data directory
  static FileMarks read(Path directory) throws IOException {
    Path file = directory.resolve("watch").resolve("logs.json");
    Map<String, Read> reads = new HashMap<>();
    if (Files.exists(file)) {
      try {
        for (JsonNode each : JSON.readTree(file.toFile())) {
          reads.put(
              each.path("file").asText(),
              new Read(
                  each.path("uri").asText(),
                  each.path("bytes").asLong(),
                  each.path("modified").asLong(),
                  new LineMarks.Mark(each.path("offset").asLong(), each.path("line").asLong()),
                  each.path("settled").asLong()));
        }
      } catch (JsonProcessingException e) {
        throw CommandException.failure(
            file
                + ": expected how far logs were read, found "
                + e.getOriginalMessage()
                + "; remove it and they are read anew");
      }
    }
    return new FileMarks(file, reads);
  }

  /// How far a file has been read.
  Optional<Read> of(String key) {
    return Optional.ofNullable(reads.get(key));
  }

  /// Notes how far a file has been read.
  void put(String key, Read read) {
    reads.put(key, read);
  }

  /// Writes them, whole or not at all.
  void write() throws IOException {
    ArrayNode all = JSON.createArrayNode();
    for (Map.Entry<String, Read> each : new TreeMap<>(reads).entrySet()) {
      Read read = each.getValue();
      ObjectNode node = all.addObject();
      node.put("file", each.getKey());
      node.put("uri", read.uri());
      node.put("bytes", read.bytes());
      node.put("modified", read.modified());
      node.put("offset", read.resume().offset());
      node.put("line", read.resume().line());
      node.put("settled", read.settled());
    }
    Files.createDirectories(file.resolveSibling("."));
    WholeFile.write(file, JSON.writeValueAsBytes(all));
  }
}
