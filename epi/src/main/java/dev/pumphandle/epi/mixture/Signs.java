package dev.pumphandle.epi.mixture;

import java.util.Arrays;

/// Clinical signs of cases and of other crashes: categories, small integers, −1 where missing.
///
/// Signs must not be derived from place or from the definition of the label, or the classes will
/// say
/// what was put in.
public final class Signs {

  /// A missing sign.
  public static final int MISSING = -1;

  private final int[][] cases;
  private final int[] levels;
  private final double[][] profileOfOthers;

  /// @param cases the signs of each case
  /// @param others the signs of each other crash, whose frequencies are the profile of unrelated
  /// cases
  public Signs(int[][] cases, int[][] others) {
    this.cases = Arrays.stream(cases).map(int[]::clone).toArray(int[][]::new);
    int signs = cases.length > 0 ? cases[0].length : 0;
    this.levels = new int[signs];
    for (int j = 0; j < signs; j++) {
      int sign = j;
      int most =
          Math.max(
              Arrays.stream(cases).mapToInt(c -> c[sign]).max().orElse(0),
              Arrays.stream(others).mapToInt(c -> c[sign]).max().orElse(0));
      levels[j] = Math.max(1, most + 1);
    }
    this.profileOfOthers = new double[signs][];
    for (int j = 0; j < signs; j++) profileOfOthers[j] = frequencies(others, j, levels[j]);
  }

  // One pseudo-count spread evenly: a level never seen among the others stays possible.
  private static double[] frequencies(int[][] records, int sign, int levels) {
    double[] p = new double[levels];
    Arrays.fill(p, 1.0 / levels);
    double n = 1;
    for (int[] record : records) {
      if (record[sign] < 0) continue;
      p[record[sign]]++;
      n++;
    }
    for (int l = 0; l < levels; l++) p[l] /= n;
    return p;
  }

  /// How many cases.
  public int size() {
    return cases.length;
  }

  /// How many signs.
  public int count() {
    return levels.length;
  }

  int level(int record, int sign) {
    return cases[record][sign];
  }

  int levels(int sign) {
    return levels[sign];
  }

  double ofOthers(int sign, int level) {
    return profileOfOthers[sign][level];
  }

  /// How many probabilities are free in one profile.
  int freeParameters() {
    return Arrays.stream(levels).map(l -> l - 1).sum();
  }
}
