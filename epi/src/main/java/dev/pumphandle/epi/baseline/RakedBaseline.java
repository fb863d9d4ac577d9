package dev.pumphandle.epi.baseline;

import dev.pumphandle.epi.scan.Population;
import java.util.List;

/// Expected counts that already contain how crash-prone each cell is, learnt from the *other*
/// crashes.
///
/// From `μ = T · N/ΣT` each sweep goes through the groupings and multiplies the cells of a group by
/// `(O + k)/(E + k)`, O the other crashes seen there, E those expected so far. `k = 1/v` shrinks:
/// `v = max(0.005, Σ((O − E)² − E)/ΣE²)` is how much the groups differ beyond chance, so that a
/// rare
/// group stays where the fit so far has put it.
///
/// With bare host-time instead, every no-outbreak fleet tried had "findings": crashes follow the
/// load.
///
/// Source: W. E. Deming, F. F. Stephan, Annals of Mathematical Statistics 11 (1940) 427–444
/// (raking);
/// D. G. Clayton, J. Kaldor, Biometrics 43 (1987) 671–681 (empirical Bayes shrinkage of rates).
public final class RakedBaseline {

  private static final int SWEEPS = 4;
  private static final double LEAST_VARIANCE = 0.005;

  private final List<Grouping> groupings;
  private final int[] values;
  private final int days;

  /// @param groupings in the order in which they are gone through
  /// @param values the number of values of each attribute
  /// @param days how many days the study has
  public RakedBaseline(List<Grouping> groupings, int[] values, int days) {
    this.groupings = List.copyOf(groupings);
    this.values = values.clone();
    this.days = days;
  }

  /// The expected number of other crashes of each cell; sums to about their number. Scale it to the
  /// cases of a label to get what the label expects.
  ///
  /// @param cells cells of host-time
  /// @param hours host-time of each cell (hours)
  /// @param otherCrashes crashes of other labels in each cell
  public double[] expected(Population cells, double[] hours, double[] otherCrashes) {
    double time = 0;
    double crashes = 0;
    for (int r = 0; r < hours.length; r++) {
      time += hours[r];
      crashes += otherCrashes[r];
    }
    double[] mu = new double[hours.length];
    for (int r = 0; r < mu.length; r++) mu[r] = time == 0 ? 0 : hours[r] * crashes / time;
    if (crashes == 0) {
      for (int r = 0; r < mu.length; r++) mu[r] = time == 0 ? 0 : hours[r] / time;
      return mu;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++)
      for (Grouping grouping : groupings) rake(grouping, cells, mu, otherCrashes);
    return mu;
  }

  private void rake(Grouping grouping, Population cells, double[] mu, double[] otherCrashes) {
    int groups = grouping.groups(values, days);
    double[] observed = new double[groups];
    double[] expected = new double[groups];
    int[] groupOf = new int[mu.length];
    for (int r = 0; r < mu.length; r++) {
      int g = grouping.group(cells, r, values);
      groupOf[r] = g;
      if (g < 0) continue;
      observed[g] += otherCrashes[r];
      expected[g] += mu[r];
    }
    double k = 1 / variance(observed, expected);
    double[] factor = new double[groups];
    for (int g = 0; g < groups; g++) factor[g] = (observed[g] + k) / (expected[g] + k);
    for (int r = 0; r < mu.length; r++) if (groupOf[r] >= 0) mu[r] *= factor[groupOf[r]];
  }

  private static double variance(double[] observed, double[] expected) {
    double excess = 0;
    double squares = 0;
    for (int g = 0; g < observed.length; g++) {
      double d = observed[g] - expected[g];
      excess += d * d - expected[g];
      squares += expected[g] * expected[g];
    }
    return squares == 0 ? LEAST_VARIANCE : Math.max(LEAST_VARIANCE, excess / squares);
  }
}
