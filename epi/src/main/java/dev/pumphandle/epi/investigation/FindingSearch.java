package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.ConditionalOddsRatio;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Rate;
import dev.pumphandle.epi.measure.RateRatio;
import dev.pumphandle.epi.measure.TwoByTwo;
import dev.pumphandle.epi.scan.Aliases;
import dev.pumphandle.epi.scan.Candidate;
import dev.pumphandle.epi.scan.Design;
import dev.pumphandle.epi.scan.Effects;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.GreedyScan;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.epi.scan.ScanSet;
import dev.pumphandle.epi.scan.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Runs both designs and brings their findings together.
final class FindingSearch {

  private static final int MOST_FINDINGS = 8;

  private final Comparison comparison;
  private final Study study;
  private final InvestigationOptions options;
  private final SetWords words;
  private final Guards guards;
  private final int[] values;

  FindingSearch(Comparison comparison, InvestigationOptions options) {
    this.comparison = comparison;
    this.study = comparison.study;
    this.options = options;
    this.values = comparison.values();
    this.words = new SetWords(study.attributes(), values);
    this.guards = new Guards(comparison, words);
  }

  /// A set with what each design's scan says of it.
  private record Accepted(ScanSet set, double otherCrashesP, double hostTimeP) {
    double least() {
      return Math.min(otherCrashesP, hostTimeP);
    }
  }

  record Found(List<Finding> findings, List<Finding> leads, long groupsSearched) {}

  Found run() {
    GreedyScan.Result a = scan(comparison.otherCrashes, 1);
    Optional<GreedyScan.Result> b = comparison.hostTime.map(design -> scan(design, 2));
    List<Accepted> accepted = new ArrayList<>();
    b.ifPresent(r -> merge(accepted, r, false));
    merge(accepted, a, true);
    List<Accepted> kept =
        accepted.stream()
            .sorted(
                Comparator.comparingDouble(Accepted::least)
                    .thenComparingInt(each -> words.conditions(each.set()).size()))
            .limit(MOST_FINDINGS)
            .toList();
    List<ScanSet> sets = new ArrayList<>(kept.stream().map(Accepted::set).toList());
    sets.addAll(times(a, b));
    List<Finding> findings = new ArrayList<>();
    for (Accepted each : kept) findings.add(finding(each, sets, findings));
    List<Finding> leads = leads(b.map(GreedyScan.Result::leads).orElse(a.leads()), a, sets);
    long groups = a.groupsSearched() + b.map(GreedyScan.Result::groupsSearched).orElse(0L);
    return new Found(findings, leads, groups);
  }

  // The rise and fall of all cases is no finding, but what findings are compared within.
  private static List<ScanSet> times(GreedyScan.Result a, Optional<GreedyScan.Result> b) {
    List<ScanSet> times = new ArrayList<>(a.accepted());
    b.ifPresent(r -> times.addAll(r.accepted()));
    return times.stream().filter(FindingSearch::isTime).distinct().toList();
  }

  private static boolean isTime(ScanSet set) {
    return set.family() instanceof Family.Everybody;
  }

  private GreedyScan.Result scan(Design design, long purpose) {
    return new GreedyScan(design, comparison.families(design), options.scan(purpose, designs()))
        .run();
  }

  // How many searches share the chance of a false finding.
  private int designs() {
    return comparison.hostTime.isPresent() ? 2 : 1;
  }

  private void merge(List<Accepted> into, GreedyScan.Result result, boolean otherCrashes) {
    for (ScanSet set : result.accepted()) {
      if (isTime(set)) continue;
      double p =
          designs()
              * result.steps().stream()
                  .filter(s -> s.best().set().equals(set))
                  .mapToDouble(s -> s.replicates() > 0 ? s.p() : 1)
                  .findFirst()
                  .orElse(1);
      int same = -1;
      for (int i = 0; i < into.size() && same < 0; i++) if (alike(into.get(i).set(), set)) same = i;
      if (same < 0) into.add(otherCrashes ? new Accepted(set, p, 1) : new Accepted(set, 1, p));
      else if (otherCrashes)
        into.set(same, new Accepted(into.get(same).set(), p, into.get(same).hostTimeP()));
    }
  }

