package dev.pumphandle.fieldwork.fleet;

import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All that files say of one node name, put together: stretches that do not overlap, each with what
/// is known of it.
///
/// Where files disagree, what began later holds, for it was written with the earlier one in force;
/// where both begin at once nobody knows, and the value is left empty. Every disagreement is
/// reported
/// once. The result does not depend on the order of the reports.
public final class NodeTimeline {

  private static final String CLUSTER = HostColumns.CLUSTER.name();

  private static final Comparator<HostReport> IN_TIME =
      Comparator.comparing(HostReport::from)
          .thenComparing(HostReport::to)
          .thenComparing(HostReport::source)
          .thenComparingLong(HostReport::line)
          .thenComparing(report -> new TreeMap<>(report.values()).toString());

  private static final Comparator<Stretch> BY_BEGIN =
      Comparator.comparing(Stretch::from)
          .thenComparing(Stretch::to)
          .thenComparing(Stretch::place)
          .thenComparing(stretch -> new TreeMap<>(stretch.values()).toString());

  private final String node;
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();

  private NodeTimeline(String node) {
    this.node = node;
  }

  /// Puts together what is said of one node name.
  ///
  /// @param node the name
  /// @param reports all reports of it, in any order
  /// @param widest the longest time between two sightings that is bridged
  public static NodeTimeline of(String node, List<HostReport> reports, Duration widest) {
    NodeTimeline timeline = new NodeTimeline(node);
    for (List<HostReport> each : byCluster(reports)) {
      timeline.add(each, widest);
    }
    timeline.stretches.sort(BY_BEGIN);
    return timeline;
  }

  /// What is known, in order of time. Stretches of one cluster never overlap.
  public List<Stretch> stretches() {
    return List.copyOf(stretches);
  }

  /// Where files disagree.
  public List<Conflict> conflicts() {
    return List.copyOf(conflicts);
  }

  /// The node's name.
  public String node() {
    return node;
  }

  // Two clusters may use one name. Only then are reports kept apart, and those that name no cluster
  // from both: where there is one cluster, a report that does not name it means it.
  private static List<List<HostReport>> byCluster(List<HostReport> reports) {
    Map<String, List<HostReport>> named =
        reports.stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.values().getOrDefault(CLUSTER, ""), TreeMap::new, Collectors.toList()));
    List<String> clusters = named.keySet().stream().filter(name -> !name.isEmpty()).toList();
    return clusters.size() == 1
        ? List.of(reports.stream().map(r -> in(clusters.getFirst(), r)).toList())
        : List.copyOf(named.values());
  }

  private static HostReport in(String cluster, HostReport report) {
    if (report.values().containsKey(CLUSTER)) {
      return report;
    }
    Map<String, String> values = new TreeMap<>(report.values());
    values.put(CLUSTER, cluster);
    return report.with(values);
  }

  private void add(List<HostReport> reports, Duration widest) {
    List<Stretch> said = new ArrayList<>();
    Map<String, List<HostReport>> streams =
        reports.stream()
            .filter(r -> r.basis() == Basis.SEEN)
            .sorted(IN_TIME)
            .collect(Collectors.groupingBy(HostReport::stream, TreeMap::new, Collectors.toList()));
    Sightings sightings = new Sightings(widest, conflicts);
    streams.values().forEach(seen -> said.addAll(sightings.stretches(seen)));
    reports.stream()
        .filter(r -> r.basis() == Basis.ASSERTED)
        .map(Stretch::of)
        .distinct()
        .forEach(said::add);
    said.sort(BY_BEGIN);
    overlay(said);
  }

  private void overlay(List<Stretch> said) {
    TreeSet<Instant> ends = new TreeSet<>();
    said.forEach(each -> ends.add(each.from()));
    said.forEach(each -> ends.add(each.to()));
    List<Stretch> live = new ArrayList<>();
    Set<Object> told = new HashSet<>();
    Optional<Instant> begin = Optional.empty();
    Optional<Stretch> last = Optional.empty();
    int next = 0;
    for (Instant end : ends) {
      if (begin.isPresent() && !live.isEmpty()) {
        Stretch piece =
            new Stretch(begin.get(), end, resolved(live, told), live.getFirst().place());
        if (last.isPresent() && last.get().goesOnIn(piece)) {
          last = Optional.of(last.get().until(end));
        } else {
          last.ifPresent(stretches::add);
          last = Optional.of(piece);
        }
      }
      live.removeIf(each -> !each.to().isAfter(end));
      while (next < said.size() && !said.get(next).from().isAfter(end)) {
        live.add(said.get(next++));
      }
      begin = Optional.of(end);
    }
    last.ifPresent(stretches::add);
  }

  private Map<String, String> resolved(List<Stretch> live, Set<Object> told) {
    Map<String, Stretch> holder = new TreeMap<>();
    Set<String> unknown = new HashSet<>();
    // In order of begin, so that who comes later holds.
    for (Stretch each : live) {
      for (Map.Entry<String, String> value : each.values().entrySet()) {
        String column = value.getKey();
        Stretch before = holder.get(column);
        if (before != null && !value.getValue().equals(before.values().get(column))) {
          boolean atOnce = before.from().equals(each.from());
          if (atOnce) {
            unknown.add(column);
          } else {
            unknown.remove(column);
          }
          if (told.add(List.of(column, before, each))) {
            conflicts.add(conflict(column, before, each, atOnce));
          }
        }
        if (before == null || before.from().isBefore(each.from())) {
          holder.put(column, each);
          unknown.remove(column);
        }
      }
    }
    Map<String, String> values = new TreeMap<>();
    holder.forEach((column, each) -> values.put(column, each.values().get(column)));
    values.keySet().removeAll(unknown);
    return values;
  }

  private Conflict conflict(String column, Stretch before, Stretch later, boolean atOnce) {
    String one = before.values().getOrDefault(column, "");
    String other = later.values().getOrDefault(column, "");
    return new Conflict(
        node, column, later.from(), one, before.place(), other, later.place(), atOnce ? "" : other);
  }
}
