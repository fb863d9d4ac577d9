package dev.pumphandle.epi.onset;

import dev.pumphandle.epi.numeric.Logs;
import java.util.Arrays;

/// Events per bin of time with the exposure (or expected count) of each bin.
public final class BinnedCounts {

  private final double[] events;
  private final double[] exposure;
  private final double[] cumulativeEvents;
  private final double[] cumulativeExposure;

  /// @param events events per bin
  /// @param exposure exposure per bin, in any unit; negative exposure is refused
  public BinnedCounts(double[] events, double[] exposure) {
    if (events.length != exposure.length)
      throw new IllegalArgumentException("as many exposures as counts");
    if (Arrays.stream(exposure).anyMatch(t -> !(t >= 0)))
      throw new IllegalArgumentException("exposure below zero");
    this.events = events.clone();
    this.exposure = exposure.clone();
    this.cumulativeEvents = cumulated(events);
    this.cumulativeExposure = cumulated(exposure);
  }

  private static double[] cumulated(double[] x) {
    double[] sum = new double[x.length + 1];
    for (int i = 0; i < x.length; i++) sum[i + 1] = sum[i] + x[i];
    return sum;
  }

  /// How many bins.
  public int size() {
    return events.length;
  }

  /// Events in all bins.
  public double total() {
    return cumulativeEvents[size()];
  }

  /// Exposure in all bins.
  public double totalExposure() {
    return cumulativeExposure[size()];
  }

  /// Events in one bin.
  public double events(int bin) {
    return events[bin];
  }

  /// Exposure of one bin.
  public double exposure(int bin) {
    return exposure[bin];
  }

  /// Events in bins 0 … k − 1.
  public double eventsBefore(int k) {
    return cumulativeEvents[k];
  }

  /// Exposure in bins 0 … k − 1.
  public double exposureBefore(int k) {
    return cumulativeExposure[k];
  }

  /// The events, bin by bin.
  public double[] events() {
    return events.clone();
  }

  /// The exposures, bin by bin.
  public double[] exposures() {
    return exposure.clone();
  }

  /// The bins `from` (inclusive) to `to` (exclusive).
  public BinnedCounts part(int from, int to) {
    return new BinnedCounts(
        Arrays.copyOfRange(events, from, to), Arrays.copyOfRange(exposure, from, to));
  }

  /// The Poisson log likelihood when bin i has the given mean.
  public double logLikelihood(java.util.function.IntToDoubleFunction mean) {
    double sum = 0;
    for (int i = 0; i < events.length; i++) {
      double mu = mean.applyAsDouble(i);
      sum += Logs.xLogY(events[i], mu) - mu - Logs.gamma(events[i] + 1);
    }
    return sum;
  }
}
