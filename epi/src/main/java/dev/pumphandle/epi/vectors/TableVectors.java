package dev.pumphandle.epi.vectors;

import dev.pumphandle.epi.measure.AttributableFraction;
import dev.pumphandle.epi.measure.ConditionalOddsRatio;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.HiddenCause;
import dev.pumphandle.epi.measure.Interval;
import dev.pumphandle.epi.measure.Proportion;
import dev.pumphandle.epi.measure.Rate;
import dev.pumphandle.epi.measure.RateRatio;
import dev.pumphandle.epi.measure.SampleOddsRatio;
import dev.pumphandle.epi.measure.TableTests;
import dev.pumphandle.epi.measure.TestResult;
import dev.pumphandle.epi.measure.TwoByTwo;

/// Vectors of one table, one proportion, one or two rates.
final class TableVectors {

  static final double LEVEL = Interval.USUAL_LEVEL;

  private TableVectors() {}

  static void twoByTwo(Node n, int index, Comparison comparison) {
    TwoByTwo table = new TwoByTwo(n.whole("a"), n.whole("b"), n.whole("c"), n.whole("d"));
    Comparison.Vector v = comparison.vector(n, index, "a", "b", "c", "d");
    odds(table, v);
    tests(table, v);
    risks(table, v);
    v.done();
  }

  private static void odds(TwoByTwo table, Comparison.Vector v) {
    SampleOddsRatio sample = new SampleOddsRatio(table);
    ConditionalOddsRatio conditional = ConditionalOddsRatio.of(table);
    v.closed("or_sample", sample.value())
        .interval("or_woolf_ci", sample.woolf(LEVEL), Tolerance.CLOSED)
        .closed("or_haldane", sample.haldane(LEVEL).value())
        .interval("or_haldane_ci", sample.haldane(LEVEL).interval(), Tolerance.CLOSED)
        .root("or_cmle", conditional.printedByR().estimate())
        .interval("or_exact_ci", conditional.printedByR().interval(LEVEL), Tolerance.ROOT)
        .interval("or_midp_ci", conditional.midPInterval(LEVEL), Tolerance.ROOT)
        .closed("fisher_two", conditional.pTwoSided())
        .closed("fisher_greater", conditional.pGreater())
        .closed("fisher_less", conditional.pLess())
        .closed("midp_greater", conditional.midPGreater())
        .closed("midp_less", conditional.midPLess())
        .closed("midp_two", conditional.midPTwoSided())
        .closed("min_attainable_p_greater", conditional.leastAttainableP());
  }

  private static void tests(TwoByTwo table, Comparison.Vector v) {
    TableTests tests = new TableTests(table);
    test(v, "chi2", tests.pearson());
    test(v, "chi2_yates", tests.yates());
    test(v, "g", tests.likelihoodRatio());
  }

  static void test(Comparison.Vector v, String name, TestResult result) {
    v.closed(name, result.statistic()).closed(name + "_p", result.p());
  }

  private static void risks(TwoByTwo table, Comparison.Vector v) {
    Estimate ratio = table.riskRatio(LEVEL);
    Estimate difference = table.riskDifference(LEVEL);
    AttributableFraction fraction = AttributableFraction.of(table);
    v.closed("rr", ratio.value())
        .interval("rr_ci", ratio.interval(), Tolerance.CLOSED)
        .closed("rd", difference.value())
        .interval("rd_newcombe_ci", difference.interval(), Tolerance.CLOSED)
        .closed("attributable_fraction_exposed", fraction.amongExposed())
        .closed("population_attributable_fraction", fraction.amongAll());
  }

  static void proportion(Node n, int index, Comparison comparison) {
    Proportion p = new Proportion(n.whole("x"), n.whole("n"));
    comparison
        .vector(n, index, "x", "n")
        .closed("p", p.value())
        .interval("wilson", p.wilson(LEVEL), Tolerance.CLOSED)
        .interval("clopper_pearson", p.clopperPearson(LEVEL), Tolerance.ROOT)
        .interval("jeffreys", p.jeffreys(LEVEL), Tolerance.ROOT)
        .closed("binom_test_p_half", p.pTwoSided(0.5))
        .done();
  }

  static void rate(Node n, int index, Comparison comparison) {
    Rate rate = new Rate(n.whole("x"), n.number("t"));
    comparison
        .vector(n, index, "x", "t")
        .closed("rate", rate.value())
        .interval("exact_ci", rate.exactInterval(LEVEL), Tolerance.ROOT)
        .root("upper95_onesided", rate.upperLimit(LEVEL))
        .interval("midp_ci", rate.midPInterval(LEVEL), Tolerance.ROOT)
        .done();
  }

  static void rateRatio(Node n, int index, Comparison comparison) {
    RateRatio ratio =
        new RateRatio(
            new Rate(n.whole("x1"), n.number("t1")), new Rate(n.whole("x0"), n.number("t0")));
    comparison
        .vector(n, index, "x1", "t1", "x0", "t0")
        .closed("rr", ratio.value())
        .interval("exact_ci", ratio.exactInterval(LEVEL), Tolerance.ROOT)
        .closed("exact_p_two", ratio.pTwoSided())
        .closed("exact_p_greater", ratio.pGreater())
        .closed("midp_greater", ratio.midPGreater())
        .closed("midp_two", ratio.midPTwoSided())
        .interval("midp_ci", ratio.midPInterval(LEVEL), Tolerance.ROOT)
        .interval("wald_log_ci", ratio.waldInterval(LEVEL), Tolerance.CLOSED)
        .closed("rate_diff", ratio.difference())
        .closed("rr_plus_half", ratio.withHalfAdded())
        .done();
  }

  static void hiddenCause(Node n, int index, Comparison comparison) {
    double rr = n.number("rr");
    double lower = n.has("ci_lower") ? n.number("ci_lower") : 0;
    double upper = n.has("ci_upper") ? n.number("ci_upper") : Double.POSITIVE_INFINITY;
    comparison
        .vector(n, index, "rr", "ci_lower", "ci_upper")
        .closed("e_value", HiddenCause.strength(rr))
        .closed("e_value_ci", HiddenCause.strengthForLimit(rr, new Interval(lower, upper, LEVEL)))
        .done();
  }
}
