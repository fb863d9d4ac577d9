package dev.pumphandle.epi.measure;

/// How many there are in all, when two lists that know nothing of each other overlap: the deaths
/// that left a core and the deaths that a log tells of.
///
/// The estimate supposes that being on one list says nothing about being on the other, that nobody
/// came or went meanwhile, and that the same death is recognised on both. A handler that both logs
/// and keeps the kernel from dumping breaks the first: then too many are estimated; a log that is
/// lost with the core's disk breaks it the other way.
///
/// Source: D. G. Chapman, Univ. Calif. Publ. Stat. 1 (1951) 131–160; the variance: G. A. F. Seber,
/// Biometrics 26 (1970) 330; the interval, on the logarithm of those on neither list: A. Chao,
/// Biometrics 43 (1987) 783–791.
///
/// @param first on the first list
/// @param second on the second list
/// @param both on both
public record CaptureRecapture(long first, long second, long both) {

  /// Refuses an overlap larger than a list.
  public CaptureRecapture {
    if (both < 0 || both > first || both > second) {
      throw new IllegalArgumentException(both + " on both of " + first + " and " + second);
    }
  }

  /// On either list.
  public long known() {
    return first + second - both;
  }

  /// How many there are in all, with an interval that never falls below those known.
  public Estimate estimate(double level) {
    if (first == 0 || second == 0) {
      return Estimate.notEstimable("one of the two lists is empty", level);
    }
    double n = (first + 1.0) * (second + 1.0) / (both + 1.0) - 1;
    double variance =
        (first + 1.0)
            * (second + 1.0)
            * (first - both)
            * (second - both)
            / ((both + 1.0) * (both + 1.0) * (both + 2.0));
    double missed = n - known();
    Interval interval = new Interval(known(), known(), level);
    if (missed > 0) {
      double reach =
          Math.exp(Wald.quantile(level) * Math.sqrt(Math.log1p(variance / (missed * missed))));
      interval = new Interval(known() + missed / reach, known() + missed * reach, level);
    }
    Estimate estimate = Estimate.of(n, interval);
    return both < FEW ? estimate.with(new Caveat.SmallCounts(both)) : estimate;
  }

  /// Below this overlap the estimate is biased low and its interval too narrow (Robson and Regier,
  /// Trans. Am. Fish. Soc. 93 (1964) 215–226, ask for seven).
  private static final long FEW = 7;
}
