package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Width;
import dev.pumphandle.app.output.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// The registers of the fault, each with what it points to; the three that decide first.
final class RegisterTable {
  private static final int CELL = 40;

  private final PatientRow row;
  private final WordReader reader;
  private final int columns;

  RegisterTable(PatientRow row, WordReader reader, int columns) {
    this.row = row;
    this.reader = reader;
    this.columns = columns;
  }

  /// Where the registers were found, as a clause.
  String from() {
    return switch (row.words("fault_registers_from", "")) {
      case "sigframe" -> "from the signal frame" + elsewhere();
      case "prstatus" -> "from PRSTATUS";
      case "log" -> "from a log";
      case String other -> other;
    };
  }

  /// Where a reader of PRSTATUS alone would look for the fault.
  private String elsewhere() {
    OptionalLong pc = row.address("fault_pc");
    OptionalLong status = row.address("prstatus_pc");
    return status.isPresent() && !status.equals(pc)
        ? "; PRSTATUS holds the handler's, at " + Words.hex(status.getAsLong())
        : "";
  }

  List<String> lines() {
    Map<String, Long> registers = row.registers();
    List<String> lines = new ArrayList<>();
    for (String name : reader.leading()) {
      if (registers.containsKey(name)) {
        long bits = registers.get(name);
        lines.add(Width.cut(register(name, bits) + note(name, bits), columns));
      }
    }
    List<String> rest = new ArrayList<>();
    registers.forEach(
        (name, bits) -> {
          if (!reader.leading().contains(name)) {
            rest.add(register(name, bits));
          }
        });
    lines.addAll(inColumns(rest));
    return lines;
  }

  /// As many columns as fit, read downwards.
  private List<String> inColumns(List<String> cells) {
    int across = Math.max(1, columns / CELL);
    int down = (cells.size() + across - 1) / across;
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < down; at++) {
      StringBuilder text = new StringBuilder();
      for (int cell = at; cell < cells.size(); cell += down) {
        text.append(Width.pad(Width.cut(cells.get(cell), CELL - 1), CELL));
      }
      lines.add(text.toString().stripTrailing());
    }
    return lines;
  }

  private String register(String name, long bits) {
    return String.format(Locale.ROOT, " %6s  %016x  %s", name, bits, reader.describe(bits))
        .stripTrailing();
  }

  /// Source: System V ABI AMD64, §3.2.2; AAPCS64, §6.4.5.1: the stack is aligned to 16 bytes where
  /// a call begins.
  private static String note(String name, long bits) {
    boolean sp = name.equals("rsp") || name.equals("sp");
    return sp ? "  (%16 = " + Long.remainderUnsigned(bits, 16) + ")" : "";
  }
}
