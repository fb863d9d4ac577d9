package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What container runtimes say when a container ends with the code of a fatal signal: containerd,
/// dockerd, `docker events`, Compose, the kubelet.
///
/// Source: containerd internal/cri/server/events.go, TaskExit; moby daemon/events; docker/compose
/// `exited with code`; kubernetes pkg/kubelet/pleg/generic.go. Exit codes are 128 and the signal
/// (POSIX shell, §2.8.2).
///
/// Folklore: 137 is SIGKILL, from the OOM killer or from anybody: only a reason beside it tells.
public final class ContainerDialect implements Dialect {

  private static final String CODES = "(13[2-79]|159)";

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile(
              "TaskExit event .*?container_id:\\\\?\"([0-9a-f]{12,64})\\\\?\".*?pid:(\\d+).*?exit_status:"
                  + CODES
                  + "\\b"),
          Pattern.compile(
              "TaskExit event .*?ContainerID:([0-9a-f]{12,64}).*?Pid:(\\d+).*?ExitStatus:"
                  + CODES
                  + "\\b"),
          Pattern.compile(
              "container (?:die|died|oom) ([0-9a-f]{12,64})() \\(.*?(?:exitCode|containerExitCode)="
                  + CODES
                  + "\\b"),
          Pattern.compile(
              "container finished\\\\?\".*?containerID=\\\\?\"(?:\\w+://)?([0-9a-f]{12,64})\\\\?\"() exitCode="
                  + CODES
                  + "\\b"),
          Pattern.compile("^(\\S{1,128})() exited with code " + CODES + "\\b"));

  private static final Pattern DESCRIBED =
      Pattern.compile("^\\s*(?:Last State:|lastState:|State:)\\s*(?:Terminated)?\\s*$");

  private static final Pattern REASON =
      Pattern.compile("^\\s*[Rr]eason:\\s+\"?([A-Za-z]+)\"?\\s*$");
  private static final Pattern EXIT =
      Pattern.compile("^\\s*(?:Exit Code|exitCode):\\s+" + CODES + "\\s*$");
  private static final Pattern SIGNAL =
      Pattern.compile("^\\s*(?:Signal|signal):\\s+(\\d{1,2})\\s*$");
  private static final Pattern FINISHED =
      Pattern.compile("^\\s*(?:Finished|finishedAt):\\s+\"?(.+?)\"?\\s*$");

  @Override
  public String name() {
    return "container";
  }

  @Override
  public List<String> literals() {
    return List.of(
        "TaskExit event ",
        "container di",
        "container finished",
        " exited with code 1",
        "Last State:",
        "lastState:",
        "terminated:");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    for (Pattern form : FORMS) {
      Matcher found = form.matcher(line.text());
      if (found.find()) {
        return Optional.of(Report.whole(exited(line, found)));
      }
    }
    return DESCRIBED.matcher(line.text()).find()
        ? Optional.of(new State(new Sighting(name(), line)))
        : Optional.empty();
  }

  private Sighting exited(LogLine line, Matcher found) {
    Sighting sighting = new Sighting(name(), line);
    exit(sighting, Integer.parseInt(found.group(3)));
    String who = found.group(1);
    if (who.matches("[0-9a-f]{12,64}")) {
      sighting.row().put(PlaceColumns.CONTAINER_ID, who);
    } else {
      sighting.row().put(PlaceColumns.K8S_CONTAINER_NAME, who);
    }
    if (!found.group(2).isEmpty()) {
      sighting.row().put(ProcessColumns.PROCESS_PID, Long.valueOf(found.group(2)));
    }
    return sighting;
  }

  /// An exit code that is a signal's.
  static void exit(Sighting sighting, int code) {
    sighting.row().put(LogColumns.EXIT_CODE, code);
    if (code > 128 && code <= 128 + 64) {
      sighting.signal(code - 128);
    }
  }

  /// The state of a container, as `kubectl describe` and YAML have it.
  private static final class State extends Told {
    private boolean signalled;
    private int lines;

    State(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text();
      if (++lines > 12 || text.isBlank()) {
        return Take.OVER;
      }
      Matcher exit = EXIT.matcher(text);
      Matcher reason = REASON.matcher(text);
      Matcher signal = SIGNAL.matcher(text);
      Matcher finished = FINISHED.matcher(text);
      if (exit.find()) {
        signalled = true;
        exit(sighting(), Integer.parseInt(exit.group(1)));
      } else if (reason.find()) {
        sighting().row().put(LogColumns.TERMINATION_REASON, reason.group(1));
      } else if (signal.find()) {
        signalled = true;
        sighting().signal(Integer.parseInt(signal.group(1)));
      } else if (finished.find()) {
        moment(finished.group(1));
      } else if (DESCRIBED.matcher(text).find()) {
        return Take.OVER;
      }
      return mine(line);
    }

    private void moment(String text) {
      dev.pumphandle.fieldwork.log.Moment.of(text).ifPresent(sighting()::time);
    }

    @Override
    public Optional<Sighting> end() {
      return signalled ? super.end() : Optional.empty();
    }
  }
}
