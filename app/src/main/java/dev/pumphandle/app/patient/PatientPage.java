package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Style;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Width;
import dev.pumphandle.app.output.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One case on one page of a terminal.
public final class PatientPage {
  private final PatientRow row;
  private final WordReader reader;
  private final int columns;
  private final Style style;
  private final int above;

  /// The page for one row.
  ///
  /// @param columns the width to write for (characters)
  /// @param above how much of the stack over the stack pointer to show (bytes)
  public PatientPage(PatientRow row, int columns, Style style, int above) {
    this.row = row;
    this.reader = new WordReader(row);
    this.columns = columns;
    this.style = style;
    this.above = above;
  }

  /// Writes the page.
  ///
  /// @throws IOException when `out` refuses
  public void write(Appendable out) throws IOException {
    line(out, style.strong(verdict()));
    for (String wrapped : wrapped(because())) {
      line(out, "  " + wrapped);
    }
    line(out, "");
    who(out);
    registers(out);
    section(out, "stack", new StackTable(row, reader, style).lines(64, above));
    section(out, "frames", Frames.lines(row));
    for (Value anomaly : row.several("anomalies")) {
      line(out, Width.cut("odd    " + Words.printable(Words.of(anomaly)), columns));
    }
  }

  /// The deciding line: what it is, and how sure.
  private String verdict() {
    String label = row.words("label", row.words("read_state", "?"));
    String tier = row.words("label_tier").map(name -> " (" + name + ")").orElse("");
    String version = row.words("label_version").map(number -> "@" + number).orElse("");
    return label
        + version
        + tier
        + row.words("excluded_reason").map(why -> "  excluded: " + why).orElse("");
  }

  /// The evidence in one sentence or two.
  private String because() {
    List<String> parts = new ArrayList<>();
    row.words("read_problem").ifPresent(parts::add);
    row.words("control_arrived")
        .filter(how -> !how.equals("unknown"))
        .ifPresent(
            how ->
                parts.add(
                    "control "
                        + how
                        + row.words("control_evidence").map(e -> ": " + e).orElse("")));
    row.words("stack_alignment")
        .filter(how -> how.startsWith("shifted"))
        .ifPresent(
            how ->
                parts.add(
                    "stack "
                        + how
                        + row.words("stack_alignment_evidence").map(e -> ": " + e).orElse("")));
    row.words("abort_message").ifPresent(message -> parts.add("abort message: " + message));
    return String.join("; ", parts);
  }

  private void who(Appendable out) throws IOException {
    String signal =
        row.words("signal_name", "no fatal signal")
            + row.words("signal_code").map(code -> " code " + code).orElse("")
            + row.words("fault_address").map(at -> " at " + at).orElse("");
    field(out, "case", row.words("case_id", "?") + "  " + row.words("observed_at", "time unknown"));
    field(out, "signal", signal);
    field(
        out,
        "process",
        row.words("process_executable_name", "?")
            + row.words("process_pid").map(pid -> " pid " + pid).orElse("")
            + row.words("crash_tid").map(tid -> " tid " + tid).orElse("")
            + row.words("thread_name").map(name -> " (" + name + ")").orElse("")
            + row.words("thread_count")
                .map(n -> ", " + n + (n.equals("1") ? " thread" : " threads"))
                .orElse("")
            + row.words("service_version").map(version -> ", version " + version).orElse(""));
    List<String> place = new ArrayList<>();
    for (String column :
        List.of(
            "host_physical_id", "k8s_node_name", "k8s_cluster_name", "cloud_region", "host_type")) {
      row.words(column).ifPresent(place::add);
    }
    row.words("cpu_number").ifPresent(cpu -> place.add("cpu " + cpu));
    if (!place.isEmpty()) {
      field(out, "place", String.join(" / ", place));
    }
    field(
        out,
        "object",
        row.words("object_uri", "?")
            + row.words("read_state").map(state -> "  " + state).orElse(""));
  }

  private void registers(Appendable out) throws IOException {
    Map<String, Long> registers = row.registers();
    if (registers.isEmpty()) {
      return;
    }
    String from =
        switch (row.words("fault_registers_from", "")) {
          case "sigframe" -> "from the signal frame: PRSTATUS holds where the handler died";
          case "prstatus" -> "from PRSTATUS";
          case String other -> other;
        };
    line(out, "");
    line(out, style.strong("registers") + "  " + from);
    for (String name : reader.leading()) {
      if (registers.containsKey(name)) {
        line(out, register(name, registers.get(name)) + note(name, registers.get(name)));
      }
    }
    List<String> rest = new ArrayList<>();
    registers.forEach(
        (name, bits) -> {
          if (!reader.leading().contains(name)) {
            rest.add(register(name, bits).stripTrailing());
          }
        });
    grid(out, rest);
  }

  /// As many columns as fit, read downwards.
  private void grid(Appendable out, List<String> cells) throws IOException {
    int widest = cells.stream().mapToInt(Width::of).max().orElse(1) + 2;
    int across = Math.max(1, columns / widest);
    int down = (cells.size() + across - 1) / across;
    for (int at = 0; at < down; at++) {
      StringBuilder text = new StringBuilder();
      for (int cell = at; cell < cells.size(); cell += down) {
        text.append(Width.pad(cells.get(cell), widest));
      }
      line(out, text.toString().stripTrailing());
    }
  }

  private String register(String name, long bits) {
    return String.format(Locale.ROOT, " %6s  %016x  %s", name, bits, reader.describe(bits))
        .stripTrailing();
  }

  private String note(String name, long bits) {
    if ((name.equals("rsp") || name.equals("sp")) && bits % 16 != 0) {
      return "  %16 = " + Long.remainderUnsigned(bits, 16);
    }
    return "";
  }

  private void section(Appendable out, String title, List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    line(out, "");
    line(out, style.strong(title));
    for (String each : lines) {
      line(out, style.colour() ? each : Width.cut(each, columns));
    }
  }

  private void field(Appendable out, String name, String text) throws IOException {
    line(out, Width.pad(name, 9) + Width.cut(text, columns - 9));
  }

  private List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > columns - 2) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static void line(Appendable out, String text) throws IOException {
    out.append(text).append('\n');
  }
}
