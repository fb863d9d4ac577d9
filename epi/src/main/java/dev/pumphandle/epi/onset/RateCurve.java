package dev.pumphandle.epi.onset;

import dev.pumphandle.epi.numeric.Logs;
import java.util.Arrays;

/// How often events come in each bin, relative to their mean rate, averaged over what may have
/// happened: nothing, a step up or down, or a climb, each after any of the bins.
///
/// Nothing weighs 1; a change after k bins weighs `exp(LLR(k)) / √n`, which is Schwarz's price of
/// the one rate that is free, and shares its prior with the changes after all other bins. Events
/// may be weights that are no whole numbers.
///
/// Source: A. E. Raftery, Sociological Methodology 25 (1995) 111–163 (averaging by Schwarz's
/// criterion).
public final class RateCurve {

  private RateCurve() {}

  /// The mean rate in each bin over the mean rate of all; its mean weighted by exposure is 1.
  public static double[] of(BinnedCounts counts) {
    int bins = counts.size();
    double[] curve = new double[bins];
    Arrays.fill(curve, 1);
    if (bins < 2 || counts.total() <= 0) return curve;
    double mean = counts.total() / counts.totalExposure();
    StepChange step = new StepChange(counts);
    double[] steps = step.ratios();
    Hinge.Climb[] climbs = new Hinge.Climb[steps.length];
    double price = 0.5 * Math.log(Math.max(1, counts.total())) + Math.log(2.0 * steps.length);
    double none = counts.logLikelihood(i -> counts.exposure(i) * mean);
    double[] weight = new double[1 + 2 * steps.length];
    for (int k = 1; k <= steps.length; k++) {
      climbs[k - 1] = Hinge.climbing(counts, Hinge.climbFrom(k, bins));
      weight[k] = steps[k - 1] - price;
      weight[steps.length + k] = Math.max(0, climbs[k - 1].logLikelihood() - none) - price;
    }
    double[] share = Logs.normalised(weight);
    for (int i = 0; i < bins; i++) {
      double rate = share[0] * mean;
      for (int k = 1; k <= steps.length; k++) {
        rate += share[k] * (i < k ? step.rateBefore(k) : step.rateAfter(k));
        Hinge.Climb climb = climbs[k - 1];
        double climbed = Math.max(0, i - k + 0.5);
        rate += share[steps.length + k] * (climb.level() + climb.slope() * climbed);
      }
      curve[i] = rate / mean;
    }
    return curve;
  }
}
