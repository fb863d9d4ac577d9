package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Moment;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The audit records of a process that ended abnormally, or that seccomp ended.
///
/// Source: Linux v6.12 kernel/auditsc.c, audit_core_dumps() (ANOM_ABEND, type 1701: written for
/// every signal that would dump a core, also where no core is wanted), audit_seccomp() (type 1326;
/// signal 0 means that it was only logged).
public final class AuditDialect implements Dialect {

  private static final Pattern RECORD =
      Pattern.compile(
          "(?:type=(?:1701|1326|ANOM_ABEND|SECCOMP)|ANOM_ABEND|SECCOMP)\\b.* pid=(\\d+) (?:comm=(?:\"([^\"]*)\"|([0-9A-F]+)) )?(?:exe=(?:\"([^\"]*)\"|\\S+) )?sig=(\\d+)");

  private static final Pattern TIME = Pattern.compile("audit\\((\\d{9,11}\\.\\d{3}):\\d+\\)");

  private static final Pattern UID = Pattern.compile(" uid=(\\d+)");

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public List<String> literals() {
    return List.of("ANOM_ABEND", "type=1701 ", "type=1326 ", "SECCOMP ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    return Lines.find(line, RECORD).flatMap(found -> sighting(line, found)).map(Report::whole);
  }

  private Optional<Sighting> sighting(LogLine line, Matcher found) {
    int signal = Integer.parseInt(found.group(5));
    if (!SignalWords.isCrash(signal)) {
      return Optional.empty();
    }
    Sighting sighting = new Sighting(name(), line).signal(signal);
    // pid is the process; comm is the thread's name.
    Lines.id(found.group(1)).ifPresent(sighting::pid);
    if (found.group(2) != null) {
      sighting.executable(found.group(2));
    }
    if (found.group(4) != null) {
      sighting.row().put(ProcessColumns.PROCESS_EXECUTABLE_PATH, found.group(4));
    }
    Matcher uid = UID.matcher(line.text());
    if (uid.find()) {
      sighting.row().put(ProcessColumns.PROCESS_UID, (int) Long.parseLong(uid.group(1)));
    }
    Matcher time = TIME.matcher(line.text());
    if (time.find()) {
      Moment.of(time.group(1)).ifPresent(sighting::time);
    }
    return Optional.of(sighting);
  }
}
