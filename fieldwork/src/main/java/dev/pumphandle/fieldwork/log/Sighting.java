package dev.pumphandle.fieldwork.log;

import dev.pumphandle.fieldwork.exam.MissingFacts;
import dev.pumphandle.fieldwork.exam.SignalNames;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What a log tells of one death: the same columns as a core's row, as far as they are known.
///
/// What the carrier of the opening line knows (host, pod, time) is in it from the beginning; what a
/// dialect puts stands above that. Not safe for several threads.
public final class Sighting {

  private static final int MOST_TEXT = 1000;
  private static final int MOST_FRAMES = 256;

  private final CaseRow.Builder row;
  private final long line;
  private final String opening;
  private final Map<String, Long> registers = new LinkedHashMap<>();
  private final List<FrameFact> frames = new ArrayList<>();
  private final Map<String, String> extra = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private final MissingFacts missing = new MissingFacts();
  private long fingerprint;
  private long lines;

  /// A sighting that begins with a line.
  ///
  /// @param evidence the dialect's name
  public Sighting(String evidence, LogLine line) {
    this.row = line.origin().facts().toBuilder();
    this.line = line.number();
    this.opening = line.text();
    row.put(LogColumns.EVIDENCE, evidence);
    row.put(LogColumns.LOG_LINE, line.number());
    line.time().ifPresent(this::time);
    text(line);
  }

  /// The row as it is by now: for columns that have no method here.
  public CaseRow.Builder row() {
    return row;
  }

  /// The place of the opening line in its file.
  public long line() {
    return line;
  }

  /// The text of the opening line.
  String opening() {
    return opening;
  }

  /// All lines that belong to it, as far as they are kept.
  String told() {
    return text.toString();
  }

  /// How many lines belong to it.
  long lines() {
    return lines;
  }

  /// Differs where any line that belongs to it differs.
  long fingerprint() {
    return fingerprint;
  }

  /// Keeps a line that belongs to it as its text.
  public Sighting text(LogLine line) {
    lines++;
    fingerprint = fingerprint * 1_000_003 + line.text().hashCode();
    if (text.length() < MOST_TEXT) {
      text.append(text.isEmpty() ? "" : "\n").append(line.text().strip());
    }
    return this;
  }

  /// The moment of death, as the log itself says.
  public Sighting time(Instant at) {
    row.put(IdentityColumns.OBSERVED_AT, at);
    row.put(IdentityColumns.OBSERVED_AT_FROM, "log");
    return this;
  }

  /// The fatal signal.
  public Sighting signal(int number) {
    row.put(SignalColumns.SIGNAL_NUMBER, number);
    row.put(SignalColumns.SIGNAL_NAME, SignalNames.of(number));
    return this;
  }

  /// The fatal signal, when it is known.
  public Sighting signal(OptionalInt number) {
    number.ifPresent(this::signal);
    return this;
  }

  /// si_code.
  public Sighting code(int code) {
    row.put(SignalColumns.SIGNAL_CODE, code);
    return this;
  }

  /// si_addr.
  public Sighting address(long address) {
    row.put(SignalColumns.FAULT_ADDRESS, address);
    return this;
  }

  /// The processor's trap.
  public Sighting trap(int number) {
    row.put(SignalColumns.TRAP_NUMBER, number);
    return this;
  }

  /// The error bits of a page fault.
  public Sighting error(long bits) {
    row.put(SignalColumns.PAGE_FAULT_ERROR, (int) bits);
    return this;
  }

  /// The process that died.
  public Sighting pid(long pid) {
    row.put(ProcessColumns.PROCESS_PID, pid);
    return this;
  }

  /// The thread that faulted.
  public Sighting tid(long tid) {
    row.put(ProcessColumns.CRASH_TID, tid);
    return this;
  }

  /// The CPU it ran on.
  public Sighting cpu(int number) {
    row.put(ProcessColumns.CPU_NUMBER, number);
    return this;
  }

  /// The name of the executable: at most 15 characters of it where the kernel speaks.
  public Sighting executable(String name) {
    row.put(ProcessColumns.PROCESS_EXECUTABLE_NAME, name);
    return this;
  }

  /// What the process said before it ended itself.
  public Sighting abortMessage(String message) {
    row.put(EvidenceColumns.ABORT_MESSAGE, cut(message));
    return this;
  }

  /// One register, by the name that a core's row has it under: `rip`, `rsp`, `eflags`; `x0`, `sp`,
  /// `pc`, `pstate`.
  public Sighting register(String name, long value) {
    registers.put(name, value);
    return this;
  }

  /// A register's value, when it is known.
  public Optional<Long> register(String name) {
    return Optional.ofNullable(registers.get(name));
  }

  /// The next frame outward.
  public Sighting frame(FrameFact frame) {
    if (frames.size() < MOST_FRAMES) {
      frames.add(frame);
    }
    return this;
  }

  /// The frames by now, innermost first.
  public List<FrameFact> frames() {
    return List.copyOf(frames);
  }

  /// Something that has no column of its own.
  public Sighting extra(String name, String value) {
    extra.put(name, cut(value));
    return this;
  }

  /// Says what must be known before a column is believed, or why it has no value.
  public Sighting missing(Column<?> column, String reason) {
    missing.add(column, reason);
    return this;
  }

  /// Ends the sighting: registers, frames and text become columns, and what follows from them.
  CaseRow.Builder finished() {
    if (!registers.isEmpty()) {
      row.put(FaultColumns.REGISTERS, Map.copyOf(registers));
    }
    if (!frames.isEmpty()) {
      row.put(StackColumns.FRAMES, List.copyOf(frames));
      row.put(StackColumns.SIGNATURE, signature());
    }
    if (!extra.isEmpty()) {
      Map<String, String> all = new HashMap<>(row.get(IdentityColumns.EXTRA).orElse(Map.of()));
      all.putAll(extra);
      row.put(IdentityColumns.EXTRA, Map.copyOf(all));
    }
    row.put(LogColumns.LOG_TEXT, cut(text.toString()));
    if (!row.has(IdentityColumns.OBSERVED_AT)) {
      missing.add(IdentityColumns.OBSERVED_AT, "the log names no time there");
    }
    if (!missing.all().isEmpty()) {
      row.put(IdentityColumns.MISSING_FACTS, missing.all());
    }
    LogSigns.fill(row, registers);
    return row;
  }

  private String signature() {
    List<String> names = new ArrayList<>();
    for (FrameFact frame : frames) {
      if (names.size() == 3) {
        break;
      }
      names.add(frame.function().or(frame::file).orElse("0x" + Long.toHexString(frame.pc())));
    }
    return String.join(" < ", names);
  }

  private static String cut(String text) {
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
  }
}
