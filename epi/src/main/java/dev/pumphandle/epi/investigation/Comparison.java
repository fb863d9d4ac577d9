package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.baseline.Grouping;
import dev.pumphandle.epi.baseline.RakedBaseline;
import dev.pumphandle.epi.scan.AgainstHostTime;
import dev.pumphandle.epi.scan.AgainstOtherCrashes;
import dev.pumphandle.epi.scan.Attribute;
import dev.pumphandle.epi.scan.Design;
import dev.pumphandle.epi.scan.Families;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Both designs over one study: cases against other crashes, and, with an inventory, cases against
/// the
/// raked host-time.
final class Comparison {

  private static final double MOST_MISSING = 0.5;

  final Study study;
  final Population crashes;
  final AgainstOtherCrashes otherCrashes;
  final Optional<AgainstHostTime> hostTime;
  final HostTime time;
  // What each cell of host-time expects of the cases; sums to the cases within it.
  final double[] expected;
  // The crash of each case of the host-time design, in its order.
  final int[] placed;
  final Optional<OneHost> oneHost;
  final List<Exposure> unused;
  private final Set<Integer> left;
  private final List<Family> familiesOfCrashes;
  private final List<Family> familiesOfHosts;

  Comparison(Study study) {
    this.study = study;
    this.crashes = study.crashes().population(study.start());
    List<Attribute> all = attributes(study.attributes().size());
    this.otherCrashes =
        new AgainstOtherCrashes(all, study.days(), crashes, study.crashes().isCase());
    this.time = HostTime.of(study.stays(), study.start(), study.days());
    this.placed = placed();
    this.expected = study.hasInventory() ? baseline() : new double[0];
    this.hostTime =
        study.hasInventory() && placed.length > 0
            ? Optional.of(
                new AgainstHostTime(
                    attributes(study.exposed()),
                    study.days(),
                    time.cells(),
                    expected,
                    placedCases(),
                    study.others().stream().mapToLong(Study.OtherCrashes::count).sum()))
            : Optional.empty();
    this.oneHost = hostTime.flatMap(_ -> OneHost.of(study, crashes, time));
    this.left = scarce();
    this.unused = left.stream().sorted().map(study.attributes()::get).toList();
    this.familiesOfCrashes = searched(otherCrashes);
    this.familiesOfHosts = hostTime.map(this::searched).orElse(List.of());
  }

  private List<Attribute> attributes(int count) {
    return study.attributes().subList(0, count).stream()
        .map(e -> new Attribute(e.column(), Math.max(1, e.values().size())))
        .toList();
  }

  int[] values() {
    return otherCrashes.values();
  }

  // Attributes that more than half of the crashes lack, or that have one value only, tell nothing.
  private Set<Integer> scarce() {
    Set<Integer> scarce = new java.util.HashSet<>();
    for (int a = 0; a < study.attributes().size(); a++) {
      int missing = 0;
      for (int r = 0; r < crashes.size(); r++) if (crashes.code(r, a) < 0) missing++;
      if (missing > MOST_MISSING * crashes.size()
          || study.attributes().get(a).values().size() < 2
          || (oneHost.isPresent() && goesWithTheHost(a))) scarce.add(a);
    }
    return scarce;
  }

  // Where one host has nearly everything, its region has too, and would be blamed for it.
  private boolean goesWithTheHost(int attribute) {
    return switch (study.attributes().get(attribute).role()) {
      case REGION, CLUSTER, SKU ->
          IntStream.range(0, crashes.size())
                  .map(r -> crashes.code(r, attribute))
                  .filter(code -> code >= 0)
                  .distinct()
                  .count()
              < 2;
      case HOST, NODE, RELEASE, KERNEL, MACHINE, UPTIME, TRAIT -> false;
    };
  }

