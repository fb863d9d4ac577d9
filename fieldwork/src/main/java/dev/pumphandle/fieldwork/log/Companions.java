package dev.pumphandle.fieldwork.log;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts together what one stream says of one death in two breaths: the message before an abort and
/// the handler's page; the page and the shell's last word.
///
/// Only those two kinds are put together here, by their nearness in one stream, for they name no
/// process and could not be matched later. Everything else is matched by the line list.
final class Companions {

  /// How many lines a sighting waits for its companion.
  static final int PATIENCE = 64;

  private static final int SIGABRT = 6;
  private static final Set<String> COMPANIONS = Set.of("abort-message", "shell");

  private final Map<String, List<Waiting>> waiting = new HashMap<>();

  private record Waiting(Sighting sighting, long since) {}

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Adds a sighting, to its companion where that waits already.
  void add(String stream, Sighting sighting, long now) {
    List<Waiting> here = waiting.computeIfAbsent(stream, _ -> new ArrayList<>());
    for (int i = here.size() - 1; i >= 0; i--) {
      Sighting other = here.get(i).sighting();
      if (together(other, sighting)) {
        boolean otherLeads = !isCompanion(other) || (isCompanion(sighting) && isAbort(other));
        Sighting main = otherLeads ? other : sighting;
        join(main, otherLeads ? sighting : other);
        here.set(i, new Waiting(main, here.get(i).since()));
        return;
      }
    }
    here.add(new Waiting(sighting, now));
  }

  private static boolean together(Sighting one, Sighting other) {
    String first = evidence(one);
    String second = evidence(other);
    return (isCompanion(one) || isCompanion(other))
        && !first.equals(second)
        && Math.abs(one.line() - other.line()) <= distance(one, other)
        && inOrder(one, other)
        && agree(one.row(), other.row(), ProcessColumns.PROCESS_PID)
        && signalsAgree(one, other);
  }

  /// A page may be long: it is the distance from its last line that counts.
  private static long distance(Sighting one, Sighting other) {
    return PATIENCE + Math.max(one.lines(), other.lines());
  }

  /// A message comes before the page, a shell's word after it.
  private static boolean inOrder(Sighting one, Sighting other) {
    Sighting earlier = one.line() <= other.line() ? one : other;
    Sighting later = earlier == one ? other : one;
    return !evidence(earlier).equals("shell") && !evidence(later).equals("abort-message");
  }

  /// A handler may raise another signal than struck: abort(), in the end.
  private static boolean signalsAgree(Sighting one, Sighting other) {
    Optional<Integer> first = one.row().get(SignalColumns.SIGNAL_NUMBER);
    Optional<Integer> second = other.row().get(SignalColumns.SIGNAL_NUMBER);
    return first.isPresent()
        && second.isPresent()
        && (first.equals(second) || abortedBy(one, first.get()) || abortedBy(other, second.get()));
  }

  private static boolean abortedBy(Sighting sighting, int signal) {
    return evidence(sighting).equals("shell") && signal == SIGABRT;
  }

  private static boolean agree(CaseRow.Builder one, CaseRow.Builder other, Column<?> column) {
    return !one.has(column) || !other.has(column) || one.get(column).equals(other.get(column));
  }

  private static void join(Sighting main, Sighting companion) {
    Optional<Integer> struck = main.row().get(SignalColumns.SIGNAL_NUMBER);
    Optional<Integer> raised = companion.row().get(SignalColumns.SIGNAL_NUMBER);
    if (!raised.equals(struck)) {
      main.row().put(SignalColumns.KILLING_SIGNAL_NUMBER, raised);
    }
    fill(main, companion, EvidenceColumns.ABORT_MESSAGE);
    fill(main, companion, LogColumns.TERMINATION_REASON);
    fill(main, companion, ProcessColumns.PROCESS_PID);
    fill(main, companion, ProcessColumns.CRASH_TID);
    fill(main, companion, ProcessColumns.PROCESS_EXECUTABLE_NAME);
  }

  private static <T> void fill(Sighting main, Sighting companion, Column<T> column) {
    if (!main.row().has(column)) {
      main.row().put(column, companion.row().get(column));
    }
  }

  private static boolean isCompanion(Sighting sighting) {
    return COMPANIONS.contains(evidence(sighting));
  }

  private static boolean isAbort(Sighting sighting) {
    return evidence(sighting).equals("abort-message");
  }

  private static String evidence(Sighting sighting) {
    return sighting.row().get(LogColumns.EVIDENCE).orElse("");
  }

  /// Those that have waited long enough.
  List<Sighting> waitedEnough(long now) {
    List<Sighting> done = new ArrayList<>();
    for (List<Waiting> here : waiting.values()) {
      here.removeIf(
          each -> {
            boolean enough = now - each.since() > PATIENCE;
            if (enough) {
              done.add(each.sighting());
            }
            return enough;
          });
    }
    waiting.values().removeIf(List::isEmpty);
    return done;
  }

  /// All of them: the log is at its end.
  List<Sighting> all() {
    List<Sighting> done = new ArrayList<>();
    waiting.values().forEach(here -> here.forEach(each -> done.add(each.sighting())));
    waiting.clear();
    return done;
  }
}