  private boolean alike(ScanSet one, ScanSet other) {
    ScanSet first = SetWords.always(one, study.days());
    ScanSet second = SetWords.always(other, study.days());
    return first.equals(second) || (exposed(first) && exposed(second) && overlap(first, second));
  }

  private boolean overlap(ScanSet one, ScanSet other) {
    Population rows = comparison.broad().rows();
    double[] weight = comparison.weight();
    double both = 0;
    double either = 0;
    BitSet inOne = inside(one, rows);
    BitSet inOther = inside(other, rows);
    BitSet inEither = (BitSet) inOne.clone();
    inEither.or(inOther);
    for (int r = inEither.nextSetBit(0); r >= 0; r = inEither.nextSetBit(r + 1)) {
      either += weight[r];
      if (inOne.get(r) && inOther.get(r)) both += weight[r];
    }
    return either > 0 && both / either >= Aliases.SAME;
  }

  private BitSet inside(ScanSet set, Population rows) {
    BitSet inside = new BitSet(rows.size());
    set.forEachInside(rows, values, inside::set);
    return inside;
  }

  // Whether host-time is known for the set: traits of crashes have none.
  private boolean exposed(ScanSet set) {
    return words.conditions(set).stream().allMatch(c -> c.exposure().role() != Exposure.Role.TRAIT);
  }

  // Adjusted for the other findings, but not for those that narrow or widen this one: a host and
  // its
  // young nodes would explain each other away.
  private Finding finding(Accepted accepted, List<ScanSet> found, List<Finding> surer) {
    ScanSet set = accepted.set();
    double level = options.level();
    List<ScanSet> all =
        new ArrayList<>(
            found.stream().filter(s -> !s.equals(set) && !shareCondition(s, set)).toList());
    all.add(set);
    int index = all.size() - 1;
    Counts counts = counts(set);
    Estimate odds = new Effects(comparison.otherCrashes, List.of(set)).crude(0, level);
    Estimate oddsAdjusted = new Effects(comparison.otherCrashes, all).stratified(index, level);
    boolean rates = comparison.hostTime.isPresent() && exposed(set);
    Estimate none = Estimate.notEstimable("no host-time is known for it", level);
    Estimate rate = rates ? new Effects(comparison.broad(), List.of(set)).crude(0, level) : none;
    Estimate rateAdjusted = none;
    if (rates) {
      List<ScanSet> exposed = all.stream().filter(this::exposed).toList();
      rateAdjusted =
          new Effects(comparison.broad(), exposed).stratified(exposed.indexOf(set), level);
    }
    Verdict verdict =
        Verdict.of(
            new Verdict.Evidence(accepted.otherCrashesP(), midP(counts), odds, oddsAdjusted, 1),
            rates
                ? new Verdict.Evidence(
                    accepted.hostTimeP(), rateMidP(counts), rate, rateAdjusted, 1)
                : Verdict.Evidence.none(),
            options.alpha());
    List<ScanSet> others = all.stream().filter(s -> !s.equals(set) && !isTime(s)).toList();
    if (verdict == Verdict.CONFIRMED && !guards.survives(set, counts.cases, counts.nodes, others))
      verdict = Verdict.ONE_DESIGN;
    return new Finding(
        set,
        words.words(set),
        words.conditions(set),
        set.fromDay() > 0 ? set.fromDay() : -1,
        verdict,
        counts.cases,
        counts.allCases,
        counts.crashes,
        counts.allCrashes,
        counts.nodes,
        rates ? OptionalDouble.of(counts.expected) : OptionalDouble.empty(),
        Math.min(1, accepted.least()),
        odds,
        oddsAdjusted,
        rate,
        rateAdjusted,
        counts.cases == counts.allCases,
        surer.stream()
            .filter(f -> f.within().isEmpty() && shareCondition(f.set(), set))
            .map(Finding::words)
            .findFirst(),
        exposed(set) ? aliases(set) : List.of());
  }

