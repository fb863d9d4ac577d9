package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.LogColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a shell says when a child of it died: `Segmentation fault (core dumped)`.
///
/// Source: bash jobs.c, pretty_print_job() and print_pipeline(): `file: line N: PID Segmentation
/// fault (core dumped) command` from a script, the words alone from an interactive shell; dash
/// prints the words alone.
///
/// Folklore: the words are prose too. They count only as the whole of a line, or behind a script's
/// place and a process id; the two words alone only in a log that has no prose beside them. Test:
/// NegativesTest.
public final class ShellDialect implements Dialect {

  private static final String WORDS =
      "(Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception|Trace/breakpoint trap|Killed|Bad system call)";

  private static final Pattern SCRIPT =
      Pattern.compile(
          "^(?:\\S{1,200}: )?(?:line )?\\d+: +(\\d+) "
              + WORDS
              + "(\\s+\\(core dumped\\))?(?:\\s+(.*))?$");

  private static final Pattern JOB =
      Pattern.compile(
          "^\\[\\d+][+-]?\\s+(\\d+ )?" + WORDS + "(\\s+\\(core dumped\\))?(?:\\s+(.*))?$");

  private static final Pattern ALONE =
      Pattern.compile(
          "^(?:(?:/\\S+|(?:ba|z|da)?sh)(?:\\[\\d+])?: (?:line \\d+: )?)?"
              + WORDS
              + "(\\s+\\(core dumped\\))?[.\\s]*$");

  @Override
  public String name() {
    return "shell";
  }

  @Override
  public List<String> literals() {
    return List.of(
        "Segmentation fault",
        "Aborted",
        "Bus error",
        "Illegal instruction",
        "Floating point exception",
        "Trace/breakpoint trap",
        "Bad system call",
        "(core dumped)",
        " Killed ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Matcher script = SCRIPT.matcher(line.text());
    if (script.find()) {
      Sighting sighting = sighting(line, script.group(2), script.group(3));
      Lines.id(script.group(1)).ifPresent(sighting::pid);
      return Optional.of(Report.whole(command(sighting, script.group(4))));
    }
    Matcher job = JOB.matcher(line.text());
    if (job.find()) {
      Sighting sighting = sighting(line, job.group(2), job.group(3));
      if (job.group(1) != null) {
        Lines.id(job.group(1).strip()).ifPresent(sighting::pid);
      }
      return Optional.of(Report.whole(command(sighting, job.group(4))));
    }
    Matcher alone = ALONE.matcher(line.text());
    if (alone.find() && (alone.group(2) != null || !alone.group(1).matches("Aborted|Killed"))) {
      return Optional.of(Report.whole(sighting(line, alone.group(1), alone.group(2))));
    }
    return Optional.empty();
  }

  private Sighting sighting(
      LogLine line, String words, @org.jspecify.annotations.Nullable String dumped) {
    Sighting sighting = new Sighting(name(), line).signal(SignalWords.number(words));
    if (dumped != null) {
      sighting.row().put(LogColumns.TERMINATION_REASON, "core-dump");
    }
    return sighting;
  }

  private static Sighting command(
      Sighting sighting, @org.jspecify.annotations.Nullable String command) {
    if (command == null || command.isBlank()) {
      return sighting;
    }
    String first = command.strip().split("\\s+", 2)[0];
    String name = first.substring(first.lastIndexOf('/') + 1);
    return name.isEmpty() ? sighting : sighting.executable(name);
  }
}
