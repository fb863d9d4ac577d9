package dev.pumphandle.fieldwork.handler;

import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// apport's reports.
///
/// Source: apport 2.28 doc/data-format.tex and apport/report.py, add_os_info(), add_proc_info(),
/// add_package_info().
///
/// `Date` is the local time of a machine whose zone it does not say: it is kept as a text, and the
/// time of death is the report's own time of change.
final class Apport {
  private static final Pattern PID = Pattern.compile("(?m)^Pid:\\s*(\\d+)");

  private Apport() {}

  static void testify(Handler said, Testimony row) {
    row.path(said.get("ExecutablePath"));
    row.text(ProcessColumns.PROCESS_COMMAND_LINE, said.get("ProcCmdline"));
    row.signal(said.get("Signal"));
    row.number(
        ProcessColumns.PROCESS_PID,
        said.get("ProcStatus").map(PID::matcher).filter(Matcher::find).map(m -> m.group(1)));
    row.text(PlaceColumns.OS_VERSION, said.get("Uname").flatMap(Apport::kernel));
    Optional<String[]> named =
        said.get("Package").map(text -> text.split(" ", -1)).filter(parts -> parts.length >= 2);
    row.text(ProcessColumns.PACKAGE_NAME, named.map(parts -> parts[0]));
    row.text(ProcessColumns.PACKAGE_VERSION, named.map(parts -> parts[1]));
    row.cgroup(said.get("ProcCgroup"));
    row.text(PlaceColumns.HOST_NAME, said.get("Hostname"));
    row.extra("apport_date", said.get("Date"));
    row.extra("apport_distribution", said.get("DistroRelease"));
    row.extra("apport_segv_reason", said.get("SegvReason"));
  }

  /// `Linux 6.8.0-31-generic x86_64`: the second word.
  private static Optional<String> kernel(String uname) {
    String[] words = uname.split(" ", -1);
    return words.length >= 2 ? Optional.of(words[1]) : Optional.empty();
  }
}
