package dev.pumphandle.epi.vectors;

import static dev.pumphandle.epi.vectors.TableVectors.LEVEL;

import dev.pumphandle.epi.adjust.Adjustment;
import dev.pumphandle.epi.adjust.Tarone;
import dev.pumphandle.epi.glm.StratifiedRateRegression;
import dev.pumphandle.epi.measure.ConditionalOddsRatio;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Homogeneity;
import dev.pumphandle.epi.measure.Rate;
import dev.pumphandle.epi.measure.RateRatio;
import dev.pumphandle.epi.measure.SampleOddsRatio;
import dev.pumphandle.epi.measure.StratifiedRates;
import dev.pumphandle.epi.measure.StratifiedTables;
import dev.pumphandle.epi.measure.TestResult;
import dev.pumphandle.epi.measure.TwoByTwo;
import java.util.Arrays;

/// Vectors of many strata and of many tests.
final class StrataVectors {

  private StrataVectors() {}

  static void mantelHaenszel(Node n, int index, Comparison comparison) {
    StratifiedTables tables =
        new StratifiedTables(
            Arrays.stream(n.rows("strata"))
                .map(s -> new TwoByTwo((long) s[0], (long) s[1], (long) s[2], (long) s[3]))
                .toList());
    Comparison.Vector v = comparison.vector(n, index, "strata");
    Estimate odds = tables.oddsRatio(LEVEL);
    v.closed("crude_or", new SampleOddsRatio(tables.crude()).value())
        .row(
            "stratum_or",
            tables.strata().stream().mapToDouble(t -> new SampleOddsRatio(t).value()).toArray(),
            Tolerance.CLOSED)
        .closed("or_mh", odds.value())
        .interval("or_mh_rbg_ci", odds.interval(), Tolerance.CLOSED);
    TestResult plain = tables.cochranMantelHaenszel(false);
    TestResult corrected = tables.cochranMantelHaenszel(true);
    v.closed("cmh_chi2", plain.statistic())
        .closed("cmh_p", plain.p())
        .closed("cmh_chi2_cc", corrected.statistic())
        .closed("cmh_cc_p", corrected.p());
    ConditionalOddsRatio exact = tables.exact();
    v.root("exact_or", exact.printedByR().estimate())
        .interval("exact_ci", exact.printedByR().interval(LEVEL), Tolerance.ROOT)
        .closed("exact_p", exact.pTwoSided());
    Estimate risk = tables.riskRatio(LEVEL);
    v.closed("rr_mh", risk.value()).interval("rr_mh_ci", risk.interval(), Tolerance.CLOSED);
    Homogeneity homogeneity = new Homogeneity(tables);
    TableVectors.test(v, "breslow_day", homogeneity.breslowDay());
    TableVectors.test(v, "tarone", homogeneity.tarone());
    v.done();
  }

  static void rates(Node n, int index, Comparison comparison) {
    StratifiedRates rates =
        new StratifiedRates(
            Arrays.stream(n.rows("strata"))
                .map(s -> new RateRatio(new Rate((long) s[0], s[1]), new Rate((long) s[2], s[3])))
                .toList());
    Estimate mantelHaenszel = rates.rateRatio(LEVEL);
    StratifiedRateRegression regression = new StratifiedRateRegression(rates);
    Estimate adjusted = regression.rateRatio(LEVEL);
    TestResult homogeneity = regression.homogeneity();
    comparison
        .vector(n, index, "strata")
        .closed("crude_rr", rates.crude().value())
        .closed("rr_mh", mantelHaenszel.value())
        .interval("rr_mh_ci", mantelHaenszel.interval(), Tolerance.CLOSED)
        .closed("mh_chi2", rates.mantelHaenszel().statistic())
        .closed("mh_p", rates.mantelHaenszel().p())
        .value("glm_rr", adjusted.value(), Tolerance.REGRESSION)
        .interval(
            "glm_wald_ci", regression.rateRatioPrintedByR(LEVEL).interval(), Tolerance.REGRESSION)
        .value("glm_lrt", regression.effect().statistic(), Tolerance.REGRESSION)
        .value("homogeneity_lrt", homogeneity.statistic(), Tolerance.REGRESSION)
        .closed("homogeneity_df", homogeneity.degreesOfFreedom())
        .value("homogeneity_p", homogeneity.p(), Tolerance.REGRESSION)
        .closed("smr", rates.standardisedRatio())
        .done();
  }

  static void adjustment(Node n, int index, Comparison comparison) {
    double[] p = n.numbers("p");
    comparison
        .vector(n, index, "p")
        .row("bonferroni", Adjustment.BONFERRONI.adjust(p), Tolerance.CLOSED)
        .row("holm", Adjustment.HOLM.adjust(p), Tolerance.CLOSED)
        .row("hochberg", Adjustment.HOCHBERG.adjust(p), Tolerance.CLOSED)
        .row("bh", Adjustment.BENJAMINI_HOCHBERG.adjust(p), Tolerance.CLOSED)
        .row("by", Adjustment.BENJAMINI_YEKUTIELI.adjust(p), Tolerance.CLOSED)
        .done();
  }

  static void tarone(Node n, int index, Comparison comparison) {
    int cases = n.whole("cases");
    int total = n.whole("total");
    double[] least =
        Arrays.stream(n.wholes("sizes"))
            .mapToDouble(
                size -> {
                  int exposed = Math.min(size, cases);
                  return ConditionalOddsRatio.of(
                          new TwoByTwo(
                              exposed,
                              size - (long) exposed,
                              cases - (long) exposed,
                              (long) total - size - cases + exposed))
                      .leastAttainableP();
                })
            .toArray();
    Tarone tarone = Tarone.of(least, n.number("alpha"));
    comparison
        .vector(n, index, "cases", "total", "sizes", "alpha")
        .row("min_p", least, Tolerance.CLOSED)
        .closed("k", tarone.factor())
        .closed("threshold", tarone.threshold())
        .row(
            "testable",
            Arrays.stream(tarone.testable().indices()).asDoubleStream().toArray(),
            Tolerance.CLOSED)
        .done();
  }
}
