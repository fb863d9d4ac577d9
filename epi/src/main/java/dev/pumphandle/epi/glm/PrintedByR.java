package dev.pumphandle.epi.glm;

import dev.pumphandle.epi.numeric.SymmetricMatrix;
import java.util.List;

/// Regressions as R 4.2 prints them, for comparison with what others have published; never shown as
/// ours.
///
/// R's `glm` stops when the deviance moves by less than 1e-8 of itself, and prints standard errors
/// from the weights of the step before its last: they can be off in the fifth digit.
///
/// Source: R 4.2.2, `stats::glm.fit`, `stats::glm.control`, `stats::summary.glm` (their
/// documentation
/// and their printed results).
public final class PrintedByR {

  private static final double EPSILON = 1e-8;
  private static final int MOST_STEPS = 25;

  private final Design x;
  private final double[] y;
  private final Family family;
  private final double[] start;
  private double[] coefficients = {};
  private double[] standardErrors = {};

  private PrintedByR(Design x, double[] y, Family family, double[] start) {
    this.x = x;
    this.y = y.clone();
    this.family = family;
    this.start = start;
    iterate();
  }

  /// `glm(y ~ x, family = poisson, offset = log(exposure))`.
  public static PrintedByR poisson(Design x, double[] y, double[] exposure) {
    double[] start = new double[y.length];
    for (int i = 0; i < y.length; i++) start[i] = Math.log((y[i] + 0.1) / exposure[i]);
    return new PrintedByR(x, y, new Family.Poisson(exposure), start);
  }

  /// `glm(cbind(cases, trials - cases) ~ x, family = binomial)`.
  public static PrintedByR logistic(Design x, double[] cases, double[] trials) {
    double[] start = new double[cases.length];
    for (int i = 0; i < cases.length; i++)
      start[i] = Math.log((cases[i] + 0.5) / (trials[i] - cases[i] + 0.5));
    return new PrintedByR(x, cases, new Family.Binomial(trials), start);
  }

  /// "Estimate", column by column.
  public List<Double> coefficients() {
    return Fit.boxed(coefficients);
  }

  /// "Std. Error", column by column.
  public List<Double> standardErrors() {
    return Fit.boxed(standardErrors);
  }

  private void iterate() {
    double[] eta = start;
    double before = deviance(eta);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] weight = new double[y.length];
      double[] weighted = new double[y.length];
      for (int i = 0; i < y.length; i++) {
        double mean = family.mean(i, eta[i]);
        weight[i] = family.weight(i, mean);
        weighted[i] = weight[i] * eta[i] + y[i] - mean;
      }
      SymmetricMatrix information = SymmetricMatrix.decompose(x.information(weight)).orElse(null);
      if (information == null) return;
      coefficients = information.solve(x.transposeTimes(weighted));
      double[][] inverse = information.inverse();
      standardErrors = new double[inverse.length];
      for (int j = 0; j < inverse.length; j++) standardErrors[j] = Math.sqrt(inverse[j][j]);
      eta = new double[y.length];
      for (int i = 0; i < y.length; i++) eta[i] = x.predictor(i, coefficients);
      double now = deviance(eta);
      if (Math.abs(now - before) / (Math.abs(now) + 0.1) < EPSILON) return;
      before = now;
    }
  }

  private double deviance(double[] eta) {
    double sum = 0;
    for (int i = 0; i < y.length; i++)
      sum +=
          2
              * (family.logLikelihood(i, y[i], y[i])
                  - family.logLikelihood(i, y[i], family.mean(i, eta[i])));
    return sum;
  }
}
