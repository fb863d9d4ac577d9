package dev.pumphandle.epi.scan;

import java.util.List;

/// Which accepted sets each row belongs to: a row's pattern has bit j set when it lies in set j.
///
/// A row whose deciding attribute is missing counts as outside.
public final class Patterns {

  private final int sets;
  private final int[] pattern;

  private Patterns(int sets, int[] pattern) {
    this.sets = sets;
    this.pattern = pattern;
  }

  static Patterns of(List<ScanSet> accepted, Population rows, int[] values) {
    int[] pattern = new int[rows.size()];
    for (int j = 0; j < accepted.size(); j++) {
      int bit = 1 << j;
      accepted.get(j).forEachInside(rows, values, r -> pattern[r] |= bit);
    }
    return new Patterns(accepted.size(), pattern);
  }

  /// How many accepted sets.
  int sets() {
    return sets;
  }

  /// How many patterns there can be.
  int count() {
    return 1 << sets;
  }

  int of(int row) {
    return pattern[row];
  }

  /// The sum of the weights by pattern.
  double[] sums(double[] weights) {
    double[] sums = new double[count()];
    for (int r = 0; r < pattern.length; r++) sums[pattern[r]] += weights[r];
    return sums;
  }

  /// The number of rows by pattern.
  int[] sizes() {
    int[] sizes = new int[count()];
    for (int p : pattern) sizes[p]++;
    return sizes;
  }

  static boolean inside(int pattern, int set) {
    return (pattern >> set & 1) == 1;
  }
}
