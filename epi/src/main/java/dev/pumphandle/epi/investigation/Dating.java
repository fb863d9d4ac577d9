package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.onset.BinnedCounts;
import dev.pumphandle.epi.onset.CalendarMatch;
import dev.pumphandle.epi.onset.Changes;
import dev.pumphandle.epi.onset.Onset;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.List;
import java.util.Optional;

/// Dates a population: its cases by day, over what each day expected of them.
final class Dating {

  private static final double DRAWN = 0.2;

  private final Comparison comparison;
  private final InvestigationOptions options;

  Dating(Comparison comparison, InvestigationOptions options) {
    this.comparison = comparison;
    this.options = options;
  }

  record Dated(Onset onset, boolean ended, Optional<CalendarMatch> calendar) {}

  /// The date of these cases.
  ///
  /// @param place the finding whose host-time they come from; everybody's where there is none
  Dated of(List<Integer> members, Optional<Finding> place) {
    int days = comparison.study.days();
    double[] events = new double[days];
    for (int i : members) events[comparison.crashes.day(i)]++;
    double[] exposure =
        comparison.hostTime.isPresent() && place.map(Dating::exposed).orElse(true)
            ? hostTime(place, members)
            : otherCrashes();
    // A case on a day without host-time is a mistake of the records: it must not be impossible.
    double least = java.util.Arrays.stream(exposure).sum() / days * 1e-3 + 1e-9;
    for (int d = 0; d < days; d++) exposure[d] = Math.max(exposure[d], events[d] > 0 ? least : 0);
    BinnedCounts counts = new BinnedCounts(events, exposure);
    Onset onset =
        Onset.of(
            counts,
            1,
            options.level(),
            options.alpha(),
            options.replicates(),
            options.seed(),
            options.threads());
    boolean ended =
        Changes.ended(
            counts, options.alpha(), options.replicates(), options.seed(), options.threads());
    return new Dated(
        onset,
        ended,
        onset instanceof Onset.Began began
            ? Optional.of(calendar(began.earliest(), began.latest()))
            : Optional.empty());
  }

  private static boolean exposed(Finding finding) {
    return !finding.blames(Exposure.Role.TRAIT);
  }

  // A host under one kernel or release, or of young nodes, is dated over all the time of the host:
  // what it ran when it turned bad had hardly run on it before, and its time has no before.
  private ScanSet lasting(ScanSet set) {
    ScanSet always = SetWords.always(set, comparison.study.days());
    int host = comparison.study.position(Exposure.Role.HOST);
    if (!(set.family() instanceof Family.Pair(int a, int b)) || (a != host && b != host))
      return always;
    int[] values = comparison.values();
    int which = a == host ? set.firstValue(values) : set.secondValue(values);
    return new ScanSet(new Family.Single(host), which, 0, comparison.study.days());
  }

  // A disease of young nodes can only show where young nodes live: each class of age counts as much
  // as it has cases over what it expects, so that weeks without a young node are not taken for
  // healthy.
  private double[] hostTime(Optional<Finding> place, List<Integer> members) {
    double[] exposure = new double[comparison.study.days()];
    Population cells = comparison.time.cells();
    int[] values = comparison.values();
    Optional<ScanSet> set = place.map(f -> lasting(f.set()));
    double[] weight = weights(set, members);
    int uptime = comparison.study.position(Exposure.Role.UPTIME);
    Optional<byte[]> inside = set.map(each -> each.members(cells, values));
    for (int r = 0; r < cells.size(); r++)
      if (inside.isEmpty() || inside.get()[r] > 0) {
        int age = uptime < 0 ? -1 : cells.code(r, uptime);
        exposure[cells.day(r)] += comparison.expected[r] * (age < 0 ? 1 : weight[age]);
      }
    return exposure;
  }

  // Cases over expected by class of age, drawn towards the overall ratio as by a fifth of a case.
  private double[] weights(Optional<ScanSet> set, List<Integer> members) {
    int uptime = comparison.study.position(Exposure.Role.UPTIME);
    double[] weight = new double[Uptime.names().size()];
    java.util.Arrays.fill(weight, 1);
    if (uptime < 0) return weight;
    double[] seen = new double[weight.length];
    double[] expected = new double[weight.length];
    double allSeen = 0;
    double allExpected = 0;
    for (int i : members) {
      int age = comparison.crashes.code(i, uptime);
      if (age < 0) continue;
      seen[age]++;
      allSeen++;
    }
    Population cells = comparison.time.cells();
    int[] values = comparison.values();
    Optional<byte[]> inside = set.map(each -> each.members(cells, values));
    for (int r = 0; r < cells.size(); r++) {
      int age = cells.code(r, uptime);
      if (age < 0 || (inside.isPresent() && inside.get()[r] <= 0)) continue;
      expected[age] += comparison.expected[r];
      allExpected += comparison.expected[r];
    }
    if (allSeen == 0 || allExpected == 0) return weight;
    double overall = allSeen / allExpected;
    for (int age = 0; age < weight.length; age++)
      weight[age] = (seen[age] + DRAWN) / (expected[age] + DRAWN / overall) / overall;
    return weight;
  }

  // Without host-time the other crashes of a day stand for how busy it was; one more keeps quiet
  // days.
  private double[] otherCrashes() {
    double[] exposure = new double[comparison.study.days()];
    java.util.Arrays.fill(exposure, 1);
    for (int i = 0; i < comparison.crashes.size(); i++)
      if (!comparison.study.crashes().isCase(i)) exposure[comparison.crashes.day(i)]++;
    return exposure;
  }

  private CalendarMatch calendar(int earliest, int latest) {
    Study study = comparison.study;
    double[] events =
        study.calendar().stream()
            .mapToDouble(e -> (double) (e.at() - study.start()) / Uptime.DAY)
            .toArray();
    return CalendarMatch.of(events, earliest - 1.0, latest + 1.0, study.days());
  }
}
