package dev.pumphandle.app.denylist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pumphandle.app.CommandException;
import dev.pumphandle.registry.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The file `denylist.json` of a workspace.
public final class Denylist {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;
  private final List<Entry> entries;

  private Denylist(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = new ArrayList<>(entries);
  }

  /// The list of a workspace; empty when there is no file yet.
  ///
  /// @throws CommandException (failure) when the file is none
  public static Denylist read(Path root) throws IOException {
    Path file = root.resolve("denylist.json");
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Denylist(file, List.of());
    }
    List<Entry> entries = new ArrayList<>();
    try {
      for (JsonNode each : list(file)) {
        entries.add(
            new Entry(
                text(file, each, "host"),
                each.path("reason").asText(),
                LocalDate.parse(text(file, each, "added_at")),
                LocalDate.parse(text(file, each, "review_by"))));
      }
    } catch (JsonProcessingException e) {
      throw CommandException.failure(
          file + ": line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    } catch (DateTimeException e) {
      throw CommandException.failure(file + ": expected a date, " + e.getMessage());
    }
    return new Denylist(file, entries);
  }

  // A host that was to be left alone would be used again: what is no list is not an empty one.
  private static JsonNode list(Path file) throws IOException {
    JsonNode tree = JSON.readTree(file.toFile());
    if (!tree.isArray()) {
      String found =
          tree.isMissingNode()
              ? "an empty file"
              : "one that holds " + tree.getNodeType().name().toLowerCase(Locale.ROOT);
      throw CommandException.failure(
          file
              + ": expected a list of hosts, found "
              + found
              + "; restore it, or write [] into it if no host is denied");
    }
    return tree;
  }

  private static String text(Path file, JsonNode entry, String name) {
    if (!entry.path(name).isTextual()) {
      throw CommandException.failure(
          file + ": expected '" + name + "' in each entry, found " + entry);
    }
    return entry.path(name).asText();
  }

  /// The entries, in the order in which they were added.
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /// Adds a host, or replaces its entry.
  public void add(Entry entry) {
    entries.removeIf(e -> e.host().equals(entry.host()));
    entries.add(entry);
  }

  /// Takes a host off.
  ///
  /// @return whether it was on the list
  public boolean clear(String host) {
    return entries.removeIf(e -> e.host().equals(host));
  }

  /// Writes the file, whole or not at all.
  public void write() throws IOException {
    ArrayNode array = JSON.createArrayNode();
    for (Entry entry : entries) {
      ObjectNode node = array.addObject();
      node.put("host", entry.host());
      node.put("reason", entry.reason());
      node.put("added_at", entry.addedAt().toString());
      node.put("review_by", entry.reviewBy().toString());
    }
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
    WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
