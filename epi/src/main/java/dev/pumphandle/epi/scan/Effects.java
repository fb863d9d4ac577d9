package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.glm.Fit;
import dev.pumphandle.epi.glm.LogisticRegression;
import dev.pumphandle.epi.glm.PoissonRegression;
import dev.pumphandle.epi.measure.Caveat;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Rate;
import dev.pumphandle.epi.measure.RateRatio;
import dev.pumphandle.epi.measure.StratifiedRates;
import dev.pumphandle.epi.measure.StratifiedTables;
import dev.pumphandle.epi.measure.TwoByTwo;
import java.util.ArrayList;
import java.util.List;

/// How large each accepted finding is: crude, stratified by the other findings, and in one
/// regression
/// with them.
///
/// Against other crashes these are odds ratios, against host-time rate ratios. Everything rests on
/// the
/// patterns of accepted sets: how many cases, and how many crashes or expected cases, lie in each
/// combination of them. Records of which a deciding attribute is missing are left out and counted.
public final class Effects {

  // The pattern of a record of which an attribute is missing stays negative whatever is added.
  private static final int UNKNOWN = Integer.MIN_VALUE;

  private final boolean odds;
  private final int sets;
  private final double[] cases;
  private final double[] rest;
  private final long unused;
  private final long all;

  /// The effects of the accepted sets of a design.
  public Effects(Design design, List<ScanSet> accepted) {
    this.odds = design.rowsAreCrashes();
    this.sets = accepted.size();
    int[] values = design.values();
    this.all = design.cases().size();
    double[] ones = new double[design.cases().size()];
    java.util.Arrays.fill(ones, 1);
    this.cases = sums(design.cases(), ones, accepted, values);
    double used = java.util.Arrays.stream(cases).sum();
    this.unused = all - Math.round(used);
    double[] weights = design.startingWeights();
    if (odds) java.util.Arrays.fill(weights, 1);
    this.rest = sums(design.rows(), weights, accepted, values);
    double total = java.util.Arrays.stream(rest).sum();
    for (int p = 0; p < rest.length; p++) {
      if (odds) rest[p] -= cases[p];
      else if (total > 0) rest[p] *= used / total;
    }
  }

  // The weights are added one by one in the order of the records, whatever is known of a whole run:
  // sums of sums would differ in the last digits.
  private static double[] sums(
      Population records, double[] weights, List<ScanSet> accepted, int[] values) {
    double[] sums = new double[1 << accepted.size()];
    int[] runs = records.runs();
    int[] patterns = new int[runs.length - 1];
    // The sets whose days decide, of those that a run is of.
    int[] timed = new int[patterns.length];
    for (int j = 0; j < accepted.size(); j++) {
      ScanSet set = accepted.get(j);
      int[] groups = set.family().groups(records, values);
      int[] into = set.family().timed() ? timed : patterns;
      int group = set.group();
      for (int run = 0; run < groups.length; run++)
        if (groups[run] < 0) patterns[run] |= UNKNOWN;
        else if (groups[run] == group) into[run] |= 1 << j;
    }
    for (int run = 0; run < patterns.length; run++) {
      int pattern = patterns[run];
      if (pattern < 0) continue;
      if (timed[run] == 0) {
        double sum = sums[pattern];
        for (int r = runs[run]; r < runs[run + 1]; r++) sum += weights[r];
        sums[pattern] = sum;
        continue;
      }
      for (int r = runs[run]; r < runs[run + 1]; r++) {
        int day = records.day(r);
        int p = pattern;
        for (int bits = timed[run]; bits != 0; bits &= bits - 1)
          if (accepted.get(Integer.numberOfTrailingZeros(bits)).within(day)) p |= bits & -bits;
        sums[p] += weights[r];
      }
    }
    return sums;
  }

