package dev.pumphandle.epi.glm;

import dev.pumphandle.epi.measure.TestResult;
import dev.pumphandle.epi.numeric.Logs;
import dev.pumphandle.epi.numeric.Roots;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Digamma;

/// Whether counts with known exposure vary more than independent events would.
///
/// Source: J. M. Hilbe, Negative Binomial Regression, 2nd ed. (2011), ch. 7–8.
public final class CountSpread {

  private final double[] y;
  private final double[] time;

  /// @param y events per bin
  /// @param time exposure per bin, above zero
  public CountSpread(double[] y, double[] time) {
    if (y.length != time.length) throw new IllegalArgumentException("as many times as counts");
    this.y = y.clone();
    this.time = time.clone();
  }

  /// Events over time, which is also the Poisson estimate of the rate.
  public double rate() {
    double events = 0;
    double total = 0;
    for (int i = 0; i < y.length; i++) {
      events += y[i];
      total += time[i];
    }
    return events / total;
  }

  /// Pearson's `φ = Σ (y − μ)²/μ / (n − 1)` as statistic · 1/(n − 1), with the χ² p-value of the
  /// sum.
  public TestResult dispersion() {
    double r = rate();
    double sum = 0;
    for (int i = 0; i < y.length; i++) sum += square(y[i] - r * time[i]) / (r * time[i]);
    return TestResult.chiSquare(sum, y.length - 1);
  }

  /// φ itself: 1 for independent events.
  public double factor() {
    return dispersion().statistic() / (y.length - 1);
  }

  /// The negative binomial α (variance μ + αμ²) by moments, zero when there is no excess:
  /// `max(0, Σ((y − μ)² − μ) / Σμ²)`.
  public double excessByMoments() {
    double r = rate();
    double excess = 0;
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      double mu = r * time[i];
      excess += square(y[i] - mu) - mu;
      squares += mu * mu;
    }
    return squares == 0 ? 0 : Math.max(0, excess / squares);
  }

  /// The Poisson log likelihood, with every constant.
  public double poissonLogLikelihood() {
    double r = rate();
    double sum = 0;
    for (int i = 0; i < y.length; i++)
      sum += Logs.xLogY(y[i], r * time[i]) - r * time[i] - Logs.gamma(y[i] + 1);
    return sum;
  }

  /// A negative binomial fit: variance μ + μ²/θ.
  ///
  /// @param rate events per unit of time
  /// @param theta θ, small for counts in bursts
  /// @param logLikelihood with every constant
  public record NegativeBinomial(double rate, double theta, double logLikelihood) {}

  /// The maximum likelihood fit, or nothing when the counts are no more spread than Poisson ones
  /// (the likelihood then rises for ever with θ).
  public Optional<NegativeBinomial> negativeBinomial() {
    double largest = Math.log(1e8);
    if (scoreOfTheta(Math.exp(largest)) >= 0 || rate() == 0) return Optional.empty();
    double theta = Math.exp(Roots.anywhere(l -> scoreOfTheta(Math.exp(l)), 0, largest, 1e-12));
    double rate = rateGiven(theta);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double mu = rate * time[i];
      sum +=
          Logs.gamma(theta + y[i])
              - Logs.gamma(theta)
              - Logs.gamma(y[i] + 1)
              + theta * Math.log(theta / (theta + mu))
              + Logs.xLogY(y[i], mu / (theta + mu));
    }
    return Optional.of(new NegativeBinomial(rate, theta, sum));
  }

  private double scoreOfTheta(double theta) {
    double rate = rateGiven(theta);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double mu = rate * time[i];
      sum += rising(y[i], theta) - Math.log1p(mu / theta) - (y[i] - mu) / (theta + mu);
    }
    return sum;
  }

  // ψ(θ + y) − ψ(θ), as a sum for whole y so that it keeps its digits at large θ
  private static double rising(double y, double theta) {
    if (y != Math.rint(y) || y > 10_000) return Digamma.value(theta + y) - Digamma.value(theta);
    double sum = 0;
    for (int k = 0; k < y; k++) sum += 1 / (theta + k);
    return sum;
  }

  private double rateGiven(double theta) {
    double start = Math.log(Math.max(rate(), Double.MIN_NORMAL));
    return Math.exp(
        Roots.anywhere(
            l -> {
              double r = Math.exp(l);
              double sum = 0;
              for (int i = 0; i < y.length; i++)
                sum += (y[i] - r * time[i]) / (1 + r * time[i] / theta);
              return sum;
            },
            start,
            700,
            1e-14));
  }

  private static double square(double x) {
    return x * x;
  }
}
