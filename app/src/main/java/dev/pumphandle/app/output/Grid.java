package dev.pumphandle.app.output;

import java.util.Iterator;
import java.util.List;

/// Rows of values under headings, read once from front to back: a million rows need no memory.
///
/// @param headings the columns, in order
/// @param rows each as long as `headings`
public record Grid(List<Heading> headings, Iterator<List<Value>> rows) {
  public Grid {
    headings = List.copyOf(headings);
  }

  /// A grid of rows already at hand.
  public static Grid of(List<Heading> headings, List<List<Value>> rows) {
    return new Grid(headings, rows.iterator());
  }
}
