package dev.pumphandle.epi.scan;

/// What a family expects in each of its groups, and by day where it has a time.
///
/// Expected cases are held as shares that sum to one over the family, so that a data set in which
/// some records lack the attribute is compared with as many expected cases as it has known ones.
final class FamilyTable {

  // Windows of a group overlap so much that they weigh like eight separate ones.
  private static final double WINDOWS = Math.log(8);

  final Family family;
  final int groups;
  final int days;
  final double penalty;
  private final double[] share;
  private final double[] crashes;
  private final double allCrashes;

  private FamilyTable(
      Family family, int groups, int days, double penalty, double[] share, double[] crashes) {
    this.family = family;
    this.groups = groups;
    this.days = days;
    this.penalty = penalty;
    this.share = share;
    this.crashes = crashes;
    this.allCrashes =
        crashes.length == 0 ? Double.NaN : total(crashes, family.timed(), groups, days);
  }

  /// The table of the given weights.
  ///
  /// @param runWeight the weights summed over each run of [Population#runs]
  /// @param countCrashes whether each row is a crash of its own, to be counted beside its weight
  static FamilyTable of(
      Family family,
      int[] values,
      int days,
      Population rows,
      double[] weight,
      double[] runWeight,
      boolean countCrashes) {
    int groups = family.groups(values);
    boolean timed = family.timed();
    int stride = timed ? days + 1 : 1;
    double[] share = new double[groups * stride];
    double[] crashes = new double[countCrashes ? share.length : 0];
    int[] groupOf = family.groups(rows, values);
    int[] runs = rows.runs();
    for (int run = 0; run < runWeight.length; run++) {
      int g = groupOf[run];
      if (g < 0) continue;
      if (!timed) {
        share[g] += runWeight[run];
        if (countCrashes) crashes[g] += runs[run + 1] - runs[run];
        continue;
      }
      for (int r = runs[run]; r < runs[run + 1]; r++) {
        int cell = g * stride + rows.day(r) + 1;
        share[cell] += weight[r];
        if (countCrashes) crashes[cell]++;
      }
    }
    if (timed) {
      accumulate(share, groups, stride);
      accumulate(crashes, countCrashes ? groups : 0, stride);
    }
    double sum = total(share, timed, groups, days);
    double[] present = countCrashes ? crashes : share;
    int filled = 0;
    for (int g = 0; g < groups; g++) if (present[timed ? g * stride + days : g] > 0) filled++;
    if (sum > 0) for (int i = 0; i < share.length; i++) share[i] /= sum;
    double penalty = Math.log(Math.max(1, filled)) + (timed ? WINDOWS : 0);
    return new FamilyTable(family, groups, days, penalty, share, crashes);
  }

  private static void accumulate(double[] x, int groups, int stride) {
    for (int g = 0; g < groups; g++)
      for (int d = 1; d < stride; d++) x[g * stride + d] += x[g * stride + d - 1];
  }

  private static double total(double[] x, boolean timed, int groups, int days) {
    double sum = 0;
    for (int g = 0; g < groups; g++) sum += x[timed ? g * (days + 1) + days : g];
    return sum;
  }

  /// How many groups are not empty.
  long filled() {
    return Math.round(Math.exp(penalty - (family.timed() ? WINDOWS : 0)));
  }

  /// The share of the expected cases in a group, within days `[from, to)` for a timed family.
  double share(int group, int from, int to) {
    return between(share, group, from, to);
  }

  /// The crashes of a group; NaN where host-time is the denominator.
  double crashes(int group, int from, int to) {
    return crashes.length == 0 ? Double.NaN : between(crashes, group, from, to);
  }

  private double between(double[] x, int group, int from, int to) {
    if (!family.timed()) return x[group];
    int at = group * (days + 1);
    return x[at + to] - x[at + from];
  }

  /// The log likelihood ratio of a subset, given that `known` cases are known in the family.
  double ratio(int group, int from, int to, double cases, double known) {
    double expected = share(group, from, to) * known;
    if (cases <= expected) return 0;
    return crashes.length == 0
        ? LogLikelihoodRatio.conditionalPoisson(cases, expected, known)
        : LogLikelihoodRatio.bernoulliGiven(
            cases, crashes(group, from, to), expected, known, allCrashes);
  }
}
