package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Paragraph;
import dev.pumphandle.app.output.Style;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Width;
import dev.pumphandle.app.output.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// One case on one page of a terminal.
public final class PatientPage {
  private static final int STACK_BELOW = 64;

  private final PatientRow row;
  private final int columns;
  private final Style style;
  private final int above;

  /// The page for one row.
  ///
  /// @param columns the width to write for (characters)
  /// @param above how much of the stack over the stack pointer to show (bytes)
  public PatientPage(PatientRow row, int columns, Style style, int above) {
    this.row = row;
    this.columns = columns;
    this.style = style;
    this.above = above;
  }

  /// Writes the page.
  ///
  /// @throws IOException when `out` refuses
  public void write(Appendable out) throws IOException {
    WordReader reader = new WordReader(row);
    line(out, style.strong(verdict()));
    for (String evidence : evidence()) {
      for (String part : Paragraph.lines(evidence, columns - 2)) {
        line(out, "  " + part);
      }
    }
    line(out, "");
    for (String each : new Identity(row, columns).lines()) {
      line(out, each);
    }
    RegisterTable registers = new RegisterTable(row, reader, columns);
    section(out, "registers", registers.from(), registers.lines());
    section(
        out, "stack", "", new StackTable(row, reader, style, columns).lines(STACK_BELOW, above));
    section(out, "frames", "", Frames.lines(row, columns));
    section(out, "log", "", log());
    List<String> odd = new ArrayList<>();
    for (Value anomaly : row.several("anomalies")) {
      odd.add(Width.cut("  " + Words.printable(Words.of(anomaly)), columns));
    }
    section(out, "odd", "", odd);
  }

  /// The deciding line: what it is, and how sure.
  private String verdict() {
    return row.words("label", row.words("read_state", "?"))
        + row.words("label_tier").map(name -> " (" + name + ")").orElse("")
        + row.words("excluded_reason").map(why -> ", excluded: " + why).orElse("");
  }

  /// What decided it, a sentence for each finding.
  private List<String> evidence() {
    List<String> sentences = new ArrayList<>();
    row.words("read_problem").ifPresent(sentences::add);
    row.words("control_arrived")
        .filter(how -> !how.equals("unknown"))
        .ifPresent(how -> sentences.add("control " + how + because("control_evidence")));
    row.words("stack_alignment")
        .filter(how -> how.startsWith("shifted"))
        .ifPresent(how -> sentences.add("stack " + how + because("stack_alignment_evidence")));
    row.words("instruction_text")
        .or(() -> row.words("instruction_kind"))
        .ifPresent(instruction -> sentences.add("at pc: " + instruction + operand()));
    row.words("abort_message")
        .ifPresent(
            message ->
                sentences.add(
                    (row.words("evidence").isPresent() ? "it said: " : "glibc said: ") + message));
    row.words("one_bit_flip")
        .ifPresent(
            bit -> sentences.add("one flipped bit (" + bit + ") would make the address valid"));
    return sentences;
  }

  private List<String> log() {
    return row.lines("log_text").stream().map(each -> Width.cut("  " + each, columns)).toList();
  }

  private String because(String column) {
    return row.words(column).map(why -> ": " + why).orElse("");
  }

  private String operand() {
    return row.words("operand_agrees")
        .filter(agrees -> agrees.equals("no"))
        .map(_ -> "; its operand is not the address it faulted on")
        .orElse("");
  }

  private void section(Appendable out, String title, String note, List<String> lines)
      throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    line(out, "");
    line(out, style.strong(title) + (note.isEmpty() ? "" : "  " + note));
    for (String each : lines) {
      line(out, each);
    }
  }

  private static void line(Appendable out, String text) throws IOException {
    out.append(text).append('\n');
  }
}
