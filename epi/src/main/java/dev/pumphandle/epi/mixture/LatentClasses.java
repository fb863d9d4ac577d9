package dev.pumphandle.epi.mixture;

import dev.pumphandle.epi.chance.Streams;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/// Latent class analysis of binary signs: K classes, signs independent within a class.
///
/// Source: L. A. Goodman, Biometrika 61 (1974) 215–231; S. Stouffer, J. Toby, American Journal of
/// Sociology 56 (1951) 395–406 (the data whose published fit the tests reproduce).
public final class LatentClasses {

  private static final double FLOOR = 1e-10;
  private static final int MOST_STEPS = 50_000;
  private static final double ENOUGH = 1e-13;

  private final int[][] patterns;
  private final double[] counts;
  private final int classes;

  /// @param patterns distinct patterns of signs, each 0 or 1
  /// @param counts how many records show each pattern
  /// @param classes K
  public LatentClasses(int[][] patterns, double[] counts, int classes) {
    this.patterns = Arrays.stream(patterns).map(int[]::clone).toArray(int[][]::new);
    this.counts = counts.clone();
    this.classes = classes;
  }

  /// A fitted model; classes by falling share.
  public static final class Model {
    private final double[] shares;
    private final double[][] profiles;
    private final double[][] posterior;
    private final double logLikelihood;
    private final double records;

    Model(
        double[] shares,
        double[][] profiles,
        double[][] posterior,
        double logLikelihood,
        double records) {
      this.shares = shares;
      this.profiles = profiles;
      this.posterior = posterior;
      this.logLikelihood = logLikelihood;
      this.records = records;
    }

    /// The share of records in class k.
    public double share(int k) {
      return shares[k];
    }

    /// P(sign present) in class k.
    public double probability(int k, int sign) {
      return profiles[k][sign];
    }

    /// P(class k | pattern).
    public double posterior(int pattern, int k) {
      return posterior[pattern][k];
    }

    /// The log likelihood, without the multinomial constant.
    public double logLikelihood() {
      return logLikelihood;
    }

    /// K − 1 shares and K profiles.
    public int parameters() {
      return shares.length - 1 + shares.length * profiles[0].length;
    }

    /// `−2 ln L + p ln n`.
    public double bic() {
      return -2 * logLikelihood + parameters() * Math.log(records);
    }

    /// `−2 ln L + 2p`.
    public double aic() {
      return -2 * logLikelihood + 2.0 * parameters();
    }
  }

  /// The best of several random starts.
  public Model fit(int starts, long seed) {
    Streams streams = new Streams(seed);
    Model best = climb(streams.stream(0));
    for (int s = 1; s < starts; s++) {
      Model next = climb(streams.stream(s));
      if (next.logLikelihood > best.logLikelihood) best = next;
    }
    return best;
  }

  private Model climb(UniformRandomProvider random) {
    int signs = patterns[0].length;
    double[] shares = new double[classes];
    double[][] profiles = new double[classes][signs];
    for (int k = 0; k < classes; k++) {
      shares[k] = 0.5 + random.nextDouble();
      for (int j = 0; j < signs; j++) profiles[k][j] = 0.1 + 0.8 * random.nextDouble();
    }
    double sum = Arrays.stream(shares).sum();
    for (int k = 0; k < classes; k++) shares[k] /= sum;
    double[][] posterior = new double[patterns.length][classes];
    double before = Double.NEGATIVE_INFINITY;
    for (int step = 0; ; step++) {
      double now = expect(shares, profiles, posterior);
      if (step >= MOST_STEPS || now - before < ENOUGH * Math.abs(now)) break;
      before = now;
      maximise(posterior, shares, profiles);
    }
    return ordered(shares, profiles, posterior, before);
  }

  private double expect(double[] shares, double[][] profiles, double[][] posterior) {
    double sum = 0;
    for (int i = 0; i < patterns.length; i++) {
      double total = 0;
      for (int k = 0; k < classes; k++) {
        double p = shares[k];
        for (int j = 0; j < patterns[i].length; j++)
          p *= patterns[i][j] == 1 ? profiles[k][j] : 1 - profiles[k][j];
        posterior[i][k] = p;
        total += p;
      }
      for (int k = 0; k < classes; k++) posterior[i][k] /= total;
      sum += counts[i] * Math.log(total);
    }
    return sum;
  }

  private void maximise(double[][] posterior, double[] shares, double[][] profiles) {
    double records = Arrays.stream(counts).sum();
    for (int k = 0; k < classes; k++) {
      double size = 0;
      double[] present = new double[profiles[k].length];
      for (int i = 0; i < patterns.length; i++) {
        double weight = counts[i] * posterior[i][k];
        size += weight;
        for (int j = 0; j < present.length; j++) present[j] += weight * patterns[i][j];
      }
      shares[k] = size / records;
      for (int j = 0; j < present.length; j++)
        profiles[k][j] = Math.clamp(present[j] / size, FLOOR, 1 - FLOOR);
    }
  }

  private Model ordered(
      double[] shares, double[][] profiles, double[][] posterior, double logLikelihood) {
    int[] order =
        java.util.stream.IntStream.range(0, classes)
            .boxed()
            .sorted((a, b) -> Double.compare(shares[b], shares[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] sortedShares = Arrays.stream(order).mapToDouble(k -> shares[k]).toArray();
    double[][] sortedProfiles =
        Arrays.stream(order).mapToObj(k -> profiles[k]).toArray(double[][]::new);
    double[][] sortedPosterior = new double[patterns.length][];
    for (int i = 0; i < patterns.length; i++) {
      double[] row = posterior[i];
      sortedPosterior[i] = Arrays.stream(order).mapToDouble(k -> row[k]).toArray();
    }
    return new Model(
        sortedShares, sortedProfiles, sortedPosterior, logLikelihood, Arrays.stream(counts).sum());
  }
}