  private int[] placed() {
    int[] cases = study.crashes().cases();
    int[] kept = new int[cases.length];
    int n = 0;
    for (int c : cases) {
      int stay = study.crashes().stay(c);
      if (stay >= 0 && time.cell(stay, study.crashes().at(c)) >= 0) kept[n++] = c;
    }
    return java.util.Arrays.copyOf(kept, n);
  }

  private Population placedCases() {
    int width = study.exposed();
    int[] codes = new int[placed.length * width];
    int[] day = new int[placed.length];
    for (int i = 0; i < placed.length; i++) {
      for (int a = 0; a < width; a++) codes[i * width + a] = study.crashes().code(placed[i], a);
      day[i] = crashes.day(placed[i]);
    }
    return new Population(width, codes, day);
  }

  private double[] baseline() {
    double[] others = new double[time.size()];
    for (Study.OtherCrashes each : study.others()) {
      int cell = time.cell(each.stay(), each.at());
      if (cell >= 0) others[cell] += each.count();
    }
    double[] mu =
        new RakedBaseline(
                groupings(), java.util.Arrays.copyOf(values(), study.exposed()), study.days())
            .expected(time.cells(), time.hours(), others);
    double sum = 0;
    for (double m : mu) sum += m;
    for (int i = 0; i < mu.length; i++) mu[i] = sum == 0 ? 0 : mu[i] * placed.length / sum;
    return mu;
  }

  private List<Grouping> groupings() {
    List<Grouping> groupings = new ArrayList<>();
    int sku = study.position(Exposure.Role.SKU);
    int cluster = study.position(Exposure.Role.CLUSTER);
    int release = study.position(Exposure.Role.RELEASE);
    if (sku >= 0) groupings.add(new Grouping.Weekly(sku));
    add(groupings, Exposure.Role.REGION);
    add(groupings, Exposure.Role.RELEASE);
    add(groupings, Exposure.Role.KERNEL);
    add(groupings, Exposure.Role.CLUSTER);
    add(groupings, Exposure.Role.UPTIME);
    if (cluster >= 0 && release >= 0) groupings.add(new Grouping.Both(cluster, release));
    add(groupings, Exposure.Role.HOST);
    return groupings;
  }

  private void add(List<Grouping> groupings, Exposure.Role role) {
    int at = study.position(role);
    if (at >= 0) groupings.add(new Grouping.By(at));
  }

  /// The families of a design: every attribute that is known often enough, pairs, onsets, and time
  /// alone.
  List<Family> families(Design design) {
    return switch (design) {
      case AgainstOtherCrashes crashes -> familiesOfCrashes;
      case AgainstHostTime hosts -> familiesOfHosts;
    };
  }

  private List<Family> searched(Design design) {
    List<Integer> alone = new ArrayList<>();
    List<Integer> onset = new ArrayList<>();
    for (int a = 0; a < design.attributes().size(); a++) {
      switch (study.attributes().get(a).role()) {
        case REGION, CLUSTER, SKU, KERNEL, HOST -> onset.add(a);
        case NODE -> alone.add(a);
        case RELEASE, MACHINE, UPTIME, TRAIT -> {}
      }
    }
    List<Family> families = new ArrayList<>();
    for (Family each : Families.usual(design.attributes(), design.rows(), alone, onset).families())
      if (tells(each)) families.add(each);
    families.add(new Family.Everybody());
    return families;
  }

  private boolean tells(Family family) {
    return switch (family) {
      case Family.Single(int a) -> !left.contains(a);
      case Family.Pair(int a, int b) -> !left.contains(a) && !left.contains(b);
      case Family.Onset(int a) -> !left.contains(a);
      case Family.Window(int a, int _) -> !left.contains(a);
      case Family.Everybody everybody -> true;
    };
  }

  /// The weight by which sets are compared with each other: host-time where there is any.
  double[] weight() {
    if (hostTime.isPresent()) return time.hours();
    double[] ones = new double[crashes.size()];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  Design broad() {
    return hostTime.<Design>map(d -> d).orElse(otherCrashes);
  }
}
