package dev.pumphandle.epi.measure;

/// A test statistic and its p-value; NaN for both when the data say nothing.
///
/// @param statistic the statistic
/// @param degreesOfFreedom the degrees of freedom
/// @param p the probability of a statistic at least as large when nothing is going on
public record TestResult(double statistic, int degreesOfFreedom, double p) {

  /// The result of a statistic that is χ² with `degreesOfFreedom` under the null hypothesis.
  public static TestResult chiSquare(double statistic, int degreesOfFreedom) {
    if (Double.isNaN(statistic) || degreesOfFreedom < 1)
      return new TestResult(Double.NaN, degreesOfFreedom, Double.NaN);
    double p =
        org.apache.commons.statistics.distribution.ChiSquaredDistribution.of(degreesOfFreedom)
            .survivalProbability(statistic);
    return new TestResult(statistic, degreesOfFreedom, p);
  }
}
