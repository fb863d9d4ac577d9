package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Style;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// The words around the stack pointer, each with what it is, the red zone apart.
///
/// Source: System V ABI AMD64, §3.2.2: the 128 bytes below rsp are left alone by signal delivery.
final class StackTable {
  private static final int RED_ZONE = 128;

  private final PatientRow row;
  private final WordReader reader;
  private final Style style;

  StackTable(PatientRow row, WordReader reader, Style style) {
    this.row = row;
    this.reader = reader;
    this.style = style;
  }

  /// The lines for the words from `below` bytes under the stack pointer to `above` bytes over it.
  List<String> lines(int below, int above) {
    OptionalLong sp = row.address("fault_sp");
    OptionalLong first = row.address("stack_words_from");
    List<Value> words = row.several("stack_words");
    List<Value> kinds = row.several("stack_word_kinds");
    List<String> lines = new ArrayList<>();
    if (sp.isEmpty() || first.isEmpty()) {
      return lines;
    }
    for (int at = 0; at < words.size(); at++) {
      long offset = first.getAsLong() + 8L * at - sp.getAsLong();
      if (offset >= -below && offset < above) {
        lines.add(line(offset, words.get(at), at < kinds.size() ? Words.of(kinds.get(at)) : ""));
      }
    }
    return lines;
  }

  private String line(long offset, Value value, String kind) {
    String place =
        (offset < 0 ? "-" : "+") + String.format(Locale.ROOT, "0x%02x", Math.abs(offset));
    OptionalLong word = PatientRow.bits(value);
    String bits =
        word.isPresent()
            ? String.format(Locale.ROOT, "%016x", word.getAsLong())
            : kind.equals("absent") ? "not in the core " : "masked          ";
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, " %6s  %s  ", place, bits));
    word.ifPresent(
        present -> line.append(String.format(Locale.ROOT, "%-24s", reader.describe(present))));
    String mark = mark(offset);
    if (!mark.isEmpty()) {
      return (line + " " + style.alert(mark)).stripTrailing();
    }
    boolean redZone = offset < 0 && offset >= -RED_ZONE && !row.aarch64();
    String plain = line.toString().stripTrailing();
    return redZone ? style.faint(plain) : plain;
  }

  /// What this slot decided, if anything.
  private String mark(long offset) {
    String control = row.words("control_arrived", "");
    if (offset == -8 && control.equals("returned") && !row.aarch64()) {
      return "← popped by ret: equals rip";
    }
    if (offset == 0 && control.equals("called")) {
      return "← return address of the call";
    }
    return offset == 0 ? "← sp" : "";
  }
}
