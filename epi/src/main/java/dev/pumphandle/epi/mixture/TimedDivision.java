package dev.pumphandle.epi.mixture;

import dev.pumphandle.epi.onset.BinnedCounts;
import dev.pumphandle.epi.onset.RateCurve;
import java.util.Arrays;

/// A division whose cases are also weighed by when they happened.
///
/// Signs and places alone say what classes there are. A case that they leave in doubt between
/// unrelated crashes and a disease that lives anywhere is then likelier the disease where it is
/// frequent, and unrelated where the disease had not yet begun: each diffuse class gets a
/// [RateCurve] relative to other crashes, and shares and curves are fitted in turns. Two
/// pseudo-cases that know no time keep small classes sober. A class of a place gets no curve: what
/// lives there may itself be new, and the place says all that is known.
///
/// Such a division is no evidence of when a class began, nor of what goes with time: for those
/// questions the division without time is to be used.
///
/// Source: A. Dempster, N. Laird, D. Rubin, Journal of the Royal Statistical Society B 39 (1977)
/// 1–38 (the fit in turns).
public final class TimedDivision {

  private static final double PSEUDO_CASES = 2;
  private static final int MOST_STEPS = 100;
  private static final double ENOUGH = 1e-6;

  private final Division division;
  private final int[] bin;
  // Of each class, of each bin: by how much time makes the class more frequent.
  private final double[][] curve;
  private final double[] share;

  private TimedDivision(Division division, int[] bin, int bins) {
    this.division = division;
    this.bin = bin;
    this.curve = new double[division.kinds().size()][bins];
    for (double[] flat : curve) Arrays.fill(flat, 1);
    this.share = new double[curve.length];
    for (int c = 0; c < share.length; c++) share[c] = division.share(c);
  }

  /// Weighs the cases of a division by time.
  ///
  /// @param bin the bin of time of each case
  /// @param others other crashes in each bin, positive
  public static TimedDivision of(Division division, int[] bin, double[] others) {
    TimedDivision timed = new TimedDivision(division, bin.clone(), others.length);
    boolean diffuse = division.kinds().stream().anyMatch(ClassKind.Diffuse.class::isInstance);
    if (diffuse && others.length > 1) timed.fit(others);
    return timed;
  }

  private void fit(double[] others) {
    int[][] cells = cells();
    double moved = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS && moved > ENOUGH; step++) {
      double[][] cases = new double[share.length][others.length];
      double[] posterior = new double[share.length];
      for (int[] cell : cells) {
        weigh(cell[0], cell[1], posterior);
        for (int c = 0; c < posterior.length; c++) cases[c][cell[1]] += cell[2] * posterior[c];
      }
      moved = 0;
      for (int c = 0; c < share.length; c++) {
        double size = Arrays.stream(cases[c]).sum();
        double next = Math.max(1e-12, size / bin.length);
        moved = Math.max(moved, Math.abs(next - share[c]));
        share[c] = next;
        if (!(division.kinds().get(c) instanceof ClassKind.Diffuse) || size == 0) continue;
        double[] before = curve[c];
        curve[c] = sober(RateCurve.of(new BinnedCounts(cases[c], others)), size);
        for (int b = 0; b < before.length; b++)
          moved = Math.max(moved, Math.abs(curve[c][b] - before[b]));
      }
    }
  }

  private static double[] sober(double[] curve, double size) {
    return Arrays.stream(curve)
        .map(r -> (size * r + PSEUDO_CASES) / (size + PSEUDO_CASES))
        .toArray();
  }

  // Pattern, bin and number of the cases that have both in common: what holds for one of them holds
  // for all.
  private int[][] cells() {
    long[] keys = new long[bin.length];
    for (int i = 0; i < keys.length; i++) keys[i] = (long) division.pattern(i) << 32 | bin[i];
    Arrays.sort(keys);
    int[][] cells = new int[keys.length][];
    int n = 0;
    for (int i = 0; i < keys.length; i++) {
      if (i > 0 && keys[i] == keys[i - 1]) cells[n - 1][2]++;
      else cells[n++] = new int[] {(int) (keys[i] >> 32), (int) keys[i], 1};
    }
    return Arrays.copyOf(cells, n);
  }

  private void weigh(int pattern, int when, double[] posterior) {
    double sum = 0;
    for (int c = 0; c < posterior.length; c++) {
      double before = division.ofPattern(pattern, c);
      posterior[c] =
          before == 0 ? 0 : before * share[c] / Math.max(1e-12, division.share(c)) * curve[c][when];
      sum += posterior[c];
    }
    for (int c = 0; c < posterior.length; c++) posterior[c] /= sum;
  }

  /// The share of cases in class c.
  public double share(int c) {
    return share[c];
  }

  /// P(class c | case i), its time included.
  public double posterior(int i, int c) {
    double[] posterior = new double[share.length];
    weigh(division.pattern(i), bin[i], posterior);
    return posterior[c];
  }

  /// The likeliest class of each case.
  public int[] assigned() {
    int[] classes = new int[bin.length];
    double[] posterior = new double[share.length];
    for (int i = 0; i < classes.length; i++) {
      weigh(division.pattern(i), bin[i], posterior);
      for (int c = 1; c < posterior.length; c++)
        if (posterior[c] > posterior[classes[i]]) classes[i] = c;
    }
    return classes;
  }
}
