package dev.pumphandle.app.fleet;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.fieldwork.fleet.Conflict;
import dev.pumphandle.registry.HostReports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What came of collecting an inventory.
///
/// @param taken files that were read and kept
/// @param known files that had been taken before
/// @param refused files that could not be used
/// @param derived what all reports say together
/// @param conflicts the first conflicts
/// @param conflictCount how many there are
/// @param onceSeen nodes of which no stretch of time is known: seen once
/// @param joined rows of the line list, by what they were joined or why not
public record FleetSummary(
    long taken,
    long known,
    long refused,
    HostReports.Derived derived,
    List<Conflict> conflicts,
    long conflictCount,
    long onceSeen,
    Map<String, Long> joined) {

  /// For a person.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Took "
            + Words.count(taken, "file")
            + (known > 0 ? "; " + Words.count(known) + " known already" : "")
            + (refused > 0 ? "; " + Words.count(refused) + " refused" : "")
            + ".");
    lines.add(
        Words.count(derived.intervals(), "interval")
            + " of "
            + Words.count(derived.nodes(), "node")
            + " from "
            + Words.count(derived.reports(), "report")
            + " in "
            + Words.count(derived.files(), "file")
            + "; sightings up to "
            + words(derived.widest())
            + " apart were bridged.");
    if (onceSeen > 0) {
      lines.add(
          Words.count(onceSeen, "node") + " seen but once: no stretch of time is known of them.");
    }
    if (conflictCount > 0) {
      lines.add(
          Words.count(conflictCount, "conflict")
              + "; what began later was kept, and nothing where both began at once:");
      conflicts.forEach(each -> lines.add("  " + each.sentence()));
      if (conflictCount > conflicts.size()) {
        lines.add("  … and " + Words.count(conflictCount - conflicts.size()) + " more.");
      }
    }
    if (!joined.isEmpty()) {
      List<String> parts = new ArrayList<>();
      joined.forEach((how, count) -> parts.add(how + " " + Words.count(count)));
      lines.add("Cases and the fleet: " + String.join(" · ", parts) + ".");
    }
    return lines;
  }

  /// For a program.
  public Grid grid() {
    List<List<Value>> rows = new ArrayList<>();
    row(rows, "files_taken", taken);
    row(rows, "files_known", known);
    row(rows, "files_refused", refused);
    row(rows, "reports", derived.reports());
    row(rows, "nodes", derived.nodes());
    row(rows, "intervals", derived.intervals());
    row(rows, "bridged_seconds", derived.widest().toSeconds());
    row(rows, "nodes_seen_once", onceSeen);
    row(rows, "conflicts", conflictCount);
    joined.forEach((how, count) -> row(rows, "cases " + how, count));
    return Grid.of(List.of(Heading.words("what"), Heading.numbers("count")), rows);
  }

  private static void row(List<List<Value>> rows, String what, long count) {
    rows.add(List.of(Value.text(what), Value.whole(count)));
  }

  private static String words(Duration time) {
    if (time.toHours() >= 48) {
      return time.toDays() + " days";
    }
    if (time.toMinutes() >= 120) {
      return time.toHours()
          + " h"
          + (time.toMinutesPart() > 0 ? " " + time.toMinutesPart() + " min" : "");
    }
    return time.toMinutes() >= 2 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
