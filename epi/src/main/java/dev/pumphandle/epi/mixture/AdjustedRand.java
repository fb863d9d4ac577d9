package dev.pumphandle.epi.mixture;

import java.util.HashMap;
import java.util.Map;

/// How well two ways to divide the same records agree: 1 for the same division, 0 as by chance.
///
/// Source: L. Hubert, P. Arabie, Journal of Classification 2 (1985) 193–218.
public final class AdjustedRand {

  private AdjustedRand() {}

  /// The index; 1 when both divisions put everything together, or everything apart.
  public static double index(int[] a, int[] b) {
    if (a.length != b.length) throw new IllegalArgumentException("divisions of different records");
    Map<Long, Integer> cells = new HashMap<>();
    Map<Integer, Integer> rows = new HashMap<>();
    Map<Integer, Integer> columns = new HashMap<>();
    for (int i = 0; i < a.length; i++) {
      cells.merge(((long) a[i] << 32) ^ (b[i] & 0xffffffffL), 1, Integer::sum);
      rows.merge(a[i], 1, Integer::sum);
      columns.merge(b[i], 1, Integer::sum);
    }
    double together = cells.values().stream().mapToDouble(AdjustedRand::pairs).sum();
    double inRows = rows.values().stream().mapToDouble(AdjustedRand::pairs).sum();
    double inColumns = columns.values().stream().mapToDouble(AdjustedRand::pairs).sum();
    double all = pairs(a.length);
    double byChance = all == 0 ? 0 : inRows * inColumns / all;
    double most = (inRows + inColumns) / 2;
    return most == byChance ? 1 : (together - byChance) / (most - byChance);
  }

  private static double pairs(int n) {
    return n * (n - 1.0) / 2;
  }
}
