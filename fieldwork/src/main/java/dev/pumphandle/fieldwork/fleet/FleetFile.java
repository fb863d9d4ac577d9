package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pumphandle.linelist.HostReport;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/// One file of an inventory, whatever it is; its kind is told by its content.
///
/// Files are read as streams: only what tells of one moment (a list of nodes) is held in memory.
public final class FleetFile {

  private static final int HEAD = 4096;

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
    BufferedInputStream content = new BufferedInputStream(bytes, 1 << 16);
    content.mark(HEAD);
    byte[] head = content.readNBytes(HEAD);
    content.reset();
    try {
      return read(head, content, given, reports);
    } catch (JsonProcessingException e) {
      throw FleetFormatException.at(
          given.source(),
          e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
          "expected JSON, found " + e.getOriginalMessage());
    } catch (EOFException e) {
      throw new FleetFormatException(
          given.source()
              + ": expected a whole file, found one that is cut short: "
              + e.getMessage());
    }
  }

  private static Optional<Instant> read(
      byte[] head, InputStream content, Given given, Reports reports) throws IOException {
    int first = 0;
    while (first < head.length && (head[first] <= ' ' && head[first] > 0)) {
      first++;
    }
    if (first == head.length) {
      throw new FleetFormatException(
          given.source() + ": expected an inventory, found an empty file");
    }
    if (head[first] == '{' || head[first] == '[') {
      return new JsonInventory(given, reports).read(content);
    }
    if (HostSigns.begins(head)) {
      reports.add(new HostSigns(given).report(content));
      return Optional.of(given.moment());
    }
    for (byte each : head) {
      if (each == 0) {
        throw new FleetFormatException(
            given.source()
                + ": expected CSV, JSON, Parquet or a KVP pool, found other binary data");
      }
    }
    HostTable table = new HostTable(given);
    Csv.read(content, given.source(), (row, line) -> reports.add(table.report(row, line)));
    return table.dated();
  }
}
