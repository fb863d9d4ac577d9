package dev.pumphandle.app.scoreboard;

import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.Examination;
import dev.pumphandle.fieldwork.log.LogScan;
import dev.pumphandle.fieldwork.log.LogSource;
import dev.pumphandle.fieldwork.log.sentinel.SentinelDialect;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the line and the core of the same deaths say.
///
/// @param deaths how many there are
/// @param silent those without a line
/// @param disagreeing those whose line is labelled otherwise than their core
/// @param elsewhere those of whose registers the line or the core say otherwise than the observer
record Witnesses(
    int deaths, List<String> silent, List<String> disagreeing, List<String> elsewhere) {

  /// What a fault leaves as it was.
  private static final List<String> GENERAL =
      List.of(
          "rip", "rsp", "rbp", "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11",
          "r12", "r13", "r14", "r15", "eflags", "cs", "ss", "fs_base", "gs_base");

  /// What a signal that was sent leaves as it was: the system call that it interrupted ends, and
  /// abort() goes on after a handler has returned.
  private static final List<String> PLACE = List.of("rip", "rsp");

  /// Examines cores and reads lines, and labels both.
  ///
  /// @param workspace an absent directory
  static Witnesses of(List<Known> cores, Executables executables, Path workspace)
      throws IOException {
    Workspace place = Workspace.init(workspace);
    Examination examination = new Examination(executables, ObjectName.usual(), false, "test");
    LogScan scan = new LogScan(List.of(new SentinelDialect(executables, false)), "test");
    Witnesses witnesses =
        new Witnesses(cores.size(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Map<String, Known> byCore = new HashMap<>();
    Map<String, String> coreOfLine = new HashMap<>();
    try (CaseWriter writer = CaseWriter.open(place)) {
      for (Known known : cores) {
        String uri = known.core().toUri().toString();
        CaseRow core = examination.of(Scoreboard.specimen(known.core()));
        byCore.put(uri, known);
        writer.append(core);
        witnesses.compare(known, core, "core");
        List<CaseRow> lines = read(scan, known.core());
        if (lines.isEmpty()) {
          witnesses.silent.add(known.story());
        }
        for (CaseRow line : lines) {
          writer.append(line);
          coreOfLine.put(line.get(IdentityColumns.OBJECT_URI).orElseThrow(), uri);
          witnesses.compare(known, line, "line");
        }
      }
    }
    Map<String, String> labels = labels(place);
    coreOfLine.forEach(
        (line, core) -> {
          String said = Objects.requireNonNull(labels.get(line));
          String other = Objects.requireNonNull(labels.get(core));
          if (!label(said).equals(label(other))) {
            Known known = Objects.requireNonNull(byCore.get(core));
            witnesses.disagreeing.add(known.story() + ": its line " + said + ", its core " + other);
          }
        });
    return witnesses;
  }

  private static List<CaseRow> read(LogScan scan, Path core) throws IOException {
    Path log = core.resolveSibling(core.getFileName() + ".log");
    List<CaseRow> rows = new ArrayList<>();
    if (Files.exists(log)) {
      try (InputStream in = Files.newInputStream(log)) {
        LogSource source =
            new LogSource(log.toUri().toString(), Instant.now(), ZoneOffset.UTC, Map.of());
        scan.read(source, in, rows::add);
      }
    }
    return rows;
  }

  private void compare(Known known, CaseRow row, String witness) {
    Map<String, Long> registers = row.get(FaultColumns.REGISTERS).orElse(Map.of());
    for (String name : known.truth().has("sender_pid") ? PLACE : GENERAL) {
      String truth = known.register(name, name);
      Long said = registers.get(name);
      if (!truth.isEmpty() && (said == null || !truth.equals("0x" + Long.toHexString(said)))) {
        elsewhere.add(
            known.story()
                + ": its "
                + witness
                + " says "
                + name
                + " was "
                + (said == null ? "unknown" : "0x" + Long.toHexString(said))
                + ", truly "
                + truth);
        return;
      }
    }
  }

  private static Map<String, String> labels(Workspace place) throws IOException {
    Map<String, String> labels = new HashMap<>();
    try (LineList list = LineList.open(place);
        Answer rows =
            list.ask(
                "SELECT object_uri, coalesce(label, ''), coalesce(label_tier, ''),"
                    + " coalesce(read_problem, control_evidence, '') FROM cases")) {
      while (rows.next()) {
        labels.put(
            rows.value(0).orElseThrow().toString(),
            rows.value(1).orElseThrow()
                + " "
                + rows.value(2).orElseThrow()
                + " ("
                + rows.value(3).orElseThrow()
                + ")");
      }
    }
    return labels;
  }

  private static String label(String said) {
    return said.substring(0, said.indexOf(' '));
  }
}
