package dev.pumphandle.epi.glm;

import dev.pumphandle.epi.numeric.Logs;

/// The distribution of the counts, with its canonical link.
sealed interface Family {

  /// The mean of row i at linear predictor η.
  double mean(int row, double eta);

  /// The variance of row i at this mean, which is also its weight.
  double weight(int row, double mean);

  /// The log likelihood of row i, with every constant.
  double logLikelihood(int row, double y, double mean);

  /// The third derivative of the log likelihood's cumulant over its second: what Firth's score adds
  /// is half the leverage times this.
  double skew(int row, double mean);

  /// A first guess of η and its weight, straight from the data.
  double startEta(int row, double y);

  /// Counts with mean exposure · exp η.
  final class Poisson implements Family {
    private final double[] exposure;

    Poisson(double[] exposure) {
      this.exposure = exposure.clone();
    }

    @Override
    public double mean(int row, double eta) {
      return exposure[row] == 0 ? 0 : exposure[row] * Math.exp(eta);
    }

    @Override
    public double weight(int row, double mean) {
      return mean;
    }

    @Override
    public double logLikelihood(int row, double y, double mean) {
      return Logs.xLogY(y, mean) - mean - Logs.gamma(y + 1);
    }

    @Override
    public double skew(int row, double mean) {
      return 1;
    }

    @Override
    public double startEta(int row, double y) {
      return exposure[row] == 0 ? 0 : Math.log((y + 0.5) / exposure[row]);
    }
  }

  /// Cases among `trials`, with probability 1/(1 + exp(−η)).
  final class Binomial implements Family {
    private final double[] trials;

    Binomial(double[] trials) {
      this.trials = trials.clone();
    }

    @Override
    public double mean(int row, double eta) {
      return trials[row] / (1 + Math.exp(-eta));
    }

    @Override
    public double weight(int row, double mean) {
      return trials[row] == 0 ? 0 : mean * (1 - mean / trials[row]);
    }

    @Override
    public double logLikelihood(int row, double y, double mean) {
      double n = trials[row];
      if (n == 0) return 0;
      return Logs.xLogY(y, mean / n)
          + Logs.xLogY(n - y, 1 - mean / n)
          + Logs.gamma(n + 1)
          - Logs.gamma(y + 1)
          - Logs.gamma(n - y + 1);
    }

    @Override
    public double skew(int row, double mean) {
      return trials[row] == 0 ? 0 : 1 - 2 * mean / trials[row];
    }

    @Override
    public double startEta(int row, double y) {
      return Math.log((y + 0.5) / (trials[row] - y + 0.5));
    }
  }
}
