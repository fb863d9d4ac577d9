package dev.pumphandle.app.scoreboard;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.FileSource;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.Examination;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the line list says of cores whose truth is known.
///
/// @param cores how many there are
/// @param mislabelled those whose label is not the truth's
/// @param elsewhere those whose fault registers are not the truth's
/// @param misled those where control is said to have arrived in another way: `unknown` is no lie
/// @param shifted those where the stack is said to stand otherwise: `unknown` is no lie
/// @param unsure those whose label is `other` instead, and those that were refused
record Scoreboard(
    int cores,
    List<String> mislabelled,
    List<String> elsewhere,
    List<String> misled,
    List<String> shifted,
    List<String> unsure) {

  /// Examines and labels.
  ///
  /// @param workspace an absent directory
  static Scoreboard of(List<Known> cores, Executables executables, Path workspace)
      throws IOException {
    Workspace place = Workspace.init(workspace);
    Examination examination = new Examination(executables, ObjectName.usual(), false, "test");
    Map<String, Known> byAddress = new HashMap<>();
    try (CaseWriter writer = CaseWriter.open(place)) {
      for (Known known : cores) {
        byAddress.put(known.core().toUri().toString(), known);
        writer.append(examination.of(specimen(known.core())));
      }
    }
    Scoreboard board =
        new Scoreboard(
            cores.size(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    try (LineList list = LineList.open(place);
        Answer rows =
            list.ask(
                "SELECT object_uri, label, control_arrived, stack_alignment, to_hex(fault_pc),"
                    + " to_hex(fault_sp), coalesce(read_problem, control_evidence) FROM cases"
                    + " ORDER BY object_uri")) {
      while (rows.next()) {
        board.judge(Objects.requireNonNull(byAddress.get(text(rows, 0))), rows);
      }
    }
    return board;
  }

  private void judge(Known known, Answer row) throws IOException {
    String label = text(row, 1);
    String arrived = text(row, 2);
    String alignment = text(row, 3);
    String truly = known.text("label");
    String found =
        known.story()
            + ": "
            + label
            + ", "
            + arrived
            + ", "
            + alignment
            + " ("
            + text(row, 6)
            + ")";
    boolean refused = label.isEmpty();
    if (refused || (label.equals("other") && !truly.equals("other"))) {
      unsure.add(found);
    } else if (!label.equals(truly)) {
      mislabelled.add(found + ", truly " + truly);
    }
    if (refused) {
      return;
    }
    String control = known.text("control");
    if (!control.equals("none") && !arrived.equals("unknown") && !arrived.equals(control)) {
      misled.add(found + ", truly " + control);
    }
    String stood = known.text("alignment");
    if (!stood.isEmpty() && !alignment.equals("unknown") && !alignment.equals(stood)) {
      shifted.add(found + ", truly " + stood);
    }
    if (!truly.equals("not-a-crash")) {
      compare(known.register("rip", "pc"), hex(row, 4), found);
      compare(known.register("rsp", "sp"), hex(row, 5), found);
    }
  }

  private void compare(String truth, String said, String found) {
    if (!truth.isEmpty() && !truth.equals(said)) {
      elsewhere.add(found + " at " + said + ", truly " + truth);
    }
  }

  private static String text(Answer row, int column) throws IOException {
    return row.value(column).map(Object::toString).orElse("");
  }

  private static String hex(Answer row, int column) throws IOException {
    String digits = text(row, column);
    return digits.isEmpty() ? "" : "0x" + digits.toLowerCase(java.util.Locale.ROOT);
  }

  static Specimen specimen(Path core) throws IOException {
    return new Specimen(
        core.toUri().toString(),
        core.getFileName().toString(),
        Files.size(core),
        "1",
        Instant.EPOCH,
        Map.of(),
        new Specimen.Access() {
          @Override
          public ByteSource open() throws IOException {
            return FileSource.open(core);
          }

          @Override
          public Optional<ByteView> sidecar() {
            return Optional.empty();
          }
        });
  }
}