  /// The finding alone, against everything else: odds ratio or rate ratio with its mid-p interval.
  public Estimate crude(int set, double level) {
    double[] in = new double[2];
    double[] out = new double[2];
    for (int p = 0; p < cases.length; p++) {
      double[] to = Patterns.inside(p, set) ? in : out;
      to[0] += cases[p];
      to[1] += rest[p];
    }
    return noted(
        odds
            ? table(in, out).oddsRatio(level)
            : new RateRatio(rate(in), rate(out)).estimate(level));
  }

  /// The finding within strata of all the other findings, by Mantel and Haenszel.
  public Estimate stratified(int set, double level) {
    List<TwoByTwo> tables = new ArrayList<>();
    List<RateRatio> rates = new ArrayList<>();
    int bit = 1 << set;
    for (int p = 0; p < cases.length; p++) {
      if ((p & bit) != 0) continue;
      double[] in = {cases[p | bit], rest[p | bit]};
      double[] out = {cases[p], rest[p]};
      if (in[0] + in[1] == 0 && out[0] + out[1] == 0) continue;
      if (odds) tables.add(table(in, out));
      else rates.add(new RateRatio(rate(in), rate(out)));
    }
    return noted(odds ? common(new StratifiedTables(tables), level) : common(rates, level));
  }

  // Where no case is outside the set, or none inside, Mantel and Haenszel give no interval: then
  // the exact one, which has one limit.
  private static Estimate common(StratifiedTables tables, double level) {
    Estimate estimate = tables.oddsRatio(level);
    if (!estimate.estimable() || estimate.interval().defined()) return estimate;
    return new Estimate(estimate.value(), tables.exact().midPInterval(level), estimate.caveats());
  }

  private static Estimate common(List<RateRatio> strata, double level) {
    StratifiedRates rates = new StratifiedRates(strata);
    Estimate estimate = rates.rateRatio(level);
    if (!estimate.estimable() || estimate.interval().defined()) return estimate;
    return new Estimate(estimate.value(), rates.oneSided(level), estimate.caveats());
  }

  /// All findings in one regression with Firth's penalty, which stays finite when all cases are on
  /// one
  /// host; in the order of the accepted sets.
  public List<Estimate> adjusted(double level) {
    List<Integer> filled = new ArrayList<>();
    for (int p = 0; p < cases.length; p++) if (cases[p] + rest[p] > 0) filled.add(p);
    double[][] rows = new double[filled.size()][sets];
    double[] y = new double[rows.length];
    double[] size = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int p = filled.get(i);
      for (int j = 0; j < sets; j++) rows[i][j] = Patterns.inside(p, j) ? 1 : 0;
      y[i] = cases[p];
      size[i] = odds ? cases[p] + rest[p] : rest[p];
    }
    dev.pumphandle.epi.glm.Design x = dev.pumphandle.epi.glm.Design.withIntercept(rows);
    Fit fit = odds ? LogisticRegression.firth(x, y, size) : PoissonRegression.firth(x, y, size);
    List<Estimate> effects = new ArrayList<>();
    for (int j = 0; j < sets; j++) effects.add(noted(fit.ratio(j + 1, level)));
    return effects;
  }

  /// The share of the cases inside the set: 1 marks a necessary cause, "never seen without it".
  public double shareOfCases(int set) {
    double inside = 0;
    double total = 0;
    for (int p = 0; p < cases.length; p++) {
      total += cases[p];
      if (Patterns.inside(p, set)) inside += cases[p];
    }
    return inside / total;
  }

  private Estimate noted(Estimate estimate) {
    return unused == 0
        ? estimate
        : estimate.with(new Caveat.RecordsUnused(unused, all, "a deciding attribute is missing"));
  }

  private static TwoByTwo table(double[] in, double[] out) {
    return new TwoByTwo(
        Math.round(in[0]), Math.round(in[1]), Math.round(out[0]), Math.round(out[1]));
  }

  private static Rate rate(double[] x) {
    return new Rate(Math.round(x[0]), x[1]);
  }
}
