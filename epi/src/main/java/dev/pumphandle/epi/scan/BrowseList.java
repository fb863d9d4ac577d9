package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.adjust.Adjustment;
import dev.pumphandle.epi.adjust.Tarone;
import dev.pumphandle.epi.measure.ConditionalOddsRatio;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Rate;
import dev.pumphandle.epi.measure.RateRatio;
import dev.pumphandle.epi.measure.TwoByTwo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Everything, for the curious: each group with its one-sided mid-p, the false discovery rate among
/// those that could be significant at all, sorted by the lower limit of the effect.
///
/// Never sorted by lift or by the ratio itself, which put tiny groups first.
///
/// @param entries the testable groups
/// @param withheld how many groups could not be significant at this size and were not tested
public record BrowseList(List<Entry> entries, int withheld) {

  /// Copies the entries.
  public BrowseList {
    entries = List.copyOf(entries);
  }

  /// One group.
  ///
  /// @param candidate the group with its counts
  /// @param effect odds ratio or rate ratio, crude
  /// @param midP one-sided
  /// @param q the adjusted p-value
  public record Entry(Candidate candidate, Estimate effect, double midP, double q) {}

  /// The list of these groups.
  ///
  /// @param adjustment Benjamini–Hochberg, or Benjamini–Yekutieli for guarantees under any
  /// dependence
  public static BrowseList of(
      List<Candidate> candidates, long crashes, Adjustment adjustment, double alpha, double level) {
    double[] least = candidates.stream().mapToDouble(c -> leastP(c, crashes)).toArray();
    Tarone tarone = Tarone.of(least, alpha);
    List<Candidate> testable = new ArrayList<>();
    for (int i : tarone.testable().indices()) testable.add(candidates.get(i));
    double[] p = testable.stream().mapToDouble(c -> midP(c, crashes)).toArray();
    double[] q = adjustment.adjust(p);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < p.length; i++)
      entries.add(new Entry(testable.get(i), effect(testable.get(i), crashes, level), p[i], q[i]));
    entries.sort(Comparator.comparingDouble((Entry e) -> e.effect().interval().lower()).reversed());
    return new BrowseList(entries, tarone.testable().withheld());
  }

  private static boolean againstCrashes(Candidate c) {
    return !Double.isNaN(c.crashes());
  }

  private static TwoByTwo table(Candidate c, long crashes) {
    long a = Math.round(c.cases());
    long b = Math.round(c.crashes()) - a;
    long outside = Math.round(c.known()) - a;
    return new TwoByTwo(a, b, outside, Math.max(0, crashes - a - b - outside));
  }

  private static RateRatio rates(Candidate c) {
    long a = Math.round(c.cases());
    return new RateRatio(
        new Rate(a, c.expected()),
        new Rate(Math.round(c.known()) - a, Math.max(0, c.known() - c.expected())));
  }

  private static double leastP(Candidate c, long crashes) {
    if (againstCrashes(c)) return ConditionalOddsRatio.of(table(c, crashes)).leastAttainableP();
    return c.known() == 0 ? 1 : Math.pow(Math.min(1, c.expected() / c.known()), c.known());
  }

  private static double midP(Candidate c, long crashes) {
    if (againstCrashes(c)) return ConditionalOddsRatio.of(table(c, crashes)).midPGreater();
    RateRatio ratio = rates(c);
    if (ratio.exposed().time() == 0) return c.cases() == 0 ? 1 : 0;
    return ratio.unexposed().time() == 0 ? 1 : ratio.midPGreater();
  }

  private static Estimate effect(Candidate c, long crashes, double level) {
    return againstCrashes(c) ? table(c, crashes).oddsRatio(level) : rates(c).estimate(level);
  }
}
