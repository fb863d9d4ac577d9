package dev.pumphandle.app.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Aligned columns that fit the screen.
///
/// Widths are taken from the first [#LOOKAHEAD] rows, so that output begins at once and memory
/// stays bounded. Where the columns do not fit, the widest words are shortened first; where that is
/// not enough, columns at the right are left out and named below the table: nothing disappears in
/// silence.
final class TableRenderer implements Renderer {
  private static final int LOOKAHEAD = 1_000;
  private static final int NARROWEST_WORDS = 12;
  private static final String GAP = "  ";

  private final int columns;
  private final Style style;

  TableRenderer(int columns, boolean colour) {
    this.columns = columns;
    this.style = new Style(colour);
  }

  @Override
  public void render(Grid grid, Appendable out) throws IOException {
    List<List<String>> first = new ArrayList<>();
    while (grid.rows().hasNext() && first.size() < LOOKAHEAD) {
      first.add(cells(grid.rows().next()));
    }
    int[] widths = fitted(grid.headings(), first);
    int shown = widths.length;
    line(grid.headings(), grid.headings().stream().map(Heading::name).toList(), widths, true, out);
    for (List<String> row : first) {
      line(grid.headings(), row, widths, false, out);
    }
    while (grid.rows().hasNext()) {
      line(grid.headings(), cells(grid.rows().next()), widths, false, out);
    }
    if (shown < grid.headings().size()) {
      List<String> hidden =
          grid.headings().subList(shown, grid.headings().size()).stream()
              .map(Heading::name)
              .toList();
      String names =
          hidden.size() > 4
              ? String.join(", ", hidden.subList(0, 4)) + " …"
              : String.join(", ", hidden);
      String note = Words.count(hidden.size(), "column") + " not shown for want of width: " + names;
      out.append(style.faint(Width.cut(note, columns))).append('\n');
    }
  }

  private static List<String> cells(List<Value> row) {
    return row.stream().map(value -> Words.printable(Words.brief(value))).toList();
  }

  /// The widths of the columns that are shown; fewer than there are headings when not all fit.
  private int[] fitted(List<Heading> headings, List<List<String>> rows) {
    int[] natural = new int[headings.size()];
    for (int at = 0; at < natural.length; at++) {
      natural[at] = Width.of(headings.get(at).name());
      for (List<String> row : rows) {
        natural[at] = Math.max(natural[at], Width.of(row.get(at)));
      }
    }
    for (int shown = natural.length; shown > 1; shown--) {
      int[] widths = shortened(headings, natural, shown);
      if (total(widths) <= columns) {
        return widths;
      }
    }
    return new int[] {headings.isEmpty() ? 0 : Math.min(natural[0], columns)};
  }

  private int[] shortened(List<Heading> headings, int[] natural, int shown) {
    int[] widths = java.util.Arrays.copyOf(natural, shown);
    while (total(widths) > columns) {
      int widest = -1;
      for (int at = 0; at < shown; at++) {
        if (!headings.get(at).firm()
            && widths[at] > NARROWEST_WORDS
            && (widest < 0 || widths[at] > widths[widest])) {
          widest = at;
        }
      }
      if (widest < 0) {
        return widths;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static int total(int[] widths) {
    int total = GAP.length() * Math.max(0, widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    return total;
  }

  private void line(
      List<Heading> headings, List<String> cells, int[] widths, boolean head, Appendable out)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int at = 0; at < widths.length; at++) {
      // A number is never cut: half a number is a wrong number. One that comes after the look-ahead
      // and is wider than all before it pushes its line out instead.
      boolean whole = headings.get(at).firm() && !head;
      String cell = whole ? cells.get(at) : Width.cut(cells.get(at), widths[at]);
      String blank = " ".repeat(Math.max(0, widths[at] - Width.of(cell)));
      if (at > 0) {
        line.append(GAP);
      }
      switch (headings.get(at).side()) {
        case LEFT -> line.append(cell).append(blank);
        case RIGHT -> line.append(blank).append(cell);
      }
    }
    String text = line.toString().stripTrailing();
    out.append(head ? style.strong(text) : text).append('\n');
  }
}
