package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
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

/// A process that the kernel killed for want of memory.
///
/// Source: Linux v6.12 mm/oom_kill.c, dump_oom_victim() (the line `oom-kill:`, since 4.19),
/// __oom_kill_process(). Before 5.1 `Kill process … or sacrifice child` came first, and the process
/// that was killed might be another.
public final class OomDialect implements Dialect {

  private static final Pattern CONSTRAINT =
      Pattern.compile(
          "oom-kill:constraint=(\\w+),.*?(?:task_memcg=([^,]*),)?task=(.{1,15}?),pid=(\\d+),uid=(\\d+)");

  private static final Pattern KILLED =
      Pattern.compile(
          "(Out of memory|Memory cgroup out of memory|Out of memory \\(oom_kill_allocating_task\\))?"
              + "(?:: )?Kill(?:ed)? process (\\d+) \\((.{1,15}?)\\)(?:,? UID (\\d+),?)?(?: score \\d+ or sacrifice child|,? total-vm:\\S+.*)");

  /// The pod and the container in the path of a control group, with either driver.
  private static final Pattern POD =
      Pattern.compile(
          "pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12})");

  private static final Pattern CONTAINER = Pattern.compile("([0-9a-f]{64})");

  @Override
  public String name() {
    return "oom-killer";
  }

  @Override
  public List<String> literals() {
    return List.of("oom-kill:constraint=", "Killed process ", "Kill process ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> constraint = Lines.find(line, CONSTRAINT);
    if (constraint.isPresent()) {
      return Optional.of(new Victim(constrained(line, constraint.get())));
    }
    return Lines.find(line, KILLED).map(killed -> new Victim(killed(sighting(line), killed)));
  }

  private Sighting sighting(LogLine line) {
    Sighting sighting = new Sighting(name(), line).signal(SignalWords.SIGKILL).code(0);
    sighting.row().put(LogColumns.TERMINATION_REASON, "OOMKilled");
    return sighting;
  }

  private Sighting constrained(LogLine line, Matcher found) {
    Sighting sighting =
        sighting(line).executable(found.group(3)).extra("oom_constraint", found.group(1));
    Lines.id(found.group(4)).ifPresent(sighting::pid);
    sighting.row().put(ProcessColumns.PROCESS_UID, (int) Long.parseLong(found.group(5)));
    String group = found.group(2) == null ? line.text() : found.group(2);
    Matcher pod = POD.matcher(group);
    if (pod.find()) {
      sighting.row().put(PlaceColumns.K8S_POD_UID, pod.group(1).replace('_', '-'));
    }
    Matcher container = CONTAINER.matcher(group);
    if (container.find()) {
      sighting.row().put(PlaceColumns.CONTAINER_ID, container.group(1));
    }
    return sighting;
  }

  private static Sighting killed(Sighting sighting, Matcher found) {
    Lines.id(found.group(2)).ifPresent(sighting::pid);
    return sighting.executable(found.group(3));
  }

  private static final class Victim extends Told {

    Victim(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      Optional<Matcher> killed = Lines.find(line, KILLED);
      if (killed.isPresent()) {
        boolean same =
            sighting()
                .row()
                .get(ProcessColumns.PROCESS_PID)
                .equals(Lines.id(killed.get().group(2)));
        boolean instead =
            line.text().contains("total-vm")
                && sighting()
                    .row()
                    .get(LogColumns.LOG_LINE)
                    .filter(first -> line.number() - first <= 2)
                    .isPresent();
        if (!same && !instead) {
          return Take.OVER;
        }
        killed(sighting(), killed.get());
        return mine(line);
      }
      if (line.text().startsWith("oom_reaper: reaped process ")) {
        return Take.LAST;
      }
      return line.text().contains("oom-kill:constraint=") ? Take.OVER : Take.NOT_MINE;
    }
  }
}
