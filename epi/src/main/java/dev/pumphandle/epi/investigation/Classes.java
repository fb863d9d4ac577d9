package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.ConditionalOddsRatio;
import dev.pumphandle.epi.measure.Proportion;
import dev.pumphandle.epi.measure.TwoByTwo;
import dev.pumphandle.epi.mixture.AnchoredMixture;
import dev.pumphandle.epi.mixture.ClassKind;
import dev.pumphandle.epi.mixture.Discordance;
import dev.pumphandle.epi.mixture.Division;
import dev.pumphandle.epi.mixture.PlaceAnchor;
import dev.pumphandle.epi.mixture.Signs;
import dev.pumphandle.epi.mixture.TimedDivision;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.epi.scan.ScanSet;
import dev.pumphandle.epi.scan.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Divides the cases into populations.
final class Classes {

  private static final int LEAST_PARTS = 5;
  private static final double TELLING = 0.01;

  // Of more cases than this the test of two populations takes an even sample: each replicate
  // shuffles them all, and a difference that so many do not show is none that matters.
  private static final int MOST_COMPARED = 20_000;

  private static final int MOST_BINS = 60;

  private final Comparison comparison;
  private final Study study;
  private final InvestigationOptions options;
  private final int[] cases;

  Classes(Comparison comparison, InvestigationOptions options) {
    this.comparison = comparison;
    this.study = comparison.study;
    this.options = options;
    this.cases = study.crashes().cases();
  }

  /// The populations, with the test of whether the two largest differ in what they were not split
  /// on.
  record Divided(List<DiseaseClass> classes, Optional<Discord> discord) {}

  /// The test of two populations.
  record Discord(List<String> attributes, Discordance test) {}

  // The surest first: a node that only one design blames must not take the place of its host.
  // What a crash shows of itself is no place: a function is where a disease ends, not where it
  // lives.
  Divided divide(List<Finding> findings) {
    List<Finding> anchors =
        findings.stream()
            .filter(f -> f.within().isEmpty() && f.cases() >= LEAST_PARTS)
            .filter(f -> !f.blames(Exposure.Role.TRAIT))
            .sorted(Comparator.comparing(f -> f.verdict() != Verdict.CONFIRMED))
            .toList();
    Optional<Division> found =
        new AnchoredMixture(
                signs(),
                anchors.stream().map(this::anchor).toList(),
                options.seed(),
                options.threads())
            .divide();
    if (found.isEmpty()) return new Divided(List.of(), Optional.empty());
    Division division = found.get();
    int[] assigned = division.assigned();
    int[] inTime = timed(division).assigned();
    List<DiseaseClass> classes = new ArrayList<>();
    for (int k = 0; k < division.kinds().size(); k++) {
      ClassKind kind = division.kinds().get(k);
      Optional<Finding> place =
          kind instanceof ClassKind.Place(int set)
              ? Optional.of(anchors.get(set))
              : Optional.empty();
      DiseaseClass one =
          described(
              kind,
              place,
              division.share(k) * cases.length,
              members(inTime, k),
              members(assigned, k));
      // A class may have a share of many cases and be the likeliest of none: nobody belongs to it.
      if (one.kind() == DiseaseClass.Kind.UNRELATED || !one.members().isEmpty()) classes.add(one);
    }
    return new Divided(classes, discord(division, assigned));
  }

  private Signs signs() {
    int others = 0;
    for (boolean c : study.crashes().isCase()) if (!c) others++;
    int[][] ofCases = new int[cases.length][];
    int[][] ofOthers = new int[others][];
    int nextCase = 0;
    int nextOther = 0;
    for (int i = 0; i < study.crashes().size(); i++) {
      if (study.crashes().isCase(i)) ofCases[nextCase++] = study.crashes().signs(i);
      else ofOthers[nextOther++] = study.crashes().signs(i);
    }
    return new Signs(ofCases, ofOthers);
  }

