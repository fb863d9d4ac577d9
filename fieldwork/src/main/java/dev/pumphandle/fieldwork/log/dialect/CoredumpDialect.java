package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What systemd-coredump writes into the journal of each core it takes: its fields where the
/// journal was exported with them, else its message and stack traces.
///
/// Source: systemd v256 src/coredump/coredump.c, submit_coredump(); src/coredump/coredumpctl.c,
/// print_info(); catalog fc2e22bc6ee647b6b90729ab34a250b1.
public final class CoredumpDialect implements Dialect {

  private static final Pattern DUMPED =
      Pattern.compile(
          "(?:\\[🡕] )?Process (\\d+) \\((.{1,64}?)\\) of user (\\d+) (?:terminated abnormally (?:with|on) signal (\\d+)/?(\\w*).*|dumped core\\.?.*|killed by (SIG[A-Z]+) - dumping core.*|killed by signal (\\d+).*)");

  private static final Pattern PID = Pattern.compile("^\\s+PID: (\\d+) \\((.*)\\)");
  private static final Pattern SIGNAL = Pattern.compile("^\\s+Signal: (\\d+) \\((\\w+)\\)");
  private static final Pattern EXECUTABLE = Pattern.compile("^\\s+Executable: (\\S.*)$");
  private static final Pattern BOOT = Pattern.compile("^\\s+Boot ID: ([0-9a-f]{32})");
  private static final Pattern HOST = Pattern.compile("^\\s+Hostname: (\\S+)");
  private static final Pattern THREAD = Pattern.compile("Stack trace of thread (\\d+):");

  @Override
  public String name() {
    return "systemd-coredump";
  }

  @Override
  public List<String> literals() {
    return List.of(
        "COREDUMP_PID", " dumped core", " terminated abnormally ", "killed by SIG", " PID: ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> dumped = Lines.find(line, DUMPED);
    if (dumped.isPresent()) {
      return Optional.of(new Page(dumped(line, dumped.get())));
    }
    Map<String, String> fields = line.origin().fields();
    if (fields.containsKey("COREDUMP_PID")) {
      Sighting sighting = new Sighting(name(), line);
      fields(fields, sighting);
      return Optional.of(new Page(sighting));
    }
    Matcher pid = PID.matcher(line.text());
    if (pid.find()) {
      Sighting sighting = new Sighting(name(), line).executable(pid.group(2));
      Lines.id(pid.group(1)).ifPresent(sighting::pid);
      return Optional.of(new Listed(sighting));
    }
    return Optional.empty();
  }

  private Sighting dumped(LogLine line, Matcher found) {
    Sighting sighting = new Sighting(name(), line).executable(found.group(2));
    Lines.id(found.group(1)).ifPresent(sighting::pid);
    sighting.row().put(ProcessColumns.PROCESS_UID, (int) Long.parseLong(found.group(3)));
    for (int group : new int[] {4, 6, 7}) {
      if (found.group(group) != null) {
        sighting.signal(SignalWords.number(found.group(group)));
      }
    }
    sighting.row().put(LogColumns.TERMINATION_REASON, "core-dump");
    fields(line.origin().fields(), sighting);
    return sighting;
  }

  private static void fields(Map<String, String> fields, Sighting sighting) {
    Lines.id(fields.get("COREDUMP_PID")).ifPresent(sighting::pid);
    text(fields, "COREDUMP_SIGNAL").ifPresent(word -> sighting.signal(SignalWords.number(word)));
    text(fields, "COREDUMP_COMM").ifPresent(sighting::executable);
    text(fields, "COREDUMP_EXE")
        .ifPresent(path -> sighting.row().put(ProcessColumns.PROCESS_EXECUTABLE_PATH, path));
    text(fields, "COREDUMP_HOSTNAME")
        .ifPresent(host -> sighting.row().put(PlaceColumns.HOST_NAME, host));
    text(fields, "COREDUMP_TIMESTAMP")
        .filter(micros -> micros.matches("\\d{10,17}"))
        .ifPresent(
            micros -> sighting.time(Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS)));
    text(fields, "COREDUMP_UNIT").ifPresent(unit -> sighting.extra("unit", unit));
    text(fields, "COREDUMP_FILENAME").ifPresent(file -> sighting.extra("core_file", file));
    text(fields, "COREDUMP_CGROUP").ifPresent(group -> sighting.extra("cgroup", group));
    text(fields, "COREDUMP_PACKAGE_VERSION")
        .ifPresent(version -> sighting.row().put(PlaceColumns.SERVICE_VERSION, version));
    text(fields, "COREDUMP_UID")
        .filter(uid -> uid.matches("\\d{1,10}"))
        .ifPresent(
            uid -> sighting.row().put(ProcessColumns.PROCESS_UID, (int) Long.parseLong(uid)));
  }

  private static Optional<String> text(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name)).filter(text -> !text.isBlank());
  }

  /// The first thread's stack is the one that took the signal.
  private static class Page extends Told {
    private int threads;

    Page(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      if (Lines.find(line, DUMPED).isPresent()) {
        return Take.OVER;
      }
      Matcher thread = THREAD.matcher(line.text());
      if (thread.find()) {
        if (threads++ == 0) {
          Lines.id(thread.group(1)).ifPresent(sighting()::tid);
        }
        return mine(line);
      }
      Optional<FrameFact> frame = FrameText.numbered(line.text());
      if (frame.isPresent()) {
        if (threads == 1) {
          sighting().frame(frame.get());
        }
        return mine(line);
      }
      boolean module = line.text().startsWith("Module ") || line.text().startsWith("Found module ");
      return module || line.text().isBlank() ? Take.MINE : Take.NOT_MINE;
    }
  }

  /// `coredumpctl info`: a death only once it has said the signal.
  private static final class Listed extends Page {
    private boolean signalled;

    Listed(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text();
      Matcher signal = SIGNAL.matcher(text);
      Matcher executable = EXECUTABLE.matcher(text);
      Matcher boot = BOOT.matcher(text);
      Matcher host = HOST.matcher(text);
      if (signal.find()) {
        signalled = true;
        sighting().signal(Integer.parseInt(signal.group(1)));
      } else if (executable.find()) {
        sighting().row().put(ProcessColumns.PROCESS_EXECUTABLE_PATH, executable.group(1));
      } else if (boot.find()) {
        sighting().row().put(PlaceColumns.HOST_BOOT_ID, boot.group(1));
      } else if (host.find()) {
        sighting().row().put(PlaceColumns.HOST_NAME, host.group(1));
      } else if (PID.matcher(text).find()) {
        return Take.OVER;
      } else if (text.stripLeading().startsWith("Message: ")) {
        return mine(line);
      } else {
        return super.take(line);
      }
      return mine(line);
    }

    @Override
    public Optional<Sighting> end() {
      return signalled ? super.end() : Optional.empty();
    }
  }
}
