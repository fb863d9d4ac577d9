package dev.pumphandle.epi.vectors;

import dev.pumphandle.epi.chance.Gumbel;
import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.scan.LogLikelihoodRatio;
import dev.pumphandle.epi.scan.SpaceTimeScan;
import dev.pumphandle.epi.scan.TreeScan;
import java.util.Arrays;

/// Vectors of the scan statistics.
final class ScanVectors {

  static final int REPLICATES = 9_999;
  static final long SEED = 1854;
  private static final long MOST_ARRANGEMENTS = 3_000_000;

  private ScanVectors() {}

  /// A Monte Carlo p-value of ours against one of theirs: four standard errors of both.
  static Tolerance monteCarlo(double p, double theirReplicates) {
    double variance = p * (1 - p);
    double spread = Math.sqrt(variance / REPLICATES + variance / theirReplicates);
    return new Tolerance(0, 4 * spread + 1.0 / REPLICATES);
  }

  static void tree(Node n, int index, Comparison comparison) {
    int[] parent = Arrays.stream(n.wholes("parent")).map(p -> p - 1).toArray();
    TreeScan scan =
        new TreeScan(
            parent, n.wholes("leaf_index"), n.wholes("leaf_cases"), n.numbers("leaf_expected_raw"));
    double[] llr = scan.conditional();
    int best = scan.best();
    double[] maxima = scan.replicatedMaxima(REPLICATES, SEED, 1);
    double exact =
        n.has("exact_p") ? scan.exactP(MOST_ARRANGEMENTS).orElse(Double.NaN) : Double.NaN;
    Comparison.Vector v =
        comparison
            .vector(n, index, "parent", "leaf_index", "leaf_cases", "leaf_expected_raw", "mc_reps")
            .row(
                "node_cases",
                Arrays.stream(scan.nodeCases()).asDoubleStream().toArray(),
                Tolerance.CLOSED)
            .row("node_expected", scan.nodeExpected(), Tolerance.CLOSED)
            .row("llr_conditional_poisson", llr, Tolerance.CLOSED)
            .row("llr_unconditional_poisson", scan.unconditional(), Tolerance.CLOSED)
            .closed("best_node", best)
            .closed("best_llr", llr[best]);
    double reps = n.number("mc_reps");
    double reference = n.has("exact_p") ? n.number("exact_p") : n.number("mc_p");
    double ours = MonteCarlo.pValue(maxima, llr[best]);
    v.value("mc_p", ours, monteCarlo(n.number("mc_p"), reps));
    comparison.value(
        v.path("mc_p against exact_p"),
        reference,
        ours,
        monteCarlo(reference, n.has("exact_p") ? Double.POSITIVE_INFINITY : reps));
    if (Double.isNaN(exact)) v.without("too many arrangements to enumerate", "exact_p");
    else v.closed("exact_p", exact);
    if (v.take("mc_p_all_nodes")) {
      double[] theirs = n.numbers("mc_p_all_nodes");
      for (int i = 0; i < theirs.length; i++)
        comparison.value(
            v.path("mc_p_all_nodes[" + i + "]"),
            theirs[i],
            llr[i] == 0 ? 1 : MonteCarlo.pValue(maxima, llr[i]),
            monteCarlo(theirs[i], reps));
    }
    v.without("what their own replicates happened to give", "mc_p_se", "null_q95").done();
  }

  static void bernoulli(Node n, int index, Comparison comparison) {
    comparison
        .vector(n, index, "c", "n", "C", "N")
        .closed(
            "llr",
            LogLikelihoodRatio.bernoulli(
                n.number("c"), n.number("n"), n.number("C"), n.number("N")))
        .done();
  }

  static void gumbel(Node n, int index, Comparison comparison) {
    double[] replicates = n.numbers("null");
    double observed = n.number("observed");
    Gumbel gumbel = Gumbel.fit(replicates);
    comparison
        .vector(n, index, "null", "observed")
        .closed("beta", gumbel.scale())
        .closed("mu", gumbel.location())
        .closed("p", gumbel.pValue(observed))
        .closed("mc_p", MonteCarlo.pValue(replicates, observed))
        .done();
  }

  static void spaceTime(Node n, int index, Comparison comparison) {
    int[][] cases =
        Arrays.stream(n.rows("cases"))
            .map(row -> Arrays.stream(row).mapToInt(x -> (int) x).toArray())
            .toArray(int[][]::new);
    SpaceTimeScan scan = new SpaceTimeScan(cases, n.rows("expected_raw"), n.whole("max_window"));
    SpaceTimeScan.Cluster best = scan.best();
    double p = MonteCarlo.pValue(scan.replicatedMaxima(REPLICATES, SEED, 1), best.llr());
    comparison
        .vector(n, index, "cases", "expected_raw", "max_window", "mc_reps")
        .closed("zone", best.zone())
        .closed("start", best.start())
        .closed("end", best.end())
        .closed("c", best.cases())
        .closed("expected", best.expected())
        .closed("llr", best.llr())
        .closed("rr", best.relativeRisk())
        .value("mc_p", p, monteCarlo(n.number("mc_p"), n.number("mc_reps")))
        .done();
  }
}
