package dev.pumphandle.epi.baseline;

import dev.pumphandle.epi.scan.Population;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<Rake> rakes = new ArrayList<>();
    for (Grouping each : groupings) rakes.add(new Rake(each, cells, otherCrashes));
    for (int sweep = 0; sweep < SWEEPS; sweep++) for (Rake rake : rakes) rake.draw(mu);
    return mu;
  }

  // One grouping of the cells. Cells are gone through in their own order, and what neighbours that
  // differ in the day alone have in common is looked up once.
  private final class Rake {
    private final Population cells;
    private final int[] groupOfRun;
    private final int[] ofDay;
    // Whether the day makes no difference.
    private final boolean steady;
    private final double[] observed;

    Rake(Grouping grouping, Population cells, double[] otherCrashes) {
      this.cells = cells;
      int[] runs = cells.runs();
      groupOfRun = new int[runs.length - 1];
      for (int run = 0; run < groupOfRun.length; run++)
        groupOfRun[run] = grouping.lasting(cells, runs[run], values);
      ofDay = new int[days];
      for (int day = 0; day < days; day++) ofDay[day] = grouping.ofDay(day, values);
      steady = Arrays.stream(ofDay).allMatch(each -> each == 0);
      observed = new double[grouping.groups(values, days)];
      sum(otherCrashes, observed);
    }

    private void sum(double[] of, double[] into) {
      int[] runs = cells.runs();
      for (int run = 0; run < groupOfRun.length; run++) {
        int group = groupOfRun[run];
        if (group < 0) continue;
        if (steady) {
          double sum = into[group];
          for (int r = runs[run]; r < runs[run + 1]; r++) sum += of[r];
          into[group] = sum;
        } else {
          for (int r = runs[run]; r < runs[run + 1]; r++)
            into[group + ofDay[cells.day(r)]] += of[r];
        }
      }
    }

    void draw(double[] mu) {
      double[] expected = new double[observed.length];
      sum(mu, expected);
      double k = 1 / variance(observed, expected);
      double[] factor = new double[observed.length];
      for (int g = 0; g < factor.length; g++) factor[g] = (observed[g] + k) / (expected[g] + k);
      int[] runs = cells.runs();
      for (int run = 0; run < groupOfRun.length; run++) {
        int group = groupOfRun[run];
        if (group < 0) continue;
        if (steady) {
          double by = factor[group];
          for (int r = runs[run]; r < runs[run + 1]; r++) mu[r] *= by;
        } else {
          for (int r = runs[run]; r < runs[run + 1]; r++)
            mu[r] *= factor[group + ofDay[cells.day(r)]];
        }
      }
    }
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
