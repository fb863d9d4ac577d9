package dev.pumphandle.fieldwork.log.sentinel;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.corefile.loaded.LoadedFiles;
import dev.pumphandle.corefile.signal.FaultRegisters;
import dev.pumphandle.corefile.signal.SignalFrame;
import dev.pumphandle.fieldwork.exam.Autopsy;
import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Pumphandle's own record: one line with registers, words of the stack, mappings and code, which
/// the same examiners look at that look at a core.
///
/// Source: docs/reference/sentinel-record.md
public final class SentinelDialect implements Dialect {

  private static final Pattern BEGINNING = Pattern.compile("\\*\\*\\* pumphandle v1 ");

  /// What the layout as a core would say, and nobody has seen.
  private static final List<Column<?>> NOT_SEEN =
      List.of(
          FaultColumns.PRSTATUS_PC,
          FaultColumns.PRSTATUS_SP,
          ProcessColumns.CORE_ORIGIN,
          ProcessColumns.THREAD_COUNT,
          SignalColumns.KILLING_SIGNAL_NUMBER,
          SignalColumns.KILLING_SIGNAL_CODE);

  private final Executables executables;
  private final boolean retainWords;

  /// A dialect with these means.
  ///
  /// @param executables who can give the text that a record has not room for
  /// @param retainWords whether words that may be people's data are kept
  public SentinelDialect(Executables executables, boolean retainWords) {
    this.executables = executables;
    this.retainWords = retainWords;
  }

  @Override
  public String name() {
    return "sentinel";
  }

  @Override
  public List<String> literals() {
    return List.of("*** pumphandle v1 ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    return Lines.find(line, BEGINNING)
        .flatMap(_ -> RecordReader.read(line.text()))
        .map(record -> Report.whole(sighting(line, record)));
  }

  private Sighting sighting(LogLine line, SentinelRecord record) {
    Sighting sighting = new Sighting(name(), line);
    CaseRow.Builder row = sighting.row();
    List<String> anomalies = new ArrayList<>(record.problems());
    try {
      CoreFile core = RecordCore.of(record);
      new Autopsy(executables, retainWords)
          .ofTold(
              core,
              LoadedFiles.told(record.files(), core.memory()),
              fault(core, record),
              row,
              anomalies);
    } catch (IOException e) {
      anomalies.add("sentinel's record: an executable could not be read: " + e.getMessage());
    }
    NOT_SEEN.forEach(row::remove);
    record.registers().all().forEach(sighting::register);
    process(record, sighting);
    place(record, row);
    if (!anomalies.isEmpty()) {
      row.put(IdentityColumns.ANOMALIES, List.copyOf(anomalies));
    }
    return sighting;
  }

  private static FaultRegisters fault(CoreFile core, SentinelRecord record) {
    OptionalInt sender = record.code() <= 0 ? record.count("spid") : OptionalInt.empty();
    OptionalLong user = record.code() <= 0 ? record.number("suid") : OptionalLong.empty();
    return new FaultRegisters(
        record.registers(),
        FaultRegisters.From.LOG,
        core.threads().getFirst(),
        record.signo(),
        OptionalInt.of(record.code()),
        record.address(),
        record.trap(),
        record.error(),
        sender,
        user,
        0,
        record.earlier().stream().map(frame -> frame(record.machine(), frame)).toList());
  }

  private static SignalFrame frame(Machine machine, SentinelRecord.Earlier earlier) {
    boolean x86 = machine == Machine.X86_64;
    return new SignalFrame(
        0,
        0,
        earlier.signo(),
        earlier.code(),
        0,
        Registers.of(
            machine, Map.of(x86 ? "rip" : "pc", earlier.pc(), x86 ? "rsp" : "sp", earlier.sp())),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        0);
  }

  private static void process(SentinelRecord record, Sighting sighting) {
    CaseRow.Builder row = sighting.row();
    time(record).ifPresent(sighting::time);
    record.number("pid").ifPresent(sighting::pid);
    record.number("tid").ifPresent(sighting::tid);
    record.count("cpu").ifPresent(sighting::cpu);
    row.put(ProcessColumns.THREAD_COUNT, record.count("threads"));
    row.put(ProcessColumns.THREAD_NAME, record.text("comm"));
    record.text("said").ifPresent(sighting::abortMessage);
    if (record.text("said").isEmpty()) {
      row.remove(EvidenceColumns.ABORT_MESSAGE);
    }
    row.put(ProcessColumns.PROCESS_EXECUTABLE_PATH, record.text("exe"));
    record
        .text("exe")
        .ifPresent(path -> sighting.executable(path.substring(path.lastIndexOf('/') + 1)));
    row.put(ProcessColumns.PROCESS_EXECUTABLE_BUILD_ID_GNU, record.text("build"));
  }

  private static void place(SentinelRecord record, CaseRow.Builder row) {
    row.put(PlaceColumns.SERVICE_VERSION, record.text("version"));
    row.put(PlaceColumns.K8S_NODE_NAME, record.text("node"));
    row.put(PlaceColumns.HOST_NAME, record.text("hostname"));
    row.put(PlaceColumns.HOST_ID, record.text("host"));
    row.put(PlaceColumns.HOST_BOOT_ID, record.text("boot"));
    row.put(PlaceColumns.HOST_PHYSICAL_ID, record.text("phys"));
  }

  /// Seconds and nanoseconds since 1970.
  private static Optional<Instant> time(SentinelRecord record) {
    String text = record.text("t").orElse("");
    int dot = text.indexOf('.');
    OptionalLong seconds = FieldText.decimal(dot < 0 ? text : text.substring(0, dot));
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    OptionalLong nanos = FieldText.decimal((fraction + "000000000").substring(0, 9));
    boolean sane =
        seconds.isPresent()
            && nanos.isPresent()
            && seconds.getAsLong() >= 0
            && seconds.getAsLong() < 1L << 33
            && nanos.getAsLong() >= 0
            && nanos.getAsLong() < 1_000_000_000L;
    return sane
        ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong(), nanos.getAsLong()))
        : Optional.empty();
  }
}
