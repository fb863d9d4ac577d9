package dev.pumphandle.fieldwork.fleet;

import dev.pumphandle.linelist.HostReport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/// One file of an inventory, whatever it is; its kind is told by its content.
///
/// Files are read as streams: only what tells of one moment (a list of nodes) is held in memory.
public final class FleetFile {

  private FleetFile() {}

  /// What takes the reports, in the order of the file.
  public interface Reports {
    /// One report.
    void add(HostReport report) throws IOException;
  }

  /// Reads a file to its end.
  ///
  /// Nothing that it gave may be used when this fails: a file is taken whole or not at all.
  ///
  /// @param bytes its content, not compressed
  /// @return the moment of the file that its reports depend on and its content does not tell
  /// @throws FleetFormatException if it is no inventory that we read, or a wrong one
  public static Optional<Instant> read(InputStream bytes, Given given, Reports reports)
      throws IOException {
    return Content.read(
        bytes, given.source(), "an inventory", content -> read(content, given, reports));
  }

  private static Optional<Instant> read(Content content, Given given, Reports reports)
      throws IOException {
    if (content.json()) {
      return new JsonInventory(given, reports).read(content.bytes());
    }
    if (content.is(HostSigns::begins)) {
      reports.add(new HostSigns(given).report(content.bytes()));
      return Optional.of(given.moment());
    }
    content.mustBeText("CSV, JSON, Parquet or a KVP pool");
    HostTable table = new HostTable(given);
    Csv.read(content.bytes(), given.source(), (row, line) -> reports.add(table.report(row, line)));
    return table.dated();
  }
}
