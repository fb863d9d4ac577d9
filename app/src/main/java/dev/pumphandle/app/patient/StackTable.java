package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Style;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Width;
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
  private static final int DESCRIPTION = 26;

  private final PatientRow row;
  private final WordReader reader;
  private final Style style;
  private final int columns;

  StackTable(PatientRow row, WordReader reader, Style style, int columns) {
    this.row = row;
    this.reader = reader;
    this.style = style;
    this.columns = columns;
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
        String kind = at < kinds.size() ? Words.of(kinds.get(at)) : "";
        OptionalLong word = PatientRow.bits(words.get(at));
        lines.add(line(offset, word.isPresent() ? word : told(offset), kind));
      }
    }
    return lines;
  }

  /// A word that is masked among its neighbours may stand in a column of its own.
  private OptionalLong told(long offset) {
    return switch ((int) offset) {
      case -8 -> row.address("popped_word");
      case 0 -> row.address("top_word");
      default -> OptionalLong.empty();
    };
  }

  private String line(long offset, OptionalLong word, String kind) {
    String place =
        (offset < 0 ? "-" : "+") + String.format(Locale.ROOT, "0x%02x", Math.abs(offset));
    String bits = word.isPresent() ? String.format(Locale.ROOT, "%016x", word.getAsLong()) : "";
    String description =
        word.isPresent()
            ? reader.describe(word.getAsLong())
            : kind.equals("absent") ? "not in the core" : "masked";
    String mark = mark(offset);
    String text =
        String.format(Locale.ROOT, " %6s  %-16s  ", place, bits)
            + (mark.isEmpty() ? description : Width.pad(description, room(mark)) + " " + mark);
    String cut = Width.cut(text, columns).stripTrailing();
    boolean redZone = offset < 0 && offset >= -RED_ZONE && !row.aarch64();
    return mark.isEmpty() ? (redZone ? style.faint(cut) : cut) : style.alert(cut);
  }

  /// How wide a description may be beside a mark (characters).
  private int room(String mark) {
    int free = columns - 27 - Width.of(mark) - 1;
    return Math.clamp(free, 8, Math.max(DESCRIPTION, columns / 2));
  }

  /// What this slot decided, if anything.
  private String mark(long offset) {
    String control = row.words("control_arrived", "");
    if (offset == -8 && control.equals("returned") && !row.aarch64()) {
      return "← popped by ret";
    }
    if (offset == 0) {
      return control.equals("called") ? "← sp: the call's return address" : "← sp";
    }
    return "";
  }
}
