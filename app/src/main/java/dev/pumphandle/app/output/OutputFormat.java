package dev.pumphandle.app.output;

import java.util.Locale;
import java.util.Optional;

/// The formats that `-o` takes.
public enum OutputFormat {
  /// Aligned columns cut to the width of the screen; the default on a terminal.
  TABLE,
  /// One line per row, values separated by tabs, headings first; the default in a pipe.
  TSV,
  /// One array of objects.
  JSON,
  /// One object per line.
  NDJSON,
  /// Source: RFC 4180.
  CSV,
  /// A table for a report or an issue.
  MARKDOWN;

  /// The format of this name, in any case.
  public static Optional<OutputFormat> named(String name) {
    for (OutputFormat format : values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The renderer that writes it.
  ///
  /// @param columns the width to write for (characters); only tables care
  /// @param colour whether escape sequences may be written; only tables do
  public Renderer renderer(int columns, boolean colour) {
    return switch (this) {
      case TABLE -> new TableRenderer(columns, colour);
      case TSV -> new TsvRenderer();
      case JSON -> new JsonRenderer(JsonRenderer.Shape.ARRAY);
      case NDJSON -> new JsonRenderer(JsonRenderer.Shape.LINES);
      case CSV -> new CsvRenderer();
      case MARKDOWN -> new MarkdownRenderer();
    };
  }
}
