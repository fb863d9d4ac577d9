package dev.pumphandle.epi.vectors;

import dev.pumphandle.epi.glm.CountSpread;
import dev.pumphandle.epi.glm.Design;
import dev.pumphandle.epi.glm.Fit;
import dev.pumphandle.epi.glm.LogisticRegression;
import dev.pumphandle.epi.mixture.AdjustedRand;
import dev.pumphandle.epi.mixture.LatentClasses;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Vectors of regressions and mixtures.
final class ModelVectors {

  private static final int STARTS = 60;

  // The likelihood is given to 1e-6, which leaves the third digit of a parameter open where it is
  // flat.
  private static final Tolerance PARAMETER = new Tolerance(1e-3, 1e-3);
  private static final Tolerance LIKELIHOOD = new Tolerance(0, 1e-6);

  private ModelVectors() {}

  static void spread(Node n, int index, Comparison comparison) {
    CountSpread spread = new CountSpread(n.numbers("y"), n.numbers("t"));
    Optional<CountSpread.NegativeBinomial> fit = spread.negativeBinomial();
    comparison
        .vector(n, index, "y", "t")
        .closed("poisson_rate", spread.rate())
        .closed("pearson_dispersion", spread.factor())
        .closed("dispersion_p", spread.dispersion().p())
        .closed("poisson_loglik", spread.poissonLogLikelihood())
        .closed("alpha_moments", spread.excessByMoments())
        .value(
            "nb_rate",
            fit.map(CountSpread.NegativeBinomial::rate).orElse(Double.NaN),
            Tolerance.REGRESSION)
        .value(
            "nb_theta",
            fit.map(CountSpread.NegativeBinomial::theta).orElse(Double.NaN),
            Tolerance.REGRESSION)
        .value(
            "nb_loglik",
            fit.map(CountSpread.NegativeBinomial::logLikelihood).orElse(Double.NaN),
            Tolerance.REGRESSION)
        .done();
  }

  static void logistic(Node n, int index, Comparison comparison) {
    Design x = Design.withIntercept(n.rows("x"));
    Fit plain = LogisticRegression.fit(x, n.numbers("cases"), n.numbers("total"));
    Fit firth = LogisticRegression.firth(x, n.numbers("cases"), n.numbers("total"));
    boolean separated = plain.status() == Fit.Status.SEPARATED;
    Comparison.Vector v =
        comparison
            .vector(n, index, "x", "columns", "cases", "total")
            .same("ml_separated", separated)
            .row("firth_coef", array(firth.coefficients()), Tolerance.REGRESSION)
            .row("firth_se", array(firth.standardErrors()), Tolerance.REGRESSION);
    if (n.flag("ml_separated")) v.without("no maximum exists", "ml_coef", "ml_se", "ml_deviance");
    else
      v.row("ml_coef", array(plain.coefficients()), Tolerance.REGRESSION)
          .row("ml_se", array(plain.standardErrors()), Tolerance.REGRESSION)
          .value("ml_deviance", plain.deviance(), Tolerance.REGRESSION);
    v.done();
  }

  static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static void latentClasses(Node n, int index, Comparison comparison) {
    int k = n.whole("K");
    int[][] patterns =
        Arrays.stream(n.rows("patterns"))
            .map(row -> Arrays.stream(row).mapToInt(x -> (int) x).toArray())
            .toArray(int[][]::new);
    LatentClasses.Model model =
        new LatentClasses(patterns, n.numbers("counts"), k).fit(STARTS, ScanVectors.SEED);
    double[] shares = new double[k];
    double[][] profiles = new double[k][patterns[0].length];
    double[][] posterior = new double[patterns.length][k];
    for (int c = 0; c < k; c++) {
      shares[c] = model.share(c);
      for (int j = 0; j < profiles[c].length; j++) profiles[c][j] = model.probability(c, j);
      for (int i = 0; i < patterns.length; i++) posterior[i][c] = model.posterior(i, c);
    }
    comparison
        .vector(n, index, "patterns", "counts", "K")
        .value("loglik", model.logLikelihood(), LIKELIHOOD)
        .closed("n_par", model.parameters())
        .value("bic", model.bic(), new Tolerance(0, 2e-6))
        .value("aic", model.aic(), new Tolerance(0, 2e-6))
        .row("pi", shares, PARAMETER)
        .rows("theta", profiles, PARAMETER)
        .rows("posterior", posterior, PARAMETER)
        .done();
  }

  static void adjustedRand(Node n, int index, Comparison comparison) {
    comparison
        .vector(n, index, "a", "b")
        .closed("ari", AdjustedRand.index(n.wholes("a"), n.wholes("b")))
        .done();
  }
}
