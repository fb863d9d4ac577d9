package dev.pumphandle.epi.onset;

import dev.pumphandle.epi.numeric.Logs;
import java.util.Arrays;

/// When it began, averaged over two shapes: a step (from one day to the next) and a ramp (a
/// straight
/// climb).
///
/// The weight of a start after k bins is `exp(step(k) − ln n) + exp(ramp(k) − ln n)`, the profile
/// log
/// likelihood ratios of both shapes against no change. The start is the posterior median; its
/// interval is the hull of the smallest set of bins that holds the level. An interval for a step
/// alone
/// covers the start of a ramp almost never once there are many cases.
///
/// Source: A. E. Raftery, V. E. Akman, Biometrika 73 (1986) 85–89 (the Poisson change point); J. A.
/// Hoeting et al., Statistical Science 14 (1999) 382–417 (averaging over models).
public final class OnsetPosterior {

  private final StepChange step;
  private final double[] posterior;
  private final double stepShare;

  /// The posterior of a series with at least two bins.
  ///
  /// @param dispersion φ by which the likelihoods are divided where counts vary more than
  /// independent
  ///     events would; 1 for Poisson counts
  public OnsetPosterior(BinnedCounts counts, double dispersion) {
    this.step = new StepChange(counts);
    double phi = Math.max(1, dispersion);
    double[] steps = step.increasesOnly();
    double[] all = new double[2 * steps.length];
    double none = step.logLikelihoodOfNoChange();
    for (int k = 1; k <= steps.length; k++) {
      all[k - 1] = steps[k - 1] / phi;
      all[steps.length + k - 1] =
          Math.max(
                  0,
                  Hinge.climbing(counts, Hinge.climbFrom(k, counts.size())).logLikelihood() - none)
              / phi;
    }
    double[] p = Logs.normalised(all);
    posterior = new double[steps.length];
    double inSteps = 0;
    for (int i = 0; i < posterior.length; i++) {
      posterior[i] = p[i] + p[steps.length + i];
      inSteps += p[i];
    }
    stepShare = inSteps;
  }

  /// P(the start lies after exactly k bins), for k = 1 … size − 1.
  public double[] posterior() {
    return posterior.clone();
  }

  /// P(step), the crispness.
  public double stepProbability() {
    return stepShare;
  }

  /// The shape, when the data can tell.
  public Shape shape() {
    if (stepShare > 0.9) return Shape.CRISP;
    return stepShare < 0.1 ? Shape.GRADUAL : Shape.CANNOT_TELL;
  }

  /// How it began.
  public enum Shape {
    /// From one bin to the next.
    CRISP,
    /// In a climb.
    GRADUAL,
    /// Too few cases to tell.
    CANNOT_TELL
  }

  /// The posterior median: how many bins lie before the start.
  public int median() {
    double sum = 0;
    for (int i = 0; i < posterior.length; i++) {
      sum += posterior[i];
      if (sum >= 0.5) return i + 1;
    }
    return posterior.length;
  }

  /// The first and last member of the smallest set of places that holds `level`.
  public int[] interval(double level) {
    Integer[] order = new Integer[posterior.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(posterior[b], posterior[a]));
    int first = posterior.length;
    int last = 0;
    double sum = 0;
    for (int i : order) {
      if (sum >= level) break;
      sum += posterior[i];
      first = Math.min(first, i + 1);
      last = Math.max(last, i + 1);
    }
    return new int[] {first, last};
  }

  /// The likeliest step, shown beside the median when the shape is crisp.
  public int bestStep() {
    return step.best();
  }
}
