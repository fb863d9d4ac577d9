package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.FunctionName;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Width;
import dev.pumphandle.app.output.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The frames of the crashing thread as lines.
final class Frames {
  private static final int SHOWN = 12;

  private Frames() {}

  /// The lines, innermost first, each with how far it can be trusted.
  static List<String> lines(PatientRow row, int columns) {
    List<String> lines = new ArrayList<>();
    List<Value> frames = row.several("frames");
    for (Value each : frames.subList(0, Math.min(SHOWN, frames.size()))) {
      if (each instanceof Value.Named(var fields)) {
        String pc =
            PatientRow.bits(fields.getOrDefault("pc", Value.MISSING)).stream()
                .mapToObj(bits -> String.format(Locale.ROOT, "%016x", bits))
                .findFirst()
                .orElse("?");
        String trust = word(fields, "trust");
        lines.add(
            Width.cut(
                String.format(
                        Locale.ROOT, "  #%-2d %s  %-13s  %s", lines.size(), pc, trust, name(fields))
                    .stripTrailing(),
                columns));
      }
    }
    if (frames.size() > SHOWN) {
      lines.add("  … and " + (frames.size() - SHOWN) + " more: -o json");
    }
    return lines;
  }

  /// `function (file+0x1f29)`, as far as it is known: the number is what addr2line takes.
  static String name(Map<String, Value> fields) {
    String function = FunctionName.readable(word(fields, "function"));
    String path = word(fields, "file");
    String file = path.substring(path.lastIndexOf('/') + 1);
    String offset =
        PatientRow.bits(fields.getOrDefault("offset", Value.MISSING)).stream()
            .mapToObj(bits -> "+" + Words.hex(bits))
            .findFirst()
            .orElse("");
    if (function.isEmpty()) {
      return file.isEmpty() ? "" : file + offset;
    }
    return file.isEmpty() ? function : function + " (" + file + offset + ")";
  }

  private static String word(Map<String, Value> fields, String name) {
    return Words.printable(Words.of(fields.getOrDefault(name, Value.MISSING)));
  }
}
