package dev.pumphandle.epi.glm;

import dev.pumphandle.epi.numeric.SymmetricMatrix;
import java.util.Optional;

/// The search for the maximum of a (penalised) likelihood: Fisher scoring, with steps halved until
/// the likelihood does not fall.
///
/// Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed., §2.5; G. Heinze, M.
/// Schemper, Statistics in Medicine 21 (2002) 2409–2419 (the penalised score).
final class Newton {

  private static final int MOST_STEPS = 80;
  private static final int MOST_HALVINGS = 40;
  private static final double ENOUGH = 1e-11;
  private static final double LONGEST_STEP = 5;

  private final Design x;
  private final double[] y;
  private final Family family;
  private final boolean penalised;
  private final double[] mean;
  private final double[] weight;

  Newton(Design x, double[] y, Family family, boolean penalised) {
    this.x = x;
    this.y = y;
    this.family = family;
    this.penalised = penalised;
    this.mean = new double[y.length];
    this.weight = new double[y.length];
  }

  Fit fit() {
    Optional<double[]> start = start();
    if (start.isEmpty()) return ended(Fit.Status.COLLINEAR, nan());
    double[] beta = start.get();
    double objective = at(beta);
    for (int step = 0; step < MOST_STEPS; step++) {
      Optional<SymmetricMatrix> information = SymmetricMatrix.decompose(x.information(weight));
      if (information.isEmpty()) return ended(Fit.Status.SEPARATED, beta);
      double[] direction = information.get().solve(score(information.get()));
      double length = shortened(direction);
      double[] next = beta;
      for (int halving = 0; halving < MOST_HALVINGS; halving++) {
        next = moved(beta, direction);
        double proposed = at(next);
        if (proposed >= objective - 1e-12 * (1 + Math.abs(objective))) {
          objective = proposed;
          break;
        }
        for (int j = 0; j < direction.length; j++) direction[j] /= 2;
      }
      beta = next;
      if (length < ENOUGH) return ended(Fit.Status.CONVERGED, beta);
    }
    return ended(Fit.Status.SEPARATED, beta);
  }

  private Optional<double[]> start() {
    double[] working = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      double eta = family.startEta(i, y[i]);
      weight[i] = family.weight(i, family.mean(i, eta));
      working[i] = weight[i] * eta;
    }
    return SymmetricMatrix.decompose(x.information(weight))
        .map(m -> m.solve(x.transposeTimes(working)));
  }

  // Sets means and weights at β; answers the (penalised) log likelihood.
  private double at(double[] beta) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      mean[i] = family.mean(i, x.predictor(i, beta));
      weight[i] = family.weight(i, mean[i]);
      sum += family.logLikelihood(i, y[i], mean[i]);
    }
    if (Double.isNaN(sum)) return Double.NEGATIVE_INFINITY;
    if (!penalised) return sum;
    return SymmetricMatrix.decompose(x.information(weight))
                .map(SymmetricMatrix::logDeterminant)
                .orElse(Double.NEGATIVE_INFINITY)
            / 2
        + sum;
  }

  private double[] score(SymmetricMatrix information) {
    double[] residual = new double[y.length];
    double[][] inverse = penalised ? information.inverse() : new double[0][];
    for (int i = 0; i < y.length; i++) {
      residual[i] = y[i] - mean[i];
      if (penalised) {
        double leverage = weight[i] * x.quadratic(i, inverse);
        residual[i] += leverage / 2 * family.skew(i, mean[i]);
      }
    }
    return x.transposeTimes(residual);
  }

  // How far the step moves any linear predictor, which does not depend on the columns' units.
  private double shortened(double[] direction) {
    double longest = 0;
    for (int i = 0; i < y.length; i++)
      longest = Math.max(longest, Math.abs(x.predictor(i, direction)));
    if (longest > LONGEST_STEP)
      for (int j = 0; j < direction.length; j++) direction[j] *= LONGEST_STEP / longest;
    return longest;
  }

  private static double[] moved(double[] beta, double[] direction) {
    double[] next = beta.clone();
    for (int j = 0; j < next.length; j++) next[j] += direction[j];
    return next;
  }

  private double[] nan() {
    double[] nothing = new double[x.columns()];
    java.util.Arrays.fill(nothing, Double.NaN);
    return nothing;
  }

  private Fit ended(Fit.Status status, double[] beta) {
    double[] errors = nan();
    SymmetricMatrix.decompose(x.information(weight))
        .ifPresent(
            m -> {
              double[][] inverse = m.inverse();
              for (int j = 0; j < errors.length; j++) errors[j] = Math.sqrt(inverse[j][j]);
            });
    double logLikelihood = 0;
    double saturated = 0;
    for (int i = 0; i < y.length; i++) {
      logLikelihood += family.logLikelihood(i, y[i], mean[i]);
      saturated += family.logLikelihood(i, y[i], y[i]);
    }
    return new Fit(
        status,
        Fit.boxed(beta),
        Fit.boxed(errors),
        Math.max(0, 2 * (saturated - logLikelihood)),
        logLikelihood,
        Fit.boxed(mean));
  }
}
