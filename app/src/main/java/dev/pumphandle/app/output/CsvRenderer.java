package dev.pumphandle.app.output;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/// Comma-separated values with a heading line. Source: RFC 4180, but with bare line feeds, as every
/// Unix tool expects.
final class CsvRenderer implements Renderer {
  @Override
  public void render(Grid grid, Appendable out) throws IOException {
    line(grid.headings().stream().map(Heading::name).iterator(), out);
    while (grid.rows().hasNext()) {
      List<Value> row = grid.rows().next();
      line(row.stream().map(Words::plain).iterator(), out);
    }
  }

  private static void line(Iterator<String> cells, Appendable out) throws IOException {
    String between = "";
    while (cells.hasNext()) {
      out.append(between).append(quoted(cells.next()));
      between = ",";
    }
    out.append('\n');
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
