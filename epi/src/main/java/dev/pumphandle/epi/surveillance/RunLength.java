package dev.pumphandle.epi.surveillance;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/// How long a [PoissonCusum] runs on average before it crosses its threshold by chance.
///
/// The chart is a Markov chain; its states are spread over a grid, a value between two grid points
/// being shared among them so that the mean is kept. The chain is run until the share that survives
/// another bin no longer changes; the rest of the sum is geometric.
///
/// Source: D. Brook, D. A. Evans, Biometrika 59 (1972) 539–549.
///
/// @param chart the chart
/// @param expected μ per bin when nothing is going on
public record RunLength(PoissonCusum chart, double expected) {

  private static final int STATES = 6000;
  private static final int MOST_BINS = 200_000;

  /// The mean number of bins until S ≥ `threshold`, from S = 0.
  public double mean(double threshold) {
    double cell = threshold / STATES;
    double[] shift = shifts(cell);
    double[] probability = probabilities();
    double[] mass = new double[STATES];
    mass[0] = 1;
    double sum = 1;
    double alive = 1;
    double lastShare = 0;
    for (int bin = 0; bin < MOST_BINS; bin++) {
      mass = moved(mass, shift, probability);
      double still = Arrays.stream(mass).sum();
      double share = still / alive;
      if (bin > 20 && Math.abs(share - lastShare) < 1e-12) return sum + still / (1 - share);
      sum += still;
      if (still < 1e-14) return sum;
      alive = still;
      lastShare = share;
    }
    return sum + alive * lastShare / (1 - lastShare);
  }

  private double[] probabilities() {
    PoissonDistribution poisson = PoissonDistribution.of(expected);
    int most = poisson.inverseSurvivalProbability(1e-15) + 1;
    double[] p = new double[most + 1];
    for (int y = 0; y <= most; y++) p[y] = poisson.probability(y);
    return p;
  }

  private double[] shifts(double cell) {
    double[] shift = new double[probabilities().length];
    for (int y = 0; y < shift.length; y++) shift[y] = chart.increment(y, expected) / cell;
    return shift;
  }

  private static double[] moved(double[] mass, double[] shift, double[] probability) {
    double[] next = new double[mass.length];
    for (int y = 0; y < shift.length; y++) {
      int whole = (int) Math.floor(shift[y]);
      double part = shift[y] - whole;
      for (int i = 0; i < mass.length; i++) {
        if (mass[i] == 0) continue;
        double m = mass[i] * probability[y];
        add(next, i + whole, m * (1 - part));
        add(next, i + whole + 1, m * part);
      }
    }
    return next;
  }

  private static void add(double[] mass, int state, double amount) {
    if (state < mass.length) mass[Math.max(0, state)] += amount;
  }
}
