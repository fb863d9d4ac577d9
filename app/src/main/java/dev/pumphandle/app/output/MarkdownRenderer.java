package dev.pumphandle.app.output;

import java.io.IOException;
import java.util.List;

/// A Markdown table, for a report or an issue.
final class MarkdownRenderer implements Renderer {
  @Override
  public void render(Grid grid, Appendable out) throws IOException {
    line(grid.headings().stream().map(Heading::name).toList(), out);
    line(
        grid.headings().stream()
            .map(
                heading ->
                    switch (heading.side()) {
                      case LEFT -> "---";
                      case RIGHT -> "---:";
                    })
            .toList(),
        out);
    while (grid.rows().hasNext()) {
      line(grid.rows().next().stream().map(Words::of).map(MarkdownRenderer::cell).toList(), out);
    }
  }

  private static void line(List<String> cells, Appendable out) throws IOException {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String cell(String text) {
    return Words.printable(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;");
  }
}
