package dev.pumphandle.epi.scan;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/// Cells drawn with probability proportional to what is expected in them.
final class MultinomialDraw {

  private final double[] cumulative;

  MultinomialDraw(double[] expected) {
    cumulative = new double[expected.length];
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += expected[i];
      cumulative[i] = sum;
    }
  }

  int next(UniformRandomProvider random) {
    double u = random.nextDouble() * cumulative[cumulative.length - 1];
    int i = Arrays.binarySearch(cumulative, u);
    int cell = i < 0 ? -i - 1 : i + 1;
    while (cell > 0 && cell >= cumulative.length) cell--;
    // A cell that expects nothing has no width and is never meant.
    while (cell > 0 && cumulative[cell] == cumulative[cell - 1]) cell--;
    return cell;
  }

  /// Fills `counts` with `total` draws.
  void fill(int[] counts, long total, UniformRandomProvider random) {
    Arrays.fill(counts, 0);
    for (long i = 0; i < total; i++) counts[next(random)]++;
  }
}
