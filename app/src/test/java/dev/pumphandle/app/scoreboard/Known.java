package dev.pumphandle.app.scoreboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A core whose truth is known: written by an observer that watched the death, or by the forger
/// before the core was made.
///
/// @param core the file
/// @param truth what is true about it
record Known(Path core, JsonNode truth) {

  private static final JsonMapper JSON = new JsonMapper();

  /// All cores of a directory with a truth in `truth/`.
  static List<Known> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("truth"))) {
      return files.sorted().map(truth -> beside(directory, truth)).toList();
    }
  }

  private static Known beside(Path directory, Path truth) {
    String name = truth.getFileName().toString();
    return of(directory.resolve(name.substring(0, name.length() - ".json".length())), truth);
  }

  static Known of(Path core, Path truth) {
    try {
      return new Known(core, JSON.readTree(truth.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Known of(Path core, String truth) throws IOException {
    return new Known(core, JSON.readTree(truth));
  }

  String text(String key) {
    return truth.path(key).asText();
  }

  /// What was done to it, for a message.
  String story() {
    return String.join(
        " ",
        text("case"),
        text("program"),
        "handler=" + text("handler"),
        "where=" + text("where"),
        "threads=" + text("threads"),
        "filter=" + text("filter"));
  }

  /// A register of the fault by its name on this machine; empty where the truth does not tell.
  String register(String x86, String arm) {
    JsonNode registers = truth.path("registers");
    return registers.path(text("machine").equals("aarch64") ? arm : x86).asText();
  }
}
