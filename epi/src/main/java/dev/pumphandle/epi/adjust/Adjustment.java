package dev.pumphandle.epi.adjust;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Ways to adjust p-values for the number of tests; each keeps the order of its input.
///
/// Adjusted values are monotone in the raw ones and never above 1. An empty array stays empty.
public enum Adjustment {

  /// `m p`: family-wise error, any dependence.
  BONFERRONI {
    @Override
    double[] ordered(double[] p) {
      double[] q = new double[p.length];
      for (int i = 0; i < p.length; i++) q[i] = p.length * p[i];
      return q;
    }
  },

  /// Step-down: family-wise error, any dependence, never weaker than Bonferroni.
  ///
  /// Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
  HOLM {
    @Override
    double[] ordered(double[] p) {
      double[] q = new double[p.length];
      double most = 0;
      for (int i = 0; i < p.length; i++) {
        most = Math.max(most, (p.length - i) * p[i]);
        q[i] = most;
      }
      return q;
    }
  },

  /// Step-up: family-wise error for independent or positively dependent tests.
  ///
  /// Source: Y. Hochberg, Biometrika 75 (1988) 800–802.
  HOCHBERG {
    @Override
    double[] ordered(double[] p) {
      double[] factors = new double[p.length];
      for (int i = 0; i < p.length; i++) factors[i] = p.length - i;
      return stepUp(p, factors);
    }
  },

  /// False discovery rate for independent or positively dependent tests.
  ///
  /// Source: Y. Benjamini, Y. Hochberg, JRSS B 57 (1995) 289–300.
  BENJAMINI_HOCHBERG {
    @Override
    double[] ordered(double[] p) {
      double[] factors = new double[p.length];
      for (int i = 0; i < p.length; i++) factors[i] = p.length / (i + 1.0);
      return stepUp(p, factors);
    }
  },

  /// False discovery rate under any dependence: the former times `Σ 1/i`.
  ///
  /// Source: Y. Benjamini, D. Yekutieli, Annals of Statistics 29 (2001) 1165–1188.
  BENJAMINI_YEKUTIELI {
    @Override
    double[] ordered(double[] p) {
      double harmonic = 0;
      for (int i = 1; i <= p.length; i++) harmonic += 1.0 / i;
      double[] factors = new double[p.length];
      for (int i = 0; i < p.length; i++) factors[i] = harmonic * p.length / (i + 1.0);
      return stepUp(p, factors);
    }
  };

  /// The adjusted p-values, in the order of `p`.
  public double[] adjust(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted((i, j) -> Double.compare(p[i], p[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] sorted = Arrays.stream(order).mapToDouble(i -> p[i]).toArray();
    double[] adjusted = ordered(sorted);
    double[] result = new double[p.length];
    for (int i = 0; i < p.length; i++) result[order[i]] = Math.min(1, adjusted[i]);
    return result;
  }

  abstract double[] ordered(double[] ascending);

  private static double[] stepUp(double[] p, double[] factors) {
    double[] q = new double[p.length];
    double least = Double.POSITIVE_INFINITY;
    for (int i = p.length - 1; i >= 0; i--) {
      least = Math.min(least, factors[i] * p[i]);
      q[i] = least;
    }
    return q;
  }
}
