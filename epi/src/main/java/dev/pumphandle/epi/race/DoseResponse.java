package dev.pumphandle.epi.race;

import dev.pumphandle.epi.glm.Design;
import dev.pumphandle.epi.glm.Fit;
import dev.pumphandle.epi.glm.PoissonRegression;
import dev.pumphandle.epi.measure.Interval;
import dev.pumphandle.epi.measure.Wald;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Does the crash rate follow the rate of what is suspected to trigger it?
///
/// Poisson regression of crashes on the logarithms of the doses (operations per second, signals per
/// second), host-time as exposure. A race between the two rises in proportion to each: a slope near
/// 1 speaks for it, a slope whose interval holds 0 against.
///
/// Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed., ch. 6 (log-linear
/// rates).
///
/// @param slopes the slope of each dose
public record DoseResponse(List<Slope> slopes) {

  /// Copies the slopes.
  public DoseResponse {
    slopes = List.copyOf(slopes);
  }

  /// What a slope speaks for.
  public enum Reading {
    /// The interval holds 1 and not 0: as a race would.
    PROPORTIONAL,
    /// The interval is above 0 but does not hold 1.
    RISES_OTHERWISE,
    /// The interval holds 0, not 1: not driven by this load.
    NOT_DRIVEN,
    /// The interval holds both, or lies below 0, or nothing could be fitted.
    CANNOT_TELL
  }

  /// One dose.
  ///
  /// @param value b, expected 1 for a race
  /// @param interval its Wald interval
  public record Slope(double value, Interval interval) {

    /// What it speaks for.
    public Reading reading() {
      if (!interval.defined()) return Reading.CANNOT_TELL;
      boolean one = interval.contains(1);
      boolean zero = interval.contains(0);
      if (one && !zero) return Reading.PROPORTIONAL;
      if (zero && !one) return Reading.NOT_DRIVEN;
      return interval.above(0) ? Reading.RISES_OTHERWISE : Reading.CANNOT_TELL;
    }
  }

  /// The fit over cells (regions, weeks, SKUs).
  ///
  /// Cells with a dose of zero or less, or without exposure, have no logarithm and are left out.
  ///
  /// @param crashes crashes per cell
  /// @param exposure host-time per cell
  /// @param doses the doses of each cell
  public static DoseResponse fit(
      double[] crashes, double[] exposure, double[][] doses, double level) {
    return fit(usable(crashes, exposure, doses), level, false);
  }

  /// The same with intervals widened where cells scatter more than Poisson counts do, as they do
  /// when crashes come in bursts.
  ///
  /// Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed., §6.2.3: standard
  /// errors times the root of Pearson's statistic over its degrees of freedom, where that is above
  /// 1.
  public static DoseResponse widened(
      double[] crashes, double[] exposure, double[][] doses, double level) {
    return fit(usable(crashes, exposure, doses), level, true);
  }

  private record Cell(double crashes, double exposure, List<Double> logs) {
    double[] covariates() {
      return logs.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private static List<Cell> usable(double[] crashes, double[] exposure, double[][] doses) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < crashes.length; i++) {
      boolean positive = Arrays.stream(doses[i]).allMatch(dose -> dose > 0);
      if (exposure[i] > 0 && positive)
        cells.add(
            new Cell(
                crashes[i], exposure[i], Arrays.stream(doses[i]).map(Math::log).boxed().toList()));
    }
    return cells;
  }

  private static DoseResponse fit(List<Cell> cells, double level, boolean widened) {
    Fit fit =
        PoissonRegression.fit(
            Design.withIntercept(cells.stream().map(Cell::covariates).toArray(double[][]::new)),
            cells.stream().mapToDouble(Cell::crashes).toArray(),
            cells.stream().mapToDouble(Cell::exposure).toArray());
    double wider = widened && fit.status() == Fit.Status.CONVERGED ? wider(cells, fit) : 1;
    List<Slope> slopes = new ArrayList<>();
    for (int j = 1; j < fit.coefficients().size(); j++)
      slopes.add(
          fit.status() == Fit.Status.CONVERGED
              ? new Slope(
                  fit.coefficients().get(j),
                  Wald.of(fit.coefficients().get(j), wider * fit.standardErrors().get(j), level))
              : new Slope(Double.NaN, Interval.undefined(level)));
    return new DoseResponse(slopes);
  }

  private static double wider(List<Cell> cells, Fit fit) {
    int free = cells.size() - fit.coefficients().size();
    if (free < 1) return 1;
    double pearson = 0;
    for (int i = 0; i < cells.size(); i++) {
      double off = cells.get(i).crashes() - fit.fitted().get(i);
      pearson += off * off / fit.fitted().get(i);
    }
    return Math.sqrt(Math.max(1, pearson / free));
  }
}
