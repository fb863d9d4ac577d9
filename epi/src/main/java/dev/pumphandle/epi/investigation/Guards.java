package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.ConditionalOddsRatio;
import dev.pumphandle.epi.measure.TwoByTwo;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.List;
import java.util.function.IntPredicate;

/// What a finding must survive, beyond being significant, before it is called confirmed.
///
/// All of it rests on the crashes outside the other findings: a bad host's cases must not make its
/// release look guilty as well.
final class Guards {

  private static final int FEWEST_CASES = 5;
  private static final int FEWEST_NODES = 2;
  // A release is compared with what ran within two weeks of it (days).
  private static final int NEAR = 14;
  private static final double NOMINAL = 0.01;

  private final Comparison comparison;
  private final SetWords words;
  private final int[] values;

  Guards(Comparison comparison, SetWords words) {
    this.comparison = comparison;
    this.words = words;
    this.values = comparison.values();
  }

  /// Whether the finding survives.
  ///
  /// @param others the other findings, without those that narrow or widen this one
  boolean survives(ScanSet set, int cases, int nodes, List<ScanSet> others) {
    // Fewer may be one machine having a bad week.
    if (cases < FEWEST_CASES || nodes < FEWEST_NODES) return false;
    boolean[] free = free(others);
    return localInTime(set, free) && bothHalvesMatter(set, free);
  }

  private boolean[] free(List<ScanSet> others) {
    boolean[] free = new boolean[comparison.crashes.size()];
    for (int r = 0; r < free.length; r++) {
      int crash = r;
      free[r] =
          others.stream()
              .noneMatch(s -> s.member(comparison.crashes, crash, values) == ScanSet.Member.INSIDE);
    }
    return free;
  }

  // A release lives for weeks, and a disease that climbs makes every late one look guilty: it must
  // also stand out among the crashes of its own weeks and those just before and after.
  private boolean localInTime(ScanSet set, boolean[] free) {
    if (words.conditions(set).stream().noneMatch(c -> c.exposure().role() == Exposure.Role.RELEASE))
      return true;
    Population crashes = comparison.crashes;
    int first = comparison.study.days();
    int last = 0;
    for (int r = 0; r < crashes.size(); r++) {
      if (set.member(crashes, r, values) != ScanSet.Member.INSIDE) continue;
      first = Math.min(first, crashes.day(r));
      last = Math.max(last, crashes.day(r));
    }
    int from = first - NEAR;
    int to = last + NEAR;
    return p(set, r -> free[r] && crashes.day(r) >= from && crashes.day(r) <= to) < NOMINAL;
  }

  // Of a pair each half must matter where the other holds: else the other alone is the finding.
  private boolean bothHalvesMatter(ScanSet set, boolean[] free) {
    if (!(set.family() instanceof Family.Pair(int a, int b))) return true;
    Population crashes = comparison.crashes;
    int first = set.firstValue(values);
    int second = set.secondValue(values);
    return p(set, r -> free[r] && crashes.code(r, a) == first) < NOMINAL
        && p(set, r -> free[r] && crashes.code(r, b) == second) < NOMINAL;
  }

  // One-sided mid-p of the set among the crashes that count.
  private double p(ScanSet set, IntPredicate counts) {
    Population crashes = comparison.crashes;
    int[] cell = new int[4];
    for (int r = 0; r < crashes.size(); r++) {
      if (!counts.test(r)) continue;
      ScanSet.Member member = set.member(crashes, r, values);
      if (member == ScanSet.Member.UNKNOWN) continue;
      int row = member == ScanSet.Member.INSIDE ? 0 : 2;
      cell[row + (comparison.study.crashes().isCase(r) ? 0 : 1)]++;
    }
    return ConditionalOddsRatio.of(new TwoByTwo(cell[0], cell[1], cell[2], cell[3])).midPGreater();
  }
}
