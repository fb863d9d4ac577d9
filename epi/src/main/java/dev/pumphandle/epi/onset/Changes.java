package dev.pumphandle.epi.onset;

import java.util.ArrayList;
import java.util.List;

/// Several changes of rate, by splitting in two again and again; a downward step is an end.
///
/// A split at depth d stands when its Monte Carlo p-value is at most `α/(d + 1)` and Schwarz's
/// criterion
/// gains.
///
/// Source: A. B. Olshen et al., Biostatistics 5 (2004) 557–572 (binary segmentation with Monte
/// Carlo
/// tests).
///
/// @param segments the pieces, in order of time
public record Changes(List<Segment> segments) {

  /// Copies the segments.
  public Changes {
    segments = List.copyOf(segments);
  }

  /// Bins `from` (inclusive) to `to` (exclusive) with one rate.
  ///
  /// @param rate events per unit of exposure
  public record Segment(int from, int to, double rate) {}

  /// The changes of a series.
  public static Changes of(
      BinnedCounts counts, double alpha, int replicates, long seed, int threads) {
    List<Segment> segments = new ArrayList<>();
    split(counts, 0, 0, new Rule(alpha, replicates, seed, threads), segments);
    return new Changes(segments);
  }

  private record Rule(double alpha, int replicates, long seed, int threads) {}

  private static void split(
      BinnedCounts counts, int offset, int depth, Rule rule, List<Segment> into) {
    if (counts.size() >= 2 && counts.total() >= 2) {
      StepChange step = new StepChange(counts);
      boolean gains = 2 * step.bestRatio() > 2 * Math.log(counts.size());
      if (gains
          && step.significant(
              rule.alpha / (depth + 1),
              rule.replicates,
              rule.seed + 31L * offset + depth,
              rule.threads)) {
        int k = step.best();
        split(counts.part(0, k), offset, depth + 1, rule, into);
        split(counts.part(k, counts.size()), offset + k, depth + 1, rule, into);
        return;
      }
    }
    into.add(new Segment(offset, offset + counts.size(), counts.total() / counts.totalExposure()));
  }

  /// Whether the last change was downward: it has ended, or abated.
  public boolean ended() {
    int n = segments.size();
    return n > 1 && segments.get(n - 1).rate < segments.get(n - 2).rate;
  }
}
