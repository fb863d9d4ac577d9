package dev.pumphandle.epi.onset;

/// The answer to "when did it begin".
///
/// Places are numbers of bins before the start: multiply by the bin's width and add the start of
/// the
/// study.
public sealed interface Onset {

  /// Too few cases for a date.
  ///
  /// @param cases how many there are
  /// @param firstSeen the bin of the first case, −1 when there is none
  /// @param lastClear the last bin without a case before the last case, −1 when there is none
  record TooFew(long cases, int firstSeen, int lastClear) implements Onset {}

  /// The rate does not change by more than chance.
  ///
  /// @param p the Monte Carlo p-value of a change
  record NoChange(double p) implements Onset {}

  /// A start.
  ///
  /// @param start the posterior median (bins before the start)
  /// @param earliest the earliest start of the interval
  /// @param latest the latest start of the interval
  /// @param shape crisp, gradual, or not to be told
  /// @param stepProbability P(step)
  /// @param bestStep the likeliest step
  /// @param neverBefore whether there was no case at all before the likeliest step
  /// @param p the Monte Carlo p-value of a change
  record Began(
      int start,
      int earliest,
      int latest,
      OnsetPosterior.Shape shape,
      double stepProbability,
      int bestStep,
      boolean neverBefore,
      double p)
      implements Onset {}

  /// Fewest cases for which a date is given.
  int FEWEST = 5;

  /// How many expected cases may pass unseen with 5 %: the rule of three.
  double UNSEEN = 3;

  /// The onset of a series.
  ///
  /// @param counts cases per bin with the expected count of each bin
  /// @param dispersion φ, see [OnsetPosterior]
  /// @param alpha the level of the test of a change
  static Onset of(
      BinnedCounts counts,
      double dispersion,
      double level,
      double alpha,
      int replicates,
      long seed,
      int threads) {
    if (counts.total() < FEWEST || counts.size() < 2) return tooFew(counts);
    StepChange step = new StepChange(counts);
    double p = step.pValue(replicates, seed, threads);
    int best = step.best();
    if (p > alpha || step.rateAfter(best) <= step.rateBefore(best)) return new NoChange(p);
    OnsetPosterior posterior = new OnsetPosterior(counts, dispersion);
    int[] interval = posterior.interval(level);
    boolean never = counts.eventsBefore(best) == 0;
    int earliest = never ? Math.min(interval[0], unseenFrom(counts, best)) : interval[0];
    return new Began(
        posterior.median(),
        earliest,
        interval[1],
        posterior.shape(),
        posterior.stepProbability(),
        best,
        never,
        p);
  }

  private static Onset tooFew(BinnedCounts counts) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < counts.size(); i++) {
      if (counts.events(i) == 0) continue;
      if (first < 0) first = i;
      last = i;
    }
    int clear = -1;
    for (int i = 0; i < last; i++) if (counts.events(i) == 0) clear = i;
    return new TooFew(Math.round(counts.total()), first, clear);
  }

  // The first place from which on, at the later rate, no more than three cases would have been
  // missed.
  private static int unseenFrom(BinnedCounts counts, int best) {
    double rate = counts.total() / (counts.totalExposure() - counts.exposureBefore(best));
    double from = counts.exposureBefore(best) - UNSEEN / rate;
    int k = best;
    while (k > 1 && counts.exposureBefore(k - 1) >= from) k--;
    return k;
  }
}
