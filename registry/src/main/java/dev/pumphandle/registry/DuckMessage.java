package dev.pumphandle.registry;

import org.jspecify.annotations.Nullable;

/// DuckDB's messages, made fit for one line.
final class DuckMessage {

  private DuckMessage() {}

  /// The first line: what follows is a picture of the query, or a trace.
  static String firstLine(@Nullable String message) {
    if (message == null) {
      return "no reason given";
    }
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
  }

  /// The message with the place in the query, for SQL that a person typed.
  static String forQuery(@Nullable String message) {
    return message == null ? "no reason given" : message.strip();
  }
}
