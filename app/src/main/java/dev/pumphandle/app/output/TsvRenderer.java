package dev.pumphandle.app.output;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/// One line per row, values separated by tabs, headings first. Tabs and line breaks inside a value
/// become spaces, so that `cut` and `awk` never see a row in two pieces.
final class TsvRenderer implements Renderer {
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
      out.append(between).append(Words.printable(cells.next()));
      between = "\t";
    }
    out.append('\n');
  }
}
