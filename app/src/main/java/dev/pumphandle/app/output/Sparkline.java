package dev.pumphandle.app.output;

import java.util.List;

/// Counts as a row of small bars: a curve that fits into a cell.
public final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /// One character per count, scaled to the largest. Nothing is drawn for zero, so that a single
  /// case shows.
  public static String of(List<Long> counts) {
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (long count : counts) {
      if (count <= 0) {
        line.append('·');
      } else {
        long step = (count * BARS.length() + most - 1) / most;
        line.append(BARS.charAt((int) step - 1));
      }
    }
    return line.toString();
  }

  /// A horizontal bar of `count`, where `most` fills `columns` characters; at least a sliver for
  /// any count.
  public static String bar(long count, long most, int columns) {
    if (count <= 0 || most <= 0) {
      return "";
    }
    long eighths = Math.max(1, Math.round(8.0 * columns * count / most));
    String rest = eighths % 8 == 0 ? "" : "" + "▏▎▍▌▋▊▉".charAt((int) (eighths % 8) - 1);
    return "█".repeat((int) (eighths / 8)) + rest;
  }
}
