package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.chance.Streams;
import java.util.Arrays;
import java.util.OptionalDouble;

/// The tree-based scan statistic: every cut of a tree (a node and all below it) against the rest,
/// the
/// largest log likelihood ratio against its distribution under chance.
///
/// Given the total number of cases C, leaf counts are multinomial with probabilities proportional
/// to
/// what is expected. The p-value of any cut is taken against the maximum over all cuts, so that it
/// holds family-wise.
///
/// Source: M. Kulldorff, Z. Fang, S. Walsh, Biometrics 59 (2003) 323–331.
public final class TreeScan {

  private static final double TIE = 1e-9;

  private final int[] parent;
  private final int[] leaves;
  private final int[][] ancestors;
  private final double[] leafExpected;
  private final int[] leafCases;
  private final long total;
  private final double[] nodeExpected;

  /// @param parent the parent of each node, −1 for the root
  /// @param leaves the nodes that carry counts
  /// @param leafCases cases per leaf
  /// @param leafExpected expected cases per leaf, in any unit: scaled to the number of cases
  public TreeScan(int[] parent, int[] leaves, int[] leafCases, double[] leafExpected) {
    this.parent = parent.clone();
    this.leaves = leaves.clone();
    this.leafCases = leafCases.clone();
    this.total = Arrays.stream(leafCases).asLongStream().sum();
    double raw = Arrays.stream(leafExpected).sum();
    this.leafExpected = Arrays.stream(leafExpected).map(e -> e * total / raw).toArray();
    this.ancestors = new int[leaves.length][];
    for (int i = 0; i < leaves.length; i++) ancestors[i] = pathToRoot(leaves[i]);
    this.nodeExpected = new double[parent.length];
    for (int i = 0; i < leaves.length; i++)
      for (int node : ancestors[i]) nodeExpected[node] += this.leafExpected[i];
  }

  private int[] pathToRoot(int leaf) {
    int[] path = new int[parent.length];
    int length = 0;
    for (int node = leaf; node >= 0; node = parent[node]) {
      if (length == path.length) throw new IllegalArgumentException("a node is its own ancestor");
      path[length++] = node;
    }
    return Arrays.copyOf(path, length);
  }

  /// Cases in and below each node.
  public int[] nodeCases() {
    return summed(leafCases);
  }

  /// Expected cases in and below each node.
  public double[] nodeExpected() {
    return nodeExpected.clone();
  }

  /// The log likelihood ratio of each cut, given the total.
  public double[] conditional() {
    return ratios(nodeCases());
  }

  /// The log likelihood ratio of each cut when expected counts are taken as known.
  public double[] unconditional() {
    int[] cases = nodeCases();
    double[] llr = new double[cases.length];
    for (int i = 0; i < llr.length; i++)
      llr[i] = LogLikelihoodRatio.unconditionalPoisson(cases[i], nodeExpected[i]);
    return llr;
  }

  /// The cut with the largest conditional ratio; the first of equals.
  public int best() {
    double[] llr = conditional();
    int best = 0;
    for (int i = 1; i < llr.length; i++) if (llr[i] > llr[best] + TIE) best = i;
    return best;
  }

  /// The maximum over all cuts in replicates under chance, by replicate index.
  public double[] replicatedMaxima(int replicates, long seed, int threads) {
    MultinomialDraw draw = new MultinomialDraw(leafExpected);
    return MonteCarlo.statistics(
        new Streams(seed),
        0,
        replicates,
        threads,
        () -> {
          int[] counts = new int[leaves.length];
          return random -> {
            draw.fill(counts, total, random);
            return largest(ratios(summed(counts)));
          };
        });
  }

  /// The family-wise p-value of the best cut by counting every way in which the cases could have
  /// fallen; nothing when there are more than `mostArrangements` ways.
  public OptionalDouble exactP(long mostArrangements) {
    double ways = 1;
    for (int i = 1; i < leaves.length; i++) ways = ways * (total + i) / i;
    if (ways > mostArrangements) return OptionalDouble.empty();
    double observed = largest(conditional());
    return OptionalDouble.of(
        Math.min(1, new Enumeration(observed - TIE * Math.max(1, observed)).run()));
  }

  /// Walks all arrangements and adds the probabilities of those that reach the bar.
  private final class Enumeration {
    private final double bar;
    private final int[] counts = new int[leaves.length];
    private double sum;

    Enumeration(double bar) {
      this.bar = bar;
    }

    double run() {
      place(0, Math.toIntExact(total), dev.pumphandle.epi.numeric.Logs.gamma(total + 1.0));
      return sum;
    }

    private void place(int leaf, int left, double logProbability) {
      if (leaf == leaves.length - 1) {
        counts[leaf] = left;
        if (largest(ratios(summed(counts))) >= bar)
          sum += Math.exp(logProbability + term(leaf, left));
        return;
      }
      for (int k = 0; k <= left; k++) {
        counts[leaf] = k;
        place(leaf + 1, left - k, logProbability + term(leaf, k));
      }
    }

    private double term(int leaf, int k) {
      return dev.pumphandle.epi.numeric.Logs.xLogY(k, leafExpected[leaf] / total)
          - dev.pumphandle.epi.numeric.Logs.gamma(k + 1.0);
    }
  }

  private int[] summed(int[] counts) {
    int[] cases = new int[parent.length];
    for (int i = 0; i < counts.length; i++)
      if (counts[i] > 0) for (int node : ancestors[i]) cases[node] += counts[i];
    return cases;
  }

  private double[] ratios(int[] cases) {
    double[] llr = new double[cases.length];
    for (int i = 0; i < llr.length; i++)
      llr[i] =
          parent[i] < 0
              ? 0
              : LogLikelihoodRatio.conditionalPoisson(cases[i], nodeExpected[i], (double) total);
    return llr;
  }

  private static double largest(double[] x) {
    double largest = 0;
    for (double v : x) largest = Math.max(largest, v);
    return largest;
  }
}
