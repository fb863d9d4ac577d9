package dev.pumphandle.epi.onset;

import java.util.ArrayList;
import java.util.List;

/// Several changes of rate, by splitting in two again and again; a downward step is an end.
///
/// A split at depth d stands when its Monte Carlo p-value is at most `α/(d + 1)` and Schwarz's
/// criterion gains. Only the last pieces are looked for: a rate that changes every week has many,
/// each with its own test, and what lies before the last change says nothing of the end.
///
/// Source: A. B. Olshen et al., Biostatistics 5 (2004) 557–572 (binary segmentation with Monte
/// Carlo tests).
public final class Changes {

  private final double alpha;
  private final int replicates;
  private final long seed;
  private final int threads;

  private Changes(double alpha, int replicates, long seed, int threads) {
    this.alpha = alpha;
    this.replicates = replicates;
    this.seed = seed;
    this.threads = threads;
  }

  /// Whether the last change of a series was downward: it has ended, or abated.
  public static boolean ended(
      BinnedCounts counts, double alpha, int replicates, long seed, int threads) {
    List<Double> rates = new Changes(alpha, replicates, seed, threads).last(2, counts, 0, 0);
    return rates.size() > 1 && rates.get(1) < rates.get(0);
  }

  // The rates of the last pieces in order of time, at most so many.
  private List<Double> last(int most, BinnedCounts counts, int offset, int depth) {
    if (counts.size() >= 2 && counts.total() >= 2) {
      StepChange step = new StepChange(counts);
      boolean gains = 2 * step.bestRatio() > 2 * Math.log(counts.size());
      if (gains
          && step.significant(
              alpha / (depth + 1), replicates, seed + 31L * offset + depth, threads)) {
        int k = step.best();
        List<Double> after = last(most, counts.part(k, counts.size()), offset + k, depth + 1);
        if (after.size() >= most) return after;
        List<Double> rates =
            new ArrayList<>(last(most - after.size(), counts.part(0, k), offset, depth + 1));
        rates.addAll(after);
        return rates;
      }
    }
    return List.of(counts.total() / counts.totalExposure());
  }
}
