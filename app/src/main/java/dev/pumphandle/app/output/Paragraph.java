package dev.pumphandle.app.output;

import java.util.ArrayList;
import java.util.List;

/// Sentences broken into lines that fit.
public final class Paragraph {
  private Paragraph() {}

  /// The lines of `text`, broken at blanks; a word longer than a line stays whole.
  ///
  /// @param columns the width to write for (characters)
  public static List<String> lines(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +", -1)) {
      if (!line.isEmpty() && Width.of(line.toString()) + 1 + Width.of(word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
