package dev.pumphandle.epi.onset;

import dev.pumphandle.epi.glm.Design;
import dev.pumphandle.epi.glm.Fit;
import dev.pumphandle.epi.glm.PoissonRegression;
import dev.pumphandle.epi.glm.PrintedByR;

/// Four shapes of a series side by side, by Schwarz's criterion `−2 ln L + p ln bins`.
///
/// Source: G. Schwarz, Annals of Statistics 6 (1978) 461–464.
///
/// @param none one rate throughout (1 parameter)
/// @param step two rates and the place of the change (3)
/// @param hinge a level, a slope and the place (3)
/// @param growth a constant factor per bin (2)
public record Shapes(double none, double step, double hinge, double growth) {

  /// The criteria of one series.
  public static Shapes of(BinnedCounts counts) {
    double logBins = Math.log(counts.size());
    StepChange change = new StepChange(counts);
    return new Shapes(
        -2 * change.logLikelihoodOfNoChange() + logBins,
        -2 * change.logLikelihoodOfStep() + 3 * logBins,
        -2 * Hinge.fit(counts).logLikelihood() + 3 * logBins,
        -2 * growth(counts).logLikelihood() + 2 * logBins);
  }

  /// The Poisson regression on the number of the bin; column 1 is the logarithm of the factor per
  /// bin.
  public static Fit growth(BinnedCounts counts) {
    return PoissonRegression.fit(bins(counts), counts.events(), counts.exposures());
  }

  /// The same regression as R prints it, see [PrintedByR].
  public static PrintedByR growthPrintedByR(BinnedCounts counts) {
    return PrintedByR.poisson(bins(counts), counts.events(), counts.exposures());
  }

  private static Design bins(BinnedCounts counts) {
    double[][] rows = new double[counts.size()][1];
    for (int i = 0; i < rows.length; i++) rows[i][0] = i + 1;
    return Design.withIntercept(rows);
  }
}
