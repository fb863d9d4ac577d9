package dev.pumphandle.epi.adjust;

import java.util.Arrays;

/// Which tests could reach significance at all, and the threshold that only those pay for.
///
/// A test on discrete counts has a least p-value it can attain. With `k` the smallest number for
/// which at most `k` tests have a least p-value of `α/k` or below, those tests are *testable*, each
/// at
/// `α/k`; the others are withheld and counted.
///
/// Source: R. E. Tarone, "A modified Bonferroni method for discrete data", Biometrics 46 (1990)
/// 515–522.
///
/// @param alpha the family-wise level
/// @param factor `k`, what the level is divided by
/// @param threshold `α/k`
/// @param testable whether each test, in the order given, is testable
public record Tarone(double alpha, int factor, double threshold, Testable testable) {

  /// Which of the tests, by index, are testable.
  public static final class Testable {
    private final boolean[] flags;

    Testable(boolean[] flags) {
      this.flags = flags;
    }

    /// Whether the test at `index` can be significant at all.
    public boolean at(int index) {
      return flags[index];
    }

    /// The indices of the testable tests, ascending.
    public int[] indices() {
      return java.util.stream.IntStream.range(0, flags.length).filter(i -> flags[i]).toArray();
    }

    /// How many tests are withheld.
    public int withheld() {
      return flags.length - indices().length;
    }
  }

  /// The testable tests among those whose least attainable p-values are given.
  public static Tarone of(double[] leastP, double alpha) {
    double[] sorted = leastP.clone();
    Arrays.sort(sorted);
    int k = 1;
    while (k < sorted.length && countAtMost(sorted, alpha / k) > k) k++;
    double threshold = alpha / k;
    boolean[] flags = new boolean[leastP.length];
    for (int i = 0; i < leastP.length; i++) flags[i] = leastP[i] <= threshold;
    return new Tarone(alpha, k, threshold, new Testable(flags));
  }

  private static int countAtMost(double[] sorted, double bar) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= bar) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
