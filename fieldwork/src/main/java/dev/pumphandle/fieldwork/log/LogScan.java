package dev.pumphandle.fieldwork.log;

import dev.pumphandle.linelist.CaseRow;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads one log from its first byte to its last, and hands over a row for each death it tells of.
///
/// Memory is one buffer and the reports that are open, however large the log; a log has as many
/// rows as deaths, and none at all is the usual case.
public final class LogScan {

  /// Takes finished rows.
  public interface Taker {
    /// Takes one row.
    ///
    /// @throws IOException where it cannot be stored; that ends the scan
    void take(CaseRow row) throws IOException;
  }

  /// What a scan came to.
  ///
  /// @param bytes bytes read, decompressed
  /// @param lines lines, or records
  /// @param cut lines that were too long to be seen whole
  /// @param sightings rows handed over
  /// @param failures what failed by a fault of ours, each with its place
  public record Read(long bytes, long lines, long cut, long sightings, List<String> failures) {
    /// Copies the list.
    public Read {
      failures = List.copyOf(failures);
    }
  }

  private final List<Dialect> dialects;
  private final Literals literals;
  private final String version;

  /// A scan with these dialects; safe for several threads, each with its own log.
  ///
  /// @param version which Pumphandle this is
  public LogScan(List<Dialect> dialects, String version) {
    this.dialects = List.copyOf(dialects);
    this.version = version;
    List<String> all =
        dialects.stream()
            .flatMap(dialect -> dialect.literals().stream())
            .collect(Collectors.toCollection(ArrayList::new));
    all.addAll(Framing.HIDING);
    this.literals = new Literals(all);
  }

  /// Reads a log.
  ///
  /// @param log its bytes, not compressed
  /// @throws IOException where it cannot be read, or a row cannot be stored
  public Read read(LogSource source, InputStream log, Taker taker) throws IOException {
    return readOn(source, log, 0, taker);
  }

  /// Reads a log from somewhere in its middle.
  ///
  /// @param log its bytes from the beginning of a line on, not compressed
  /// @param before how many lines stand before that one
  /// @return what it came to; lines are counted from the beginning of the log
  /// @throws IOException where it cannot be read, or a row cannot be stored
  public Read readOn(LogSource source, InputStream log, long before, Taker taker)
      throws IOException {
    Framing framing = new Framing(source.origin(), source.clock());
    OpenReports reports = new OpenReports(dialects, new LogRow(source, version), taker);
    BufferedInputStream bytes = new BufferedInputStream(log, JsonDocument.HEAD);
    if (before == 0 && JsonDocument.begins(bytes)) {
      return new JsonDocument(source, framing, reports).read(bytes);
    }
    LineReader reader = new LineReader(bytes, before, literals);
    while (reader.next(reports.waiting() || framing.pending())) {
      for (LogLine line :
          framing.read(reader.line(), reader.lineFrom(), reader.lineTo(), reader.number())) {
        reports.offer(line);
      }
    }
    reports.close();
    return new Read(
        reader.bytes(), reader.number(), reader.cut(), reports.taken(), reports.failures());
  }
}
