package dev.pumphandle.fieldwork.handler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pumphandle.corefile.SourceChangedException;
import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.linelist.CaseRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What crash handlers wrote beside a core, by their own names of the fields.
///
/// @param fields what it wrote
public record Handler(Map<String, String> fields) {
  private static final JsonMapper JSON = new JsonMapper();

  /// A field; empty where it was not written.
  public Optional<String> get(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  /// A field that holds JSON; empty where there is none that can be read.
  Optional<JsonNode> json(String field) {
    return get(field)
        .flatMap(
            text -> {
              try {
                return Optional.ofNullable(JSON.readTree(text));
              } catch (JsonProcessingException _) {
                return Optional.empty();
              }
            });
  }

  /// A text below a node; empty where it is missing or none.
  static Optional<String> at(JsonNode node, String pointer) {
    JsonNode found = node.at(pointer);
    return found.isValueNode() && !found.isNull() ? Optional.of(found.asText()) : Optional.empty();
  }

  /// Adds what crash handlers wrote of a specimen to its row.
  ///
  /// @throws SourceChangedException where the object was written anew meanwhile
  /// @throws StoreUnusableException where its store is lost
  public static void testify(Specimen specimen, CaseRow.Builder row, List<String> anomalies)
      throws SourceChangedException, StoreUnusableException {
    Map<String, Map<String, String>> byHandler = new HashMap<>();
    try {
      specimen.access().said().forEach((key, value) -> sort(key, value, byHandler));
    } catch (SourceChangedException | StoreUnusableException e) {
      throw e;
    } catch (IOException e) {
      anomalies.add("crash handler's files: " + e.getMessage());
    }
    specimen
        .metadata()
        .forEach(
            (key, value) -> SystemdCoredump.field(key).ifPresent(f -> sort(f, value, byHandler)));
    Testimony testimony = new Testimony(row);
    byHandler.forEach(
        (name, fields) -> {
          testimony.handler(name);
          Handler handler = new Handler(Map.copyOf(fields));
          switch (name) {
            case SystemdCoredump.NAME -> SystemdCoredump.testify(handler, testimony, anomalies);
            case "apport" -> Apport.testify(handler, testimony);
            case "abrt" -> Abrt.testify(handler, testimony);
            case "core-dump-handler" -> CoreDumpHandler.testify(handler, testimony);
            default -> anomalies.add("files of a crash handler that is not known: " + name);
          }
        });
  }

  private static void sort(String key, String value, Map<String, Map<String, String>> byHandler) {
    int slash = key.indexOf('/');
    if (slash > 0) {
      byHandler
          .computeIfAbsent(key.substring(0, slash), _ -> new HashMap<>())
          .putIfAbsent(key.substring(slash + 1), value);
    }
  }
}
