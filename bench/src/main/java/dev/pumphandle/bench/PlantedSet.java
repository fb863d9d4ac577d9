package dev.pumphandle.bench;

import dev.pumphandle.epi.investigation.Exposure;
import dev.pumphandle.epi.investigation.Study;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.epi.scan.ScanSet;
import dev.pumphandle.lab.fleet.Planted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A planted cause as a set of crashes, to hold found sets against.
final class PlantedSet {

  private static final double SAME = 0.8;
  private static final double ENRICHED = 1.5;

  private final Study study;
  private final Population crashes;
  private final int[] values;
  private final boolean[] inside;
  private final boolean[] planted;
  private final int plantedCases;

  private PlantedSet(StudiedFleet fleet, Planted truth) {
    this.study = fleet.study();
    this.crashes = study.crashes().population(study.start());
    this.values = values(study);
    this.inside = new boolean[crashes.size()];
    this.planted = new boolean[crashes.size()];
    List<int[]> conditions = conditions(truth);
    int n = 0;
    for (int i = 0; i < inside.length; i++) {
      int crash = i;
      inside[i] = conditions.stream().allMatch(c -> crashes.code(crash, c[0]) == c[1]);
      planted[i] = study.crashes().isCase(i) && fleet.causes().get(i).equals(truth.cause());
      if (planted[i]) n++;
    }
    this.plantedCases = n;
  }

  static int[] values(Study study) {
    return study.attributes().stream().mapToInt(a -> Math.max(1, a.values().size())).toArray();
  }

  /// The set of the first cause that can be blamed on something; a race cannot.
  static Optional<PlantedSet> of(StudiedFleet fleet) {
    return fleet.truth().stream()
        .filter(t -> !t.attribute().isEmpty())
        .findFirst()
        .map(t -> new PlantedSet(fleet, t));
  }

  private List<int[]> conditions(Planted truth) {
    String[] columns = truth.attribute().split(" & ", -1);
    String[] wanted = truth.value().split(" & ", -1);
    List<int[]> conditions = new ArrayList<>();
    for (int c = 0; c < columns.length; c++)
      for (int a = 0; a < study.attributes().size(); a++) {
        Exposure exposure = study.attributes().get(a);
        if (exposure.column().equals(columns[c]))
          conditions.add(new int[] {a, exposure.values().indexOf(wanted[c])});
      }
    return conditions;
  }

  /// Whether a found set is the planted one: nearly the same crashes (Jaccard at least 0.8), or a
  /// part of it that holds four fifths of its cases, such as the young nodes of a host.
  boolean isHit(ScanSet set) {
    int both = 0;
    int either = 0;
    int outside = 0;
    int casesInside = 0;
    ScanSet always = new ScanSet(set.family(), set.group(), 0, study.days());
    for (int i = 0; i < inside.length; i++) {
      boolean found = always.member(crashes, i, values) == ScanSet.Member.INSIDE;
      if (found && inside[i]) both++;
      if (found || inside[i]) either++;
      if (found && !inside[i]) outside++;
      if (found && planted[i]) casesInside++;
    }
    return both >= SAME * either || (outside == 0 && casesInside >= SAME * plantedCases);
  }

  /// Whether a set holds at least one and a half times as many planted cases as its share of the
  /// other crashes.
  boolean isEnriched(ScanSet set) {
    int others = 0;
    int othersInside = 0;
    int casesInside = 0;
    for (int i = 0; i < inside.length; i++) {
      boolean found = set.member(crashes, i, values) == ScanSet.Member.INSIDE;
      if (planted[i]) casesInside += found ? 1 : 0;
      if (study.crashes().isCase(i)) continue;
      others++;
      if (found) othersInside++;
    }
    return (double) casesInside / plantedCases >= ENRICHED * (othersInside + 0.5) / (others + 1);
  }
}
