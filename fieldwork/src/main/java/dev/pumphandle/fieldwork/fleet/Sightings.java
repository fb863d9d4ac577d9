package dev.pumphandle.fieldwork.fleet;

import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One stream of sightings of one node, as stretches.
///
/// Between two sightings that follow each other closely the node lived with what both say. Three
/// facts
/// reach further: a node of another unique id or birth is another machine, and nothing joins the
/// two; a
/// node lived since it was made; and one boot is one stretch of life with one kernel.
final class Sightings {

  private static final String UID = HostColumns.NODE_UID.name();
  private static final String BORN = HostColumns.STARTED_AT.name();
  private static final String BOOT = HostColumns.BOOT_ID.name();

  /// What cannot change while a node lives.
  private static final Set<String> OF_A_LIFE =
      Set.of(
          UID,
          BORN,
          "k8s_cluster_name",
          "cloud_provider",
          "cloud_region",
          "cloud_availability_zone",
          "host_type",
          "host_arch",
          "host_id");

  /// What cannot change while one boot lasts. The physical host can: virtual machines move while
  /// they run; and so can the microcode.
  private static final Set<String> OF_A_BOOT =
      Set.of(
          UID,
          BORN,
          BOOT,
          "k8s_cluster_name",
          "cloud_provider",
          "cloud_region",
          "cloud_availability_zone",
          "host_type",
          "host_arch",
          "host_id",
          "os_version",
          "os_description");

  private final Duration widest;
  private final List<Conflict> conflicts;

  /// @param widest the longest time between two sightings that is bridged
  /// @param conflicts where conflicts are put
  Sightings(Duration widest, List<Conflict> conflicts) {
    this.widest = widest;
    this.conflicts = conflicts;
  }

  /// The stretches, in order.
  ///
  /// @param seen sightings of one node and one stream, in order of time
  List<Stretch> stretches(List<HostReport> seen) {
    List<Stretch> stretches = new ArrayList<>();
    Optional<HostReport> before = Optional.empty();
    for (HostReport next : atOnce(seen)) {
      between(before, next).ifPresent(each -> join(stretches, each));
      boolean dense = Duration.ofSeconds(next.spacing()).compareTo(widest) <= 0;
      if (dense && next.from().isBefore(next.to())) {
        join(stretches, Stretch.of(next));
      }
      before = Optional.of(next);
    }
    return stretches;
  }

  private Optional<Stretch> between(Optional<HostReport> before, HostReport next) {
    if (before.isPresent() && sameMachine(before.get().values(), next.values())) {
      HostReport last = before.get();
      if (!last.to().isBefore(next.from())) {
        return Optional.empty();
      }
      Map<String, String> agreed = Stretch.agreed(last.values(), next.values());
      if (Duration.between(last.to(), next.from()).compareTo(widest) <= 0) {
        return Optional.of(new Stretch(last.to(), next.from(), agreed, last.place()));
      }
      if (agreed.containsKey(BOOT)) {
        agreed.keySet().retainAll(OF_A_BOOT);
        return Optional.of(new Stretch(last.to(), next.from(), agreed, last.place()));
      }
      return Optional.empty();
    }
    return sinceBirth(before, next);
  }

  private Optional<Stretch> sinceBirth(Optional<HostReport> before, HostReport next) {
    String born = next.values().get(BORN);
    if (born == null) {
      return Optional.empty();
    }
    Instant birth = Instant.parse(born);
    boolean follows = before.isEmpty() || !birth.isBefore(before.get().to());
    boolean near = Duration.between(birth, next.from()).compareTo(widest) <= 0;
    if (!follows || !near || !birth.isBefore(next.from())) {
      return Optional.empty();
    }
    Map<String, String> lasting = new TreeMap<>(next.values());
    lasting.keySet().retainAll(OF_A_LIFE);
    return Optional.of(new Stretch(birth, next.from(), lasting, next.place()));
  }

  private static boolean sameMachine(Map<String, String> one, Map<String, String> other) {
    for (String fact : List.of(UID, BORN, HostColumns.HOST_ID.name())) {
      String here = one.get(fact);
      String there = other.get(fact);
      if (here != null && there != null && !here.equals(there)) {
        return false;
      }
    }
    return true;
  }

  private static void join(List<Stretch> stretches, Stretch next) {
    if (!stretches.isEmpty() && stretches.getLast().goesOnIn(next)) {
      stretches.set(stretches.size() - 1, stretches.getLast().until(next.to()));
    } else {
      stretches.add(next);
    }
  }

  /// Sightings of the same moment become one; what they disagree about is left empty.
  private List<HostReport> atOnce(List<HostReport> seen) {
    List<HostReport> one = new ArrayList<>();
    for (HostReport next : seen) {
      if (!one.isEmpty()
          && one.getLast().from().equals(next.from())
          && one.getLast().to().equals(next.to())) {
        one.set(one.size() - 1, merged(one.getLast(), next));
      } else {
        one.add(next);
      }
    }
    return one;
  }

  private HostReport merged(HostReport one, HostReport other) {
    Map<String, String> values = new TreeMap<>(one.values());
    for (Map.Entry<String, String> each : other.values().entrySet()) {
      String here = one.values().get(each.getKey());
      if (here == null) {
        values.put(each.getKey(), each.getValue());
      } else if (!here.equals(each.getValue())) {
        values.remove(each.getKey());
        conflicts.add(
            new Conflict(
                one.node(),
                each.getKey(),
                one.from(),
                here,
                one.place(),
                each.getValue(),
                other.place(),
                ""));
      }
    }
    return one.with(values);
  }
}
