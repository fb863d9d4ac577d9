package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What systemd says of a unit whose process was killed by a signal.
///
/// Source: systemd v256 src/core/unit.c, unit_log_process_exit(); `code=dumped` where a core was
/// written, `code=killed` where none was. A unit that was stopped by SIGTERM is no death to be
/// told.
public final class UnitDialect implements Dialect {

  private static final Pattern EXITED =
      Pattern.compile(
          "(\\S+\\.(?:service|scope|socket|mount|swap)): (?:(Main|Control|[A-Z]\\w*) process exited, |Process (\\d+) \\(.*?\\) of control group .*?, )?code=(dumped|killed), status=(\\d+)(?:/(\\w+))?");

  private static final Pattern OLDER =
      Pattern.compile(
          "(\\S+\\.service): main process exited, code=(dumped|killed), status=(\\d+)/(\\w+)");

  private static final Pattern RESULT =
      Pattern.compile("Failed with result '(core-dump|signal|oom-kill|watchdog|timeout)'");

  private static final Pattern CAUGHT =
      Pattern.compile("Caught <(SEGV|ABRT|BUS|ILL|FPE|QUIT)>, dumped core as pid (\\d+)");

  @Override
  public String name() {
    return "systemd-unit";
  }

  @Override
  public List<String> literals() {
    return List.of("code=dumped, status=", "code=killed, status=", "dumped core as pid ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> exited = Lines.find(line, EXITED);
    if (exited.isPresent()) {
      return unit(line, exited.get().group(1), exited.get().group(4), exited.get().group(5));
    }
    Optional<Matcher> older = Lines.find(line, OLDER);
    if (older.isPresent()) {
      return unit(line, older.get().group(1), older.get().group(2), older.get().group(3));
    }
    return Lines.find(line, CAUGHT).map(caught -> Report.whole(manager(line, caught)));
  }

  /// systemd itself died: it dumps a core in a child and freezes.
  private Sighting manager(LogLine line, Matcher caught) {
    Sighting sighting =
        new Sighting(name(), line)
            .signal(SignalWords.number(caught.group(1)))
            .executable("systemd");
    return sighting.pid(Lines.id(caught.group(2)).orElse(1L));
  }

  private Optional<Report> unit(LogLine line, String unit, String how, String status) {
    int signal = Integer.parseInt(status);
    if (!SignalWords.isCrash(signal) && signal != SignalWords.SIGKILL) {
      return Optional.empty();
    }
    Sighting sighting = new Sighting(name(), line).signal(signal).extra("unit", unit);
    String service = unit.substring(0, unit.lastIndexOf('.'));
    if (!sighting.row().has(PlaceColumns.SERVICE_NAME)) {
      sighting.row().put(PlaceColumns.SERVICE_NAME, service);
    }
    sighting
        .row()
        .put(LogColumns.TERMINATION_REASON, how.equals("dumped") ? "core-dump" : "signal");
    return Optional.of(new Unit(sighting, unit));
  }

  private static final class Unit extends Told {
    private final String unit;

    Unit(Sighting sighting, String unit) {
      super(sighting);
      this.unit = unit;
    }

    @Override
    public Take take(LogLine line) {
      if (!line.text().startsWith(unit + ": ")) {
        return Take.NOT_MINE;
      }
      Matcher result = RESULT.matcher(line.text());
      if (result.find()) {
        sighting().row().put(LogColumns.TERMINATION_REASON, result.group(1));
        sighting().text(line);
        return Take.LAST;
      }
      return line.text().contains("code=") ? Take.OVER : Take.NOT_MINE;
    }
  }
}