  // A place is one at all times: cases from before the day that the search found would belong
  // nowhere, and the date of the population would be the day that the search found.
  private PlaceAnchor anchor(Finding finding) {
    ScanSet place = SetWords.always(finding.set(), study.days());
    Population crashes = comparison.crashes;
    int[] values = comparison.values();
    double inside = 0;
    double known = 0;
    for (int i = 0; i < crashes.size(); i++) {
      if (study.crashes().isCase(i)) continue;
      ScanSet.Member member = place.member(crashes, i, values);
      if (member == ScanSet.Member.UNKNOWN) continue;
      known++;
      if (member == ScanSet.Member.INSIDE) inside++;
    }
    double share = Math.min(1, (inside + 1) / (known + 2));
    return new PlaceAnchor(
        i -> place.member(crashes, cases[i], values) == ScanSet.Member.INSIDE, share);
  }

  // Bins of whole days, so many that no rise is lost and so few that each has other crashes.
  private TimedDivision timed(Division division) {
    int width = Math.ceilDiv(study.days(), MOST_BINS);
    double[] others = new double[Math.ceilDiv(study.days(), width)];
    Arrays.fill(others, 1);
    for (int i = 0; i < study.crashes().size(); i++)
      if (!study.crashes().isCase(i)) others[comparison.crashes.day(i) / width]++;
    int[] bin = Arrays.stream(cases).map(i -> comparison.crashes.day(i) / width).toArray();
    return TimedDivision.of(division, bin, others);
  }

