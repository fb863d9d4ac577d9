package dev.pumphandle.fieldwork.log;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes what loggers put before a message off a line of text: syslog's time, host and program, the
/// kernel's seconds since boot, a time of day.
///
/// What is not recognised stays: dialects look past a plausible rest by [Lines#find].
final class TextPrefix {

  /// Source: RFC 3164 §4.1; rsyslog's RSYSLOG_FileFormat and journalctl's short-iso write ISO 8601
  /// instead of the old time.
  private static final Pattern SYSLOG =
      Pattern.compile(
          "(?:<\\d{1,3}>)?"
              + "([A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?"
              + "|\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?(?:Z|[+-]\\d{2}:?\\d{2}))"
              + " (\\S+) ([^\\s:\\[]{1,64})(?:\\[(\\d+)])?: ?");

  /// Source: RFC 5424 §6.
  private static final Pattern SYSLOG_5424 =
      Pattern.compile(
          "<\\d{1,3}>1 (\\S+) (\\S+) (\\S+) (\\S+) \\S+ (?:-|(?:\\[[^\\]]*])+) ?(?:\\uFEFF)?");

  /// Source: Linux v6.12 kernel/printk/printk.c, print_time(), print_caller(), print_syslog().
  private static final Pattern KERNEL =
      Pattern.compile("(?:<\\d{1,3}>)?\\[ *(\\d{1,9}\\.\\d{6})](?:\\[ *[TC]\\d+])? ");

