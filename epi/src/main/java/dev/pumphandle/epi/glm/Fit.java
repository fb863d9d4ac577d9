package dev.pumphandle.epi.glm;

import dev.pumphandle.epi.measure.Caveat;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Interval;
import dev.pumphandle.epi.measure.Wald;
import java.util.Arrays;
import java.util.List;

/// A fitted regression.
///
/// @param status whether the numbers mean anything
/// @param coefficients β, in the order of the design's columns; NaN for a collinear design
/// @param standardErrors the root of the diagonal of the inverse information
/// @param deviance twice the distance of the log likelihood from the saturated model
/// @param logLikelihood at the fit, with every constant
/// @param fitted the fitted means, row by row
public record Fit(
    Status status,
    List<Double> coefficients,
    List<Double> standardErrors,
    double deviance,
    double logLikelihood,
    List<Double> fitted) {

  /// How the search ended.
  public enum Status {
    /// The likelihood has its maximum here.
    CONVERGED,
    /// The likelihood rises for ever: some group has no cases, or nothing but cases. Only a
    /// penalised fit says anything.
    SEPARATED,
    /// Columns say the same thing; no coefficients exist.
    COLLINEAR
  }

  /// Copies the lists.
  public Fit {
    coefficients = List.copyOf(coefficients);
    standardErrors = List.copyOf(standardErrors);
    fitted = List.copyOf(fitted);
  }

  /// `exp β` of one column with its Wald interval: a rate ratio or an odds ratio.
  public Estimate ratio(int column, double level) {
    double ratio = Math.exp(coefficients.get(column));
    return switch (status) {
      case CONVERGED ->
          Estimate.of(ratio, Wald.ofLogarithm(ratio, standardErrors.get(column), level));
      case SEPARATED ->
          new Estimate(ratio, Interval.undefined(level), List.of(new Caveat.Separated()));
      case COLLINEAR -> Estimate.notEstimable("two columns say the same thing", level);
    };
  }

  static List<Double> boxed(double[] x) {
    return Arrays.stream(x).boxed().toList();
  }
}