  private List<Integer> members(int[] assigned, int k) {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < assigned.length; i++) if (assigned[i] == k) members.add(cases[i]);
    return members;
  }

  private DiseaseClass described(
      ClassKind kind,
      Optional<Finding> place,
      double size,
      List<Integer> members,
      List<Integer> datedBy) {
    Dating.Dated dated = new Dating(comparison, options).of(datedBy, place);
    return new DiseaseClass(
        switch (kind) {
          case ClassKind.Unrelated unrelated -> DiseaseClass.Kind.UNRELATED;
          case ClassKind.Place at -> DiseaseClass.Kind.PLACE;
          case ClassKind.Diffuse diffuse -> DiseaseClass.Kind.DIFFUSE;
        },
        place,
        size,
        members,
        datedBy,
        kind instanceof ClassKind.Unrelated ? List.of() : telling(members),
        labels(members),
        youngShare(members),
        distinct(members, study.position(Exposure.Role.REGION)),
        dated.onset(),
        dated.ended(),
        dated.calendar());
  }

  private List<DiseaseClass.TellingSign> telling(List<Integer> members) {
    List<DiseaseClass.TellingSign> telling = new ArrayList<>();
    for (int j = 0; j < study.signs().size(); j++) {
      Study.Sign sign = study.signs().get(j);
      int[] ofMembers = new int[sign.values().size()];
      for (int i : members) count(ofMembers, study.crashes().signs(i)[j]);
      int[] ofOthers = new int[sign.values().size()];
      for (int i = 0; i < study.crashes().size(); i++)
        if (!study.crashes().isCase(i)) count(ofOthers, study.crashes().signs(i)[j]);
      int known = Arrays.stream(ofMembers).sum();
      int others = Arrays.stream(ofOthers).sum();
      for (int v = 0; v < ofMembers.length; v++) {
        int a = ofMembers[v];
        int c = ofOthers[v];
        if (a == 0 || others == 0) continue;
        double share = (double) a / known;
        double shareOfOthers = (double) c / others;
        if (share <= 1.5 * shareOfOthers) continue;
        double p = ConditionalOddsRatio.of(new TwoByTwo(a, known - a, c, others - c)).midPGreater();
        if (p < TELLING)
          telling.add(
              new DiseaseClass.TellingSign(
                  sign.column() + " = " + sign.values().get(v),
                  share,
                  new Proportion(a, known).wilson(options.level()),
                  shareOfOthers));
      }
    }
    telling.sort(Comparator.comparingDouble(t -> t.shareOfOthers() - t.share()));
    return telling;
  }

  private static void count(int[] counts, int code) {
    if (code >= 0) counts[code]++;
  }

  private List<DiseaseClass.LabelCount> labels(List<Integer> members) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i : members) counts.merge(study.crashes().label(i), 1, Integer::sum);
    return counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .map(e -> new DiseaseClass.LabelCount(study.labels().get(e.getKey()), e.getValue()))
        .toList();
  }

  private double youngShare(List<Integer> members) {
    int uptime = study.position(Exposure.Role.UPTIME);
    if (uptime < 0) return Double.NaN;
    int young = 0;
    int known = 0;
    for (int i : members) {
      int code = comparison.crashes.code(i, uptime);
      if (code >= 0) known++;
      if (code >= 0 && code < 2) young++;
    }
    return known == 0 ? Double.NaN : (double) young / known;
  }

  private int distinct(List<Integer> members, int attribute) {
    Set<Integer> seen = new HashSet<>();
    if (attribute >= 0)
      for (int i : members)
        if (comparison.crashes.code(i, attribute) >= 0)
          seen.add(comparison.crashes.code(i, attribute));
    return seen.size();
  }

  // Populations split on place are compared by their signs, those split on signs by place and time;
  // of
  // one of each kind only what neither was split on is left: week, uptime and release.
  private Optional<Discord> discord(Division division, int[] assigned) {
    int[] size = new int[division.kinds().size()];
    for (int k : assigned) size[k]++;
    List<Integer> largest = new ArrayList<>();
    for (int k = 1; k < size.length; k++) if (size[k] >= LEAST_PARTS) largest.add(k);
    largest.sort(Comparator.comparingInt(k -> -size[k]));
    if (largest.size() < 2) return Optional.empty();
    int first = largest.get(0);
    int second = largest.get(1);
    int every = Math.ceilDiv(size[first] + size[second], MOST_COMPARED);
    int[] both = new int[Math.ceilDiv(size[first] + size[second], every)];
    boolean[] inFirst = new boolean[both.length];
    int passed = 0;
    for (int i = 0; i < assigned.length; i++) {
      if (assigned[i] != first && assigned[i] != second) continue;
      if (passed % every == 0) {
        inFirst[passed / every] = assigned[i] == first;
        both[passed / every] = cases[i];
      }
      passed++;
    }
    boolean firstByPlace = division.kinds().get(first) instanceof ClassKind.Place;
    boolean secondByPlace = division.kinds().get(second) instanceof ClassKind.Place;
    List<String> names = new ArrayList<>();
    List<int[]> codes = new ArrayList<>();
    if (firstByPlace && secondByPlace) {
      for (int j = 0; j < study.signs().size(); j++) {
        int sign = j;
        names.add(study.signs().get(j).column());
        codes.add(Arrays.stream(both).map(i -> study.crashes().signs(i)[sign]).toArray());
      }
    } else {
      names.add("week");
      codes.add(Arrays.stream(both).map(i -> comparison.crashes.day(i) / 7).toArray());
      for (int a = 0; a < study.attributes().size(); a++) {
        boolean use =
            switch (study.attributes().get(a).role()) {
              case UPTIME, RELEASE, KERNEL -> true;
              case REGION, HOST -> !firstByPlace && !secondByPlace;
              case CLUSTER, SKU, MACHINE, NODE, TRAIT -> false;
            };
        int attribute = a;
        if (!use) continue;
        names.add(study.attributes().get(a).words());
        codes.add(Arrays.stream(both).map(i -> comparison.crashes.code(i, attribute)).toArray());
      }
    }
    return Optional.of(
        new Discord(
            names,
            Discordance.test(
                inFirst, codes, options.replicates(), options.seed(), options.threads())));
  }
}
