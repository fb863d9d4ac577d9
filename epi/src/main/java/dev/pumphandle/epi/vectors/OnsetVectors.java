package dev.pumphandle.epi.vectors;

import dev.pumphandle.epi.glm.Fit;
import dev.pumphandle.epi.onset.BinnedCounts;
import dev.pumphandle.epi.onset.Hinge;
import dev.pumphandle.epi.onset.Shapes;
import dev.pumphandle.epi.onset.StepChange;

/// Vectors of changes in time.
final class OnsetVectors {

  // Theirs is a numerical search; ours is exact to rounding, so the allowance is for them.
  private static final Tolerance HINGE = new Tolerance(0, 1e-4);
  private static final Tolerance HINGE_RATE = new Tolerance(1e-3, 1e-4);

  private OnsetVectors() {}

  static void changePoint(Node n, int index, Comparison comparison) {
    BinnedCounts counts = new BinnedCounts(n.numbers("y"), n.numbers("t"));
    StepChange change = new StepChange(counts);
    int best = change.best();
    int[] profile = change.withinDrop(StepChange.USUAL_DROP);
    Comparison.Vector v =
        comparison
            .vector(n, index, "y", "t", "mc_reps")
            .row("llr", change.ratios(), Tolerance.CLOSED)
            .row("llr_increase_only", change.increasesOnly(), Tolerance.CLOSED)
            .closed("best_index", best)
            .closed("best_llr", change.bestRatio())
            .closed("rate_before", change.rateBefore(best))
            .closed("rate_after", change.rateAfter(best))
            .row("ci95_profile", new double[] {profile[0], profile[1]}, Tolerance.CLOSED)
            .row("posterior_flat", change.flatPosterior(), Tolerance.CLOSED)
            .closed("loglik_null", change.logLikelihoodOfNoChange())
            .closed("loglik_step", change.logLikelihoodOfStep())
            .value(
                "mc_p",
                change.pValue(ScanVectors.REPLICATES, ScanVectors.SEED, 1),
                ScanVectors.monteCarlo(n.number("mc_p"), n.number("mc_reps")));
    hinge(n, counts, change, v);
    shapes(counts, v);
    v.done();
  }

  private static void hinge(Node n, BinnedCounts counts, StepChange change, Comparison.Vector v) {
    Hinge hinge = Hinge.fit(counts);
    v.value("loglik_hinge", hinge.logLikelihood(), HINGE);
    // Where two places fit alike, theirs is whichever their search left: it must fit as well as
    // ours.
    boolean climbs = hinge.logLikelihood() > change.logLikelihoodOfNoChange() + 1e-4;
    Hinge theirs = n.has("hinge_best_tau") ? Hinge.at(counts, n.whole("hinge_best_tau")) : hinge;
    boolean alike = Math.abs(theirs.logLikelihood() - hinge.logLikelihood()) < 1e-4;
    if (!climbs) v.without("no climb, every place fits alike", "hinge_best_tau");
    else v.closed("hinge_best_tau", alike ? theirs.bin() : hinge.bin());
    v.value("hinge_rate0", alike ? theirs.level() : hinge.level(), HINGE_RATE)
        .value("hinge_slope", alike ? theirs.slope() : hinge.slope(), HINGE_RATE);
  }

  private static void shapes(BinnedCounts counts, Comparison.Vector v) {
    Fit growth = Shapes.growth(counts);
    Shapes shapes = Shapes.of(counts);
    v.value("loglik_loglinear", growth.logLikelihood(), Tolerance.REGRESSION)
        .value("loglinear_slope", growth.coefficients().get(1), Tolerance.REGRESSION)
        .value(
            "loglinear_slope_se",
            Shapes.growthPrintedByR(counts).standardErrors().get(1),
            Tolerance.REGRESSION)
        .row(
            "bic",
            new double[] {shapes.none(), shapes.step(), shapes.hinge(), shapes.growth()},
            new Tolerance(1e-6, 2e-4));
  }
}
