package dev.pumphandle.app.fleet;

import dev.pumphandle.app.Session;
import dev.pumphandle.fieldwork.fleet.Conflict;
import dev.pumphandle.fieldwork.fleet.FleetFile;
import dev.pumphandle.fieldwork.fleet.Given;
import dev.pumphandle.fieldwork.fleet.HostTable;
import dev.pumphandle.fieldwork.fleet.NodeTimeline;
import dev.pumphandle.fieldwork.fleet.Stretch;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.HostReports;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.RegistryException;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Takes inventory files into a workspace, each whole or not at all, and works `host_intervals` out
/// anew from everything that was ever taken.
public final class FleetCollecting {

  /// What is bridged when nobody says and nothing was sighted twice.
  private static final Duration UNKNOWN_SPACING = Duration.ofHours(3);

  private static final int SHOWN_CONFLICTS = 10;

  private final Session session;
  private final Workspace workspace;
  private final HostReports reports;
  private final FleetWishes wishes;
  private final List<Conflict> conflicts = new ArrayList<>();
  private long conflictCount;
  private long onceSeen;

  /// Collection into a workspace.
  public FleetCollecting(Session session, Workspace workspace, FleetWishes wishes) {
    this.session = session;
    this.workspace = workspace;
    this.reports = new HostReports(workspace);
    this.wishes = wishes;
  }

  /// Takes the files, in whatever order.
  public FleetSummary run(List<String> names) throws IOException {
    long taken = 0;
    long known = 0;
    long refused = 0;
    for (String name : names) {
      try {
        if (take(name)) {
          taken++;
        } else {
          known++;
        }
      } catch (NoSuchFileException e) {
        refused++;
        session.say("pumphandle: " + name + ": expected a file, found none");
      } catch (RegistryException.NotWritten e) {
        throw e; // no fault of the file, and the next one would fare no better
      } catch (IOException e) {
        refused++;
        session.say("pumphandle: " + e.getMessage());
      }
    }
    HostReports.Derived derived =
        reports.derive(
            usual ->
                wishes
                    .widest()
                    .orElse(usual.map(each -> each.multipliedBy(3)).orElse(UNKNOWN_SPACING)),
            this::rows);
    return new FleetSummary(
        taken, known, refused, derived, conflicts, conflictCount, onceSeen, joined());
  }

  private boolean take(String name) throws IOException {
    GivenFile file = new GivenFile(session, workspace, name);
    Given given =
        new Given(
            name,
            wishes.at(),
            file.modified(),
            wishes.cluster(),
            wishes.node(),
            wishes.physicalLabel(),
            wishes.skipUnknown());
    try (HostReports.Writer writer = reports.writer()) {
      Optional<Instant> dated =
          file.parquet()
              ? table(file, given, writer)
              : file.bytes(bytes -> FleetFile.read(bytes, given, writer::add));
      return writer.publish(
          file.digest(
              List.of("fleet-1", dated, given.cluster(), given.node(), given.physicalLabel())));
    }
  }

  private static Optional<Instant> table(GivenFile file, Given given, HostReports.Writer writer)
      throws IOException {
    HostTable table = new HostTable(given);
    file.rows((row, number) -> writer.add(table.report(row, number)));
    return table.dated();
  }

  private Stream<Map<String, String>> rows(String node, List<HostReport> said, Duration widest) {
    NodeTimeline timeline = NodeTimeline.of(node, said, widest);
    conflictCount += timeline.conflicts().size();
    timeline.conflicts().stream()
        .limit(SHOWN_CONFLICTS - (long) conflicts.size())
        .forEach(conflicts::add);
    if (timeline.stretches().isEmpty()) {
      onceSeen++;
    }
    return timeline.stretches().stream().map(stretch -> row(node, stretch));
  }

  private static Map<String, String> row(String node, Stretch stretch) {
    Map<String, String> row = new TreeMap<>(stretch.values());
    row.put(HostColumns.NODE.name(), node);
    row.put(HostColumns.FROM.name(), stretch.from().toString());
    row.put(HostColumns.TO.name(), stretch.to().toString());
    return row;
  }

  private Map<String, Long> joined() throws IOException {
    Map<String, Long> joined = new LinkedHashMap<>();
    try (LineList list = LineList.open(workspace);
        Answer answer =
            list.ask(
                """
                SELECT coalesce('by ' || fleet_joined_by, 'not joined, ' || fleet_not_joined), count(*)
                FROM placed GROUP BY 1 ORDER BY 2 DESC, 1
                """)) {
      while (answer.next()) {
        joined.put(
            answer.value(0).orElseThrow().toString(),
            Long.parseLong(answer.value(1).orElseThrow().toString()));
      }
    }
    return joined;
  }
}
