package dev.pumphandle.epi.onset;

import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.chance.Streams;
import dev.pumphandle.epi.numeric.Logs;
import org.apache.commons.rng.UniformRandomProvider;

/// One change of rate, at every place where it could have been.
///
/// A change *after k bins* means that bins 0 … k − 1 have one rate and the others another. With c1,
/// H1
/// events and exposure before, c2, H2 after, n and H in all, the profile log likelihood ratio is
/// `c1 ln(c1/H1) + c2 ln(c2/H2) − n ln(n/H)`.
///
/// Source: N. R. Zhang, D. O. Siegmund, Biometrics 63 (2007) 22–32; C. R. Loader, Biometrika 79
/// (1992)
/// 713–724.
public final class StepChange {

  /// Two log likelihoods from the best: half the 95 % quantile of χ² with one degree of freedom.
  public static final double USUAL_DROP = 1.920729410347062;

  private static final double NEVER = 1e-9;
  private static final int LOOK = 100;

  private final BinnedCounts counts;
  private final double[] profile;

  /// The profile over all places of one series with at least two bins.
  public StepChange(BinnedCounts counts) {
    if (counts.size() < 2) throw new IllegalArgumentException("a change needs two bins");
    this.counts = counts;
    this.profile = profile(counts::eventsBefore, counts);
  }

  private static double[] profile(
      java.util.function.IntToDoubleFunction before, BinnedCounts counts) {
    int n = counts.size();
    double[] llr = new double[n - 1];
    double all = before.applyAsDouble(n);
    double time = counts.totalExposure();
    for (int k = 1; k < n; k++) {
      double c1 = before.applyAsDouble(k);
      double h1 = counts.exposureBefore(k);
      double c2 = all - c1;
      double h2 = time - h1;
      llr[k - 1] =
          Math.max(
              0, Logs.xLogY(c1, c1 / h1) + Logs.xLogY(c2, c2 / h2) - Logs.xLogY(all, all / time));
    }
    return llr;
  }

  /// The ratio for a change after 1, 2, …, size − 1 bins, up or down.
  public double[] ratios() {
    return profile.clone();
  }

  /// The same, zero where the rate falls.
  public double[] increasesOnly() {
    double[] up = profile.clone();
    for (int k = 1; k <= up.length; k++) if (rateAfter(k) <= rateBefore(k)) up[k - 1] = 0;
    return up;
  }

  /// How many bins lie before the likeliest change.
  public int best() {
    int best = 0;
    for (int i = 1; i < profile.length; i++) if (profile[i] > profile[best]) best = i;
    return best + 1;
  }

  /// The ratio of the likeliest change.
  public double bestRatio() {
    return profile[best() - 1];
  }

  /// The rate in the first k bins.
  public double rateBefore(int k) {
    return counts.eventsBefore(k) / counts.exposureBefore(k);
  }

  /// The rate after the first k bins.
  public double rateAfter(int k) {
    return (counts.total() - counts.eventsBefore(k))
        / (counts.totalExposure() - counts.exposureBefore(k));
  }

  /// The first and last place whose ratio lies within `drop` of the best.
  ///
  /// With [#USUAL_DROP] such an interval holds a true step only 65 to 88 % of the time: it is here
  /// for
  /// comparison; the posterior of the onset gives the one to show.
  public int[] withinDrop(double drop) {
    double bar = bestRatio() - drop;
    int first = -1;
    int last = -1;
    for (int i = 0; i < profile.length; i++) {
      if (profile[i] < bar) continue;
      if (first < 0) first = i + 1;
      last = i + 1;
    }
    return new int[] {first, last};
  }

  /// The posterior of the place under a flat prior: proportional to exp of the ratio.
  public double[] flatPosterior() {
    return Logs.normalised(profile);
  }

  /// The log likelihood of one rate throughout.
  public double logLikelihoodOfNoChange() {
    double rate = counts.total() / counts.totalExposure();
    return counts.logLikelihood(i -> rate * counts.exposure(i));
  }

  /// The log likelihood of the likeliest step.
  public double logLikelihoodOfStep() {
    int k = best();
    return counts.logLikelihood(i -> (i < k ? rateBefore(k) : rateAfter(k)) * counts.exposure(i));
  }

  /// Is there a change at all: P(largest ratio ≥ the observed one) when all events fall in
  /// proportion
  /// to exposure, by Monte Carlo.
  public double pValue(int replicates, long seed, int threads) {
    if (outOfReach(replicates)) return MonteCarlo.pValue(new double[replicates], 1);
    return MonteCarlo.pValue(largestByChance(0, replicates, seed, threads), bestRatio());
  }

  /// Whether [#pValue] is at most alpha. Where it will not be, fewer replicates may say so.
  public boolean significant(double alpha, int replicates, long seed, int threads) {
    if (outOfReach(replicates)) return pValue(replicates, seed, threads) <= alpha;
    int reached = 0;
    for (int from = 0; from < replicates; from += LOOK) {
      int to = Math.min(replicates, from + LOOK);
      reached += MonteCarlo.reaching(largestByChance(from, to, seed, threads), bestRatio());
      if ((1.0 + reached) / (1.0 + replicates) > alpha) return false;
    }
    return true;
  }

  // The ratio at a place is n times the divergence of the share of events before it from the share
  // of exposure, so chance takes it to x with probability 2 e^−x at most, and the largest of all
  // places with their number of times that. Where not one of a thousand million such tests would
  // see a replicate that large, none is drawn.
  //
  // Source: W. Hoeffding, Journal of the American Statistical Association 58 (1963) 13–30,
  // theorem 1, first inequality (of both tails).
  private boolean outOfReach(int replicates) {
    return Math.log(2.0 * profile.length * replicates) - bestRatio() < Math.log(NEVER);
  }

  private double[] largestByChance(int from, int to, long seed, int threads) {
    double[] exposure = new double[counts.size()];
    for (int i = 0; i < exposure.length; i++) exposure[i] = counts.exposure(i);
    EventsByChance chance = new EventsByChance(Math.round(counts.total()), exposure);
    return MonteCarlo.statistics(
        new Streams(seed),
        from,
        to,
        threads,
        () -> {
          double[] before = new double[counts.size() + 1];
          return random -> largestByChance(chance, before, random);
        });
  }

  private double largestByChance(
      EventsByChance chance, double[] before, UniformRandomProvider random) {
    int[] events = chance.draw(random);
    for (int k = 0; k < events.length; k++) before[k + 1] = before[k] + events[k];
    double largest = 0;
    for (double llr : profile(k -> before[k], counts)) largest = Math.max(largest, llr);
    return largest;
  }
}
