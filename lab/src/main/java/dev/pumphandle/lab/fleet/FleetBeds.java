package dev.pumphandle.lab.fleet;

import dev.pumphandle.lab.crash.Admission;
import dev.pumphandle.lab.crash.Patient;
import dev.pumphandle.lab.crash.Scenario;
import dev.pumphandle.lab.crash.Staging;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Real patients in a simulated fleet: each takes the place and time of a simulated crash of its
/// kind, which then is not told of. Stacks off by eight go to the bad host, races to where the race
/// struck, everything else to the background.
public final class FleetBeds implements Scenario {

  private static final List<String> TOLD =
      List.of("cloud_region", "k8s_cluster_name", "host_type", "os_version", "service_version");

  private final FleetYear year;
  private final Instant start;
  private final Set<String> taken = new HashSet<>();

  /// The beds of one fleet.
  ///
  /// @param start when its first day begins
  public FleetBeds(FleetYear year, Instant start) {
    this.year = year;
    this.start = start;
  }

  /// The simulated crashes whose places were given away, by `uri`.
  public Set<String> taken() {
    return Collections.unmodifiableSet(taken);
  }

  @Override
  public List<Admission> stage(List<Patient> patients) {
    taken.clear();
    Map<String, Deque<SimulatedCrash>> free = new HashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    // One of many, so that the beds lie all over the year.
    int every = 1 + year.plan().days() / 40;
    year.crashes(
        crash -> {
          int nth = seen.merge(crash.cause(), 1, Integer::sum);
          boolean background = crash.cause().equals("other");
          if (!background || nth % (every * 5) == 0)
            free.computeIfAbsent(crash.cause(), _ -> new ArrayDeque<>()).add(crash);
        });
    List<Admission> all = new ArrayList<>();
    for (Patient patient : patients) {
      Deque<SimulatedCrash> beds = free.getOrDefault(cause(patient), new ArrayDeque<>());
      if (beds.isEmpty()) beds = free.getOrDefault("other", new ArrayDeque<>());
      all.add(
          beds.isEmpty()
              ? Admission.unstaged(patient)
              : new Admission(patient, bed(beds.remove())));
    }
    return List.copyOf(all);
  }

  private static String cause(Patient patient) {
    if (patient.illness().startsWith("shift-")) return "bad-host";
    return patient.races() ? "race" : "other";
  }

  private Optional<Staging> bed(SimulatedCrash crash) {
    taken.add(crash.uri());
    TreeMap<String, String> facts = new TreeMap<>();
    for (String column : TOLD) {
      Object value = crash.facts().get(column);
      if (value != null) facts.put(column, value.toString());
    }
    String node = String.valueOf(crash.facts().get("k8s_node_name"));
    return Optional.of(new Staging(node, start.plusSeconds(crash.at()), facts));
  }
}
