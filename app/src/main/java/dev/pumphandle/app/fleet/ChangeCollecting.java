package dev.pumphandle.app.fleet;

import dev.pumphandle.app.Session;
import dev.pumphandle.fieldwork.fleet.ChangeFile;
import dev.pumphandle.fieldwork.fleet.ChangeTable;
import dev.pumphandle.fieldwork.fleet.Given;
import dev.pumphandle.linelist.FleetChange;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.FleetWriter;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.RegistryException;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Takes files of the fleet's calendar into a workspace, each whole or not at all, and once.
public final class ChangeCollecting {

  private final Session session;
  private final Workspace workspace;
  private final Wishes wishes;

  /// What the user said about the files.
  ///
  /// @param kind what kind of changes they hold, where they do not say so
  /// @param cluster in which cluster, where they do not say so
  /// @param at when they were made, for events that have begun
  /// @param skipUnknown whether columns that nobody knows are passed over
  public record Wishes(
      Optional<String> kind, Optional<String> cluster, Optional<Instant> at, boolean skipUnknown) {}

  /// Collection into a workspace.
  public ChangeCollecting(Session session, Workspace workspace, Wishes wishes) {
    this.session = session;
    this.workspace = workspace;
    this.wishes = wishes;
  }

  /// Takes the files, in whatever order.
  public ChangeSummary run(List<String> names) throws IOException {
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
    return new ChangeSummary(taken, known, refused, kinds());
  }

  private boolean take(String name) throws IOException {
    GivenFile file = new GivenFile(session, workspace, name);
    Given given =
        new Given(
            name,
            wishes.at(),
            file.modified(),
            wishes.cluster(),
            Optional.empty(),
            Optional.empty(),
            wishes.skipUnknown());
    ChangeTable table = new ChangeTable(given, wishes.kind());
    List<FleetChange> changes =
        file.parquet()
            ? rows(file, table)
            : file.bytes(bytes -> ChangeFile.read(bytes, given, table));
    String words =
        HexFormat.of()
            .toHexDigits(
                List.of("changes-2", wishes.kind(), wishes.cluster()).toString().hashCode());
    Optional<Path> before = FleetWriter.calendar(workspace, file.digest(), words, changes);
    before
        .filter(written -> !written.toString().endsWith("-" + words + ".parquet"))
        .ifPresent(
            written ->
                session.say(
                    "pumphandle: "
                        + name
                        + ": known already, taken with another --kind or --cluster; to take it"
                        + " with these, remove "
                        + written));
    return before.isEmpty();
  }

  private static List<FleetChange> rows(GivenFile file, ChangeTable table) throws IOException {
    List<FleetChange> changes = new ArrayList<>();
    file.rows((row, number) -> changes.add(table.change(row, number)));
    return changes;
  }

  private List<ChangeSummary.Kind> kinds() throws IOException {
    List<ChangeSummary.Kind> kinds = new ArrayList<>();
    try (LineList list = LineList.open(workspace);
        Answer answer =
            list.ask(
                """
                SELECT kind, count(*), min(changed_at)::DATE::VARCHAR, max(changed_at)::DATE::VARCHAR
                FROM changes GROUP BY 1 ORDER BY 2 DESC, 1
                """)) {
      while (answer.next()) {
        kinds.add(
            new ChangeSummary.Kind(
                answer.value(0).orElseThrow().toString(),
                Long.parseLong(answer.value(1).orElseThrow().toString()),
                answer.value(2).orElseThrow().toString(),
                answer.value(3).orElseThrow().toString()));
      }
    }
    return kinds;
  }
}
