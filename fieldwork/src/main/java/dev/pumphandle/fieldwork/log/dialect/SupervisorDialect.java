package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What servers say of their own workers: PostgreSQL, nginx, Apache, PHP-FPM, uWSGI, supervisord
/// and others that follow wait(2)'s words.
///
/// Source: postgres src/backend/postmaster/postmaster.c, LogChildExit(); nginx src/os/unix/
/// ngx_process.c, ngx_process_get_status(); httpd server/mpm_unix.c, ap_process_child_status();
/// php-src sapi/fpm/fpm/fpm_children.c; uwsgi core/uwsgi.c; Supervisor/supervisor process.py.
public final class SupervisorDialect implements Dialect {

  private record Form(Pattern pattern, int pid, int signal, int name) {}

  private static final List<Form> FORMS =
      List.of(
          new Form(
              Pattern.compile(
                  "(\\w[\\w ]*?)(?: \"[^\"]*\")? \\(PID (\\d+)\\) was terminated by signal (\\d+)"),
              2,
              3,
              0),
          new Form(Pattern.compile("\\w+ process (\\d+) exited on signal (\\d+)"), 1, 2, 0),
          new Form(
              Pattern.compile(
                  "child (?:process |pid )?(\\d+),? (?:still running, )?exit(?:ed)? (?:on )?signal (?:[A-Z][A-Za-z ]+ \\()?(\\d+)"),
              1,
              2,
              0),
          new Form(Pattern.compile("child (\\d+) exited on signal (\\d+)"), 1, 2, 0),
          new Form(
              Pattern.compile("!!! uWSGI process (\\d+) got (Segmentation Fault) !!!"), 1, 2, 0),
          new Form(
              Pattern.compile(
                  "exited: (\\S+) \\((?:terminated by )(SIG[A-Z]+)(?: \\(core dumped\\))?; not expected\\)"),
              0,
              2,
              1),
          new Form(
              Pattern.compile(
                  "[Pp]rocess (\\d+) (?:was )?(?:terminated|killed) by signal (\\d+|SIG[A-Z]+)"),
              1,
              2,
              0),
          new Form(Pattern.compile("Worker \\(pid:(\\d+)\\) was sent (SIG[A-Z]+)!"), 1, 2, 0));

  @Override
  public String name() {
    return "supervisor";
  }

  @Override
  public List<String> literals() {
    return List.of(
        " terminated by signal ",
        " killed by signal ",
        " exited on signal ",
        " exit signal ",
        "!!! uWSGI process ",
        "(terminated by SIG",
        " was sent SIG");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    for (Form form : FORMS) {
      Optional<Matcher> found = Lines.find(line, form.pattern());
      if (found.isPresent()) {
        return sighting(line, form, found.get()).map(Report::whole);
      }
    }
    return Optional.empty();
  }

  private Optional<Sighting> sighting(LogLine line, Form form, Matcher found) {
    OptionalInt signal = SignalWords.number(found.group(form.signal()));
    if (!SignalWords.isCrash(signal.orElse(0)) && signal.orElse(0) != SignalWords.SIGKILL) {
      return Optional.empty();
    }
    Sighting sighting = new Sighting(name(), line).signal(signal);
    if (form.pid() > 0) {
      Lines.id(found.group(form.pid())).ifPresent(sighting::pid);
    }
    return Optional.of(form.name() > 0 ? sighting.executable(found.group(form.name())) : sighting);
  }
}
