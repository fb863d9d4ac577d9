package dev.pumphandle.fieldwork.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tables of text: a header, then rows; separated by commas, semicolons or tabs, as the header
/// shows.
///
/// Source: RFC 4180; a byte order mark and lines that end in a line feed alone are taken as well.
final class Csv {

  private static final int LONGEST = 1 << 20;

  private final TextLines text;
  private final String source;
  private final char separator;
  private final List<String> header;
  private long line;

  private Csv(TextLines text, String source, String first) throws FleetFormatException {
    this.text = text;
    this.source = source;
    this.separator = separator(first);
    this.line = 1;
    this.header = cells(first);
  }

  /// What takes the rows.
  interface Rows {
    /// One row.
    void row(Map<String, String> row, long line) throws IOException;
  }

  static void read(InputStream bytes, String source, Rows rows) throws IOException {
    TextLines text = new TextLines(bytes, source);
    String first =
        text.next()
            .orElseThrow(
                () -> new FleetFormatException(source + ": expected a table, found an empty file"));
    new Csv(text, source, first.startsWith("\ufeff") ? first.substring(1) : first).rows(rows);
  }

  private void rows(Rows rows) throws IOException {
    long taken = 0;
    for (Optional<String> next = text.next(); next.isPresent(); next = text.next()) {
      line++;
      if (next.get().isBlank()) {
        continue;
      }
      long at = line;
      List<String> cells = cells(quoted(next.get()));
      if (cells.size() != header.size()) {
        throw FleetFormatException.at(
            source,
            at,
            "expected " + header.size() + " columns as in the header, found " + cells.size());
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        if (row.put(header.get(i), cells.get(i)) != null) {
          throw FleetFormatException.at(
              source, 1, "expected each column once, found " + header.get(i) + " twice");
        }
      }
      rows.row(row, at);
      taken++;
    }
    if (taken == 0) {
      throw new FleetFormatException(source + ": expected rows below the header, found none");
    }
  }

  // A quoted cell may go over several lines.
  private String quoted(String begun) throws IOException {
    String whole = begun;
    long at = line;
    while (whole.chars().filter(c -> c == '"').count() % 2 == 1) {
      Optional<String> more = text.next();
      if (more.isEmpty() || whole.length() > LONGEST) {
        throw FleetFormatException.at(source, at, "expected a closing quote, found none");
      }
      line++;
      whole = whole + "\n" + more.get();
    }
    return whole;
  }

  private List<String> cells(String row) throws FleetFormatException {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (inQuotes && c == '"' && i + 1 < row.length() && row.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"' && (inQuotes || cell.isEmpty())) {
        inQuotes = !inQuotes;
      } else if (c == separator && !inQuotes) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (inQuotes) {
      throw FleetFormatException.at(source, line, "expected a closing quote, found none");
    }
    cells.add(cell.toString());
    return cells;
  }

  private static char separator(String header) {
    if (header.indexOf('\t') >= 0) {
      return '\t';
    }
    return header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
  }
}
