package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.scan.Population;
import java.util.Arrays;

/// Host-time in cells: each stretch of the inventory cut at UTC midnights and where the node's age
/// passes 1, 7 and 30 days, within the window of the study.
///
/// Source: D. Clayton, M. Hills, Statistical Models in Epidemiology (1993), ch. 6 (Lexis
/// expansion).
public final class HostTime {

  private final Population cells;
  private final double[] hours;
  private final int[] firstCell;
  private final long[] cellStart;

  private HostTime(Population cells, double[] hours, int[] firstCell, long[] cellStart) {
    this.cells = cells;
    this.hours = hours;
    this.firstCell = firstCell;
    this.cellStart = cellStart;
  }

  /// The cells of an inventory; the last attribute of each is its uptime class.
  ///
  /// @param start when the window begins (epoch seconds, a UTC midnight)
  /// @param days how long it is (days)
  static HostTime of(Stays stays, long start, int days) {
    long end = start + days * Uptime.DAY;
    int[] firstCell = new int[stays.size() + 1];
    int rows = 0;
    for (int s = 0; s < stays.size(); s++) {
      firstCell[s + 1] = Math.addExact(firstCell[s], pieces(stays, s, start, end));
      rows += ages(stays, s, start, end);
    }
    int n = firstCell[stays.size()];
    int width = stays.width() + 1;
    int[] codes = new int[Math.multiplyExact(rows, width)];
    int[] rowOf = new int[n];
    int[] day = new int[n];
    double[] hours = new double[n];
    long[] cellStart = new long[n];
    for (int s = 0, c = 0, row = -1; s < stays.size(); s++) {
      long at = Math.max(stays.from(s), start);
      long to = Math.min(stays.to(s), end);
      while (at < to) {
        long next = next(stays, s, at, start, to);
        int age = age(stays, s, at);
        if (c == firstCell[s] || codes[row * width + stays.width()] != age) {
          row++;
          for (int a = 0; a < stays.width(); a++) codes[row * width + a] = stays.code(s, a);
          codes[row * width + stays.width()] = age;
        }
        rowOf[c] = row;
        day[c] = (int) ((at - start) / Uptime.DAY);
        hours[c] = (next - at) / 3600.0;
        cellStart[c++] = at;
        at = next;
      }
    }
    return new HostTime(Population.sharing(width, codes, rowOf, day), hours, firstCell, cellStart);
  }

  private static int age(Stays stays, int s, long at) {
    return stays.ageKnown(s) ? Uptime.of(at - stays.born(s)) : Population.MISSING;
  }

  // How many classes of age a stretch passes through; a node grows no younger.
  private static int ages(Stays stays, int s, long start, long end) {
    long at = Math.max(stays.from(s), start);
    long to = Math.min(stays.to(s), end);
    if (at >= to) return 0;
    return 1 + age(stays, s, to - 1) - age(stays, s, at);
  }

  private static int pieces(Stays stays, int s, long start, long end) {
    long at = Math.max(stays.from(s), start);
    long to = Math.min(stays.to(s), end);
    int pieces = 0;
    for (; at < to; at = next(stays, s, at, start, to)) pieces++;
    return pieces;
  }

  private static long next(Stays stays, int s, long at, long start, long to) {
    long midnight = start + ((at - start) / Uptime.DAY + 1) * Uptime.DAY;
    long next = Math.min(midnight, to);
    if (!stays.ageKnown(s)) return next;
    long split = stays.born(s) + Uptime.nextSplit(at - stays.born(s));
    return split > at ? Math.min(next, split) : next;
  }

  Population cells() {
    return cells;
  }

  double[] hours() {
    return hours;
  }

  /// How many cells.
  public int size() {
    return hours.length;
  }

  double totalHours() {
    return Arrays.stream(hours).sum();
  }

  /// The cell of a moment in a stretch, −1 when the stretch has none there.
  int cell(int stay, long at) {
    int found = Arrays.binarySearch(cellStart, firstCell[stay], firstCell[stay + 1], at);
    int cell = found >= 0 ? found : -found - 2;
    return cell >= firstCell[stay] && cell < firstCell[stay + 1] ? cell : -1;
  }
}
