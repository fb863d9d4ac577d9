package dev.pumphandle.fieldwork.fleet;

import dev.pumphandle.linelist.FleetChange;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// One file of the fleet's calendar, whatever it is; its kind is told by its content.
///
/// A calendar is small: it is held in memory, so that a file is taken whole or not at all.
public final class ChangeFile {

  private static final int LARGEST = 1_000_000;

  private final Given given;
  private final List<FleetChange> changes = new ArrayList<>();

  private ChangeFile(Given given) {
    this.given = given;
  }

  /// Reads a file to its end.
  ///
  /// @param bytes its content, not compressed
  /// @param rows how rows with named columns are understood
  /// @throws FleetFormatException if it is no calendar that we read, or a wrong one
  public static List<FleetChange> read(InputStream bytes, Given given, ChangeTable rows)
      throws IOException {
    ChangeFile file = new ChangeFile(given);
    Content.read(
        bytes,
        given.source(),
        "changes",
        content -> {
          if (content.json()) {
            new JsonChanges(given, rows, file::add).read(content.bytes());
          } else {
            content.mustBeText("CSV, JSON or Parquet");
            Csv.read(
                content.bytes(), given.source(), (row, line) -> file.add(rows.change(row, line)));
          }
          return content;
        });
    return List.copyOf(file.changes);
  }

  private void add(FleetChange change) throws FleetFormatException {
    if (changes.size() == LARGEST) {
      throw new FleetFormatException(
          given.source() + ": expected a calendar of at most " + LARGEST + " entries, found more");
    }
    changes.add(change);
  }
}