  /// `dmesg -T`, and brackets around any other time.
  private static final Pattern BRACKETED =
      Pattern.compile("(?:<\\d{1,3}>)?\\[([A-Z\\d][^\\]]{14,34})](?:\\[ *[TC]\\d+])?[ :]*");

  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?"
              + " ?(?:Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?(?!\\d))?(?=[\\s|:]|$)[ \\t|:]*");

  /// Source: glog's base/logging: severity, month, day (a year before it since 0.6), time, thread.
  private static final Pattern GLOG =
      Pattern.compile(
          "[IWEF](\\d{4})?(\\d{2})(\\d{2}) (\\d{2}):(\\d{2}):(\\d{2})\\.(\\d{6}) +\\d+ \\S+:\\d+] ");

  /// Ray's brackets name the process too, which a dialect reads.
  private static final Pattern WITH_PROCESS = Pattern.compile(".* [A-Z] \\d+(?: \\d+)?");

  /// Source: Android logcat, threadtime: month, day, time, process, thread, level, tag.
  private static final Pattern LOGCAT =
      Pattern.compile(
          "(\\d{2})-(\\d{2}) (\\d{2}):(\\d{2}):(\\d{2})\\.(\\d{3}) +\\d+ +\\d+ [VDIWEF] [^:]{1,40}: ?");

  /// Source: sirupsen/logrus TextFormatter.
  private static final Pattern LOGRUS = Pattern.compile("time=\\\\?\"([^\"\\\\]{15,40})\\\\?\" ");

  private final Clock clock;
  private Optional<LogLine> last = Optional.empty();

  TextPrefix(Clock clock) {
    this.clock = clock;
  }

  /// The line without its prefix.
  ///
  /// @param carried the line as its carrier had it, with what the carrier knows
  LogLine off(LogLine carried) {
    String text = carried.text();
    if (text.isEmpty() || text.charAt(0) == ' ') {
      return continued(carried);
    }
    LogLine line = prefixed(carried, text);
    last = line.origin().equals(carried.origin()) ? Optional.empty() : Optional.of(line);
    return line;
  }

  /// journalctl and syslog daemons put a prefix before the first line of a message only.
  private LogLine continued(LogLine carried) {
    return last.isPresent() && carried.time().isEmpty()
        ? new LogLine(carried.text(), carried.number(), last.get().time(), last.get().origin())
        : carried;
  }

  private LogLine prefixed(LogLine carried, String text) {
    Matcher syslog = SYSLOG.matcher(text);
    if (syslog.lookingAt()) {
      return kernel(syslog(carried, syslog, clock.beginning(syslog.group(1)), syslog.group(2)));
    }
    Matcher newer = SYSLOG_5424.matcher(text);
    if (newer.lookingAt()) {
      return kernel(newer(carried, newer));
    }
    Matcher glog = GLOG.matcher(text);
    if (glog.lookingAt()) {
      // The severity belongs to the message: the line keeps its beginning.
      return timed(carried, glog(glog), text);
    }
    Matcher bracketed = BRACKETED.matcher(text);
    if (bracketed.lookingAt() && !WITH_PROCESS.matcher(bracketed.group(1)).matches()) {
      Optional<Instant> at = clock.beginning(bracketed.group(1));
      if (at.isPresent()) {
        return timed(carried, at, text.substring(bracketed.end()));
      }
    }
    Matcher logcat = LOGCAT.matcher(text);
    if (logcat.lookingAt()) {
      return timed(carried, logcat(logcat), text.substring(logcat.end()));
    }
    Matcher logrus = LOGRUS.matcher(text);
    if (logrus.lookingAt()) {
      return timed(carried, clock.beginning(logrus.group(1)), text);
    }
    Matcher time = TIME.matcher(text);
    if (time.lookingAt()) {
      return timed(carried, clock.beginning(text), text.substring(time.end()));
    }
    return kernel(carried);
  }

  private LogLine syslog(LogLine carried, Matcher prefix, Optional<Instant> at, String host) {
    Optional<String> pid = Optional.ofNullable(prefix.group(4));
    return from(carried, at, host, prefix.group(3), pid, carried.text().substring(prefix.end()));
  }

  private LogLine newer(LogLine carried, Matcher prefix) {
    Optional<String> pid = Optional.of(prefix.group(4)).filter(word -> word.matches("\\d{1,10}"));
    return from(
        carried,
        clock.beginning(prefix.group(1)),
        prefix.group(2),
        prefix.group(3),
        pid,
        carried.text().substring(prefix.end()));
  }

  private static LogLine from(
      LogLine carried,
      Optional<Instant> at,
      String host,
      String program,
      Optional<String> pid,
      String text) {
    CaseRow.Builder facts = carried.origin().facts().toBuilder();
    if (!facts.has(PlaceColumns.HOST_NAME) && !host.equals("-")) {
      facts.put(PlaceColumns.HOST_NAME, host);
    }
    Origin origin =
        new Origin(
            carried.origin().stream() + "|" + host + "|" + program + "|" + pid.orElse(""),
            facts.build(),
            pid.isPresent() && carried.origin().fields().isEmpty()
                ? Map.of("SYSLOG_IDENTIFIER", program, "SYSLOG_PID", pid.get())
                : carried.origin().fields());
    return new LogLine(text, carried.number(), carried.time().or(() -> at), origin);
  }

  private static LogLine kernel(LogLine line) {
    Matcher kernel = KERNEL.matcher(line.text());
    return kernel.lookingAt() ? line.with(line.text().substring(kernel.end())) : line;
  }

  private Optional<Instant> glog(Matcher glog) {
    return clock.moment(
        Optional.ofNullable(glog.group(1)).map(Integer::valueOf),
        Integer.parseInt(glog.group(2)),
        Integer.parseInt(glog.group(3)),
        Integer.parseInt(glog.group(4)),
        Integer.parseInt(glog.group(5)),
        Integer.parseInt(glog.group(6)),
        Clock.nanos(glog.group(7)));
  }

  private Optional<Instant> logcat(Matcher logcat) {
    return clock.moment(
        Optional.empty(),
        Integer.parseInt(logcat.group(1)),
        Integer.parseInt(logcat.group(2)),
        Integer.parseInt(logcat.group(3)),
        Integer.parseInt(logcat.group(4)),
        Integer.parseInt(logcat.group(5)),
        Clock.nanos(logcat.group(6)));
  }

  private static LogLine timed(LogLine line, Optional<Instant> at, String text) {
    return new LogLine(text, line.number(), line.time().or(() -> at), line.origin());
  }

  /// Facts that a program's own syslog lines have about their process.
  static Optional<Long> pid(LogLine line) {
    Optional<Long> known = line.origin().facts().get(ProcessColumns.PROCESS_PID);
    return known.isPresent()
        ? known
        : Optional.ofNullable(line.origin().fields().get("SYSLOG_PID")).map(Long::valueOf);
  }
}
