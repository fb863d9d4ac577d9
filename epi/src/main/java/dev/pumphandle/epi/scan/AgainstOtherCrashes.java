package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.numeric.Roots;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/// Cases against the other crashes of the fleet (design A): no inventory is needed, and what makes
/// hosts crash in general cancels out.
public final class AgainstOtherCrashes implements Design {

  private static final double FARTHEST_LOG_ODDS = 40;

  private final List<Attribute> attributes;
  private final int days;
  private final Population crashes;
  private final Population cases;

  /// @param crashes every crash, cases among them
  /// @param isCase whether each crash is a case
  public AgainstOtherCrashes(
      List<Attribute> attributes, int days, Population crashes, boolean[] isCase) {
    this.attributes = List.copyOf(attributes);
    this.days = days;
    this.crashes = crashes;
    int width = crashes.attributes();
    int n = 0;
    for (boolean c : isCase) if (c) n++;
    int[] codes = new int[n * width];
    int[] caseDays = new int[n];
    int at = 0;
    for (int r = 0; r < isCase.length; r++) {
      if (!isCase[r]) continue;
      System.arraycopy(crashes.codes(), crashes.base(r), codes, at * width, width);
      caseDays[at++] = crashes.day(r);
    }
    this.cases = new Population(width, codes, caseDays);
  }

  @Override
  public List<Attribute> attributes() {
    return attributes;
  }

  @Override
  public int days() {
    return days;
  }

  @Override
  public Population cases() {
    return cases;
  }

  @Override
  public Population rows() {
    return crashes;
  }

  @Override
  public boolean rowsAreCrashes() {
    return true;
  }

  @Override
  public double doubt() {
    return 1;
  }

  @Override
  public double[] startingWeights() {
    double[] p = new double[crashes.size()];
    Arrays.fill(p, (double) cases.size() / crashes.size());
    return p;
  }

  /// The fitted probabilities of the logistic model with an intercept and one indicator per
  /// accepted
  /// set, found by moving one log odds at a time until its margin is right.
  @Override
  public double[] fitted(Patterns patterns, double[] targets) {
    int[] sizes = patterns.sizes();
    double[] eta = new double[patterns.count()];
    double change = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < 500 && change > 1e-12; sweep++) {
      change = Math.abs(move(eta, sizes, -1, cases.size()));
      for (int set = 0; set < targets.length; set++)
        change = Math.max(change, Math.abs(move(eta, sizes, set, targets[set])));
    }
    double[] p = new double[crashes.size()];
    for (int r = 0; r < p.length; r++) p[r] = probability(eta[patterns.of(r)]);
    return p;
  }

  private static double move(double[] eta, int[] sizes, int set, double target) {
    double shift =
        Roots.between(
            d -> {
              double sum = -target;
              for (int k = 0; k < eta.length; k++)
                if (set < 0 || Patterns.inside(k, set)) sum += sizes[k] * probability(eta[k] + d);
              return sum;
            },
            -FARTHEST_LOG_ODDS,
            FARTHEST_LOG_ODDS,
            1e-14);
    double moved = 0;
    for (int k = 0; k < eta.length; k++) {
      if (set >= 0 && !Patterns.inside(k, set)) continue;
      double to = Math.clamp(eta[k] + shift, -FARTHEST_LOG_ODDS, FARTHEST_LOG_ODDS);
      moved = Math.max(moved, Math.abs(to - eta[k]));
      eta[k] = to;
    }
    return moved;
  }

  private static double probability(double eta) {
    return 1 / (1 + Math.exp(-eta));
  }

  /// Before anything is accepted, labels are permuted over the crashes; afterwards each crash is a
  /// case with its fitted probability.
  @Override
  public Draw draw(Patterns patterns, double[] weights, int most) {
    int size = Math.min(most, cases.size());
    if (patterns.sets() == 0) return (sample, random) -> permuted(sample, size, random);
    double share = cases.size() == 0 ? 1 : (double) size / cases.size();
    int[][] rowsOf = new int[patterns.count()][];
    double[] probability = new double[patterns.count()];
    int[] sizes = patterns.sizes();
    for (int k = 0; k < rowsOf.length; k++) rowsOf[k] = new int[sizes[k]];
    int[] filled = new int[rowsOf.length];
    for (int r = 0; r < weights.length; r++) {
      int k = patterns.of(r);
      rowsOf[k][filled[k]++] = r;
      probability[k] = weights[r];
    }
    return (sample, random) -> {
      sample.clear();
      for (int k = 0; k < rowsOf.length; k++)
        skip(sample, rowsOf[k], probability[k] * share, random);
    };
  }

  // Jumps from case to case with geometric gaps: the cost is the number of cases, not of crashes.
  private void skip(Sample sample, int[] rows, double p, UniformRandomProvider random) {
    if (p <= 0) return;
    double logMiss = Math.log1p(-Math.min(p, 1 - 1e-15));
    double at = -1;
    while (true) {
      at += 1 + Math.floor(Math.log(1 - random.nextDouble()) / logMiss);
      if (at >= rows.length) return;
      sample.add(crashes, rows[(int) at], 0);
    }
  }

  // Floyd's sampling without replacement; the set of taken rows is as small as the cases.
  private void permuted(Sample sample, int size, UniformRandomProvider random) {
    sample.clear();
    int n = crashes.size();
    java.util.HashSet<Integer> taken = new java.util.HashSet<>(2 * size);
    for (int j = n - size; j < n; j++) {
      int t = random.nextInt(j + 1);
      int pick = taken.add(t) ? t : j;
      if (pick == j) taken.add(j);
      sample.add(crashes, pick, 0);
    }
  }
}