  private boolean shareCondition(ScanSet one, ScanSet other) {
    return words.conditions(one).stream().anyMatch(words.conditions(other)::contains);
  }

  private List<String> aliases(ScanSet set) {
    List<Family> families =
        comparison.families(comparison.broad()).stream()
            .filter(f -> f.conditions() == 1 && exposed(new ScanSet(f, 0, 0, study.days())))
            .toList();
    return Aliases.of(set, families, comparison.broad(), comparison.weight(), Aliases.SAME).stream()
        .map(alias -> words.words(alias.set()))
        .toList();
  }

  /// What is inside a set.
  private static final class Counts {
    int cases;
    int allCases;
    int crashes;
    int allCrashes;
    int nodes;
    int placedCases;
    int allPlaced;
    double expected;
    double allExpected;
  }

  private Counts counts(ScanSet set) {
    Counts counts = new Counts();
    Set<Integer> nodes = new HashSet<>();
    int node = study.position(Exposure.Role.NODE);
    Population crashes = comparison.crashes;
    for (int r = 0; r < crashes.size(); r++) {
      ScanSet.Member member = set.member(crashes, r, values);
      if (member == ScanSet.Member.UNKNOWN) continue;
      boolean inside = member == ScanSet.Member.INSIDE;
      counts.allCrashes++;
      if (inside) counts.crashes++;
      if (!study.crashes().isCase(r)) continue;
      counts.allCases++;
      if (!inside) continue;
      counts.cases++;
      if (node >= 0) nodes.add(crashes.code(r, node));
    }
    counts.nodes = nodes.size();
    if (comparison.hostTime.isPresent() && exposed(set)) countHostTime(set, counts);
    return counts;
  }

  private void countHostTime(ScanSet set, Counts counts) {
    Population cells = comparison.time.cells();
    byte[] members = set.members(cells, values);
    for (int r = 0; r < members.length; r++) {
      if (members[r] < 0) continue;
      counts.allExpected += comparison.expected[r];
      if (members[r] > 0) counts.expected += comparison.expected[r];
    }
    Population cases = comparison.broad().cases();
    for (int c = 0; c < cases.size(); c++) {
      ScanSet.Member member = set.member(cases, c, values);
      if (member == ScanSet.Member.UNKNOWN) continue;
      counts.allPlaced++;
      if (member == ScanSet.Member.INSIDE) counts.placedCases++;
    }
  }

  private static double midP(Counts c) {
    TwoByTwo table =
        new TwoByTwo(
            c.cases,
            c.crashes - c.cases,
            c.allCases - c.cases,
            c.allCrashes - c.crashes - (c.allCases - c.cases));
    return ConditionalOddsRatio.of(table).midPGreater();
  }

  private static double rateMidP(Counts c) {
    double outside = Math.max(0, c.allExpected - c.expected);
    if (c.expected <= 0 || outside <= 0) return c.expected <= 0 && c.placedCases > 0 ? 0 : 1;
    return new RateRatio(
            new Rate(c.placedCases, c.expected), new Rate(c.allPlaced - c.placedCases, outside))
        .midPGreater();
  }

  // The best that missed, of both designs, without what the findings already say.
  private List<Finding> leads(List<Candidate> first, GreedyScan.Result a, List<ScanSet> found) {
    List<Candidate> all = new ArrayList<>(first);
    all.addAll(a.leads());
    List<ScanSet> sets = new ArrayList<>();
    for (Candidate each : all) {
      ScanSet set = each.set();
      if (isTime(set) || each.score() <= 0 || sets.size() == options.scan(0, 1).leads()) continue;
      if (sets.stream().noneMatch(s -> alike(s, set))
          && found.stream().noneMatch(s -> alike(s, set))) sets.add(set);
    }
    return options
        .each(sets)
        .map(set -> finding(new Accepted(set, 1, 1), found, List.of()))
        .filter(
            lead -> lead.oddsRatio().interval().above(1) || lead.rateRatio().interval().above(1))
        .toList();
  }
}
