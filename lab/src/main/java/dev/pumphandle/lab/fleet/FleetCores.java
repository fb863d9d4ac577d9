package dev.pumphandle.lab.fleet;

import dev.pumphandle.lab.crash.Staging;
import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Core files for some of a simulated fleet's crashes, each with its sidecar: really built, byte by
/// byte, so that they must be collected like any other.
///
/// A core shows what its crash's facts say as far as a core can: which way it died, whether the
/// stack was off by eight, whether the unwinder was at work, and the function on top. A crash whose
/// name is taken already (the same upload twice within a second) leaves no second file.
public final class FleetCores {

  private static final String SERVICE = "courier";
  private static final String BUILD = "1.0";
  private static final String NOTE = "core, host, time and release are all simulated";

  private final FleetYear year;
  private final Instant start;

  /// Cores of one fleet.
  ///
  /// @param start when its first day begins
  public FleetCores(FleetYear year, Instant start) {
    this.year = year;
    this.start = start;
  }

  /// Chooses crashes: half of them of planted causes, where there are so many, the others evenly
  /// from the rest.
  ///
  /// @return the chosen ones' `uri`
  public Set<String> choose(int count) {
    List<String> planted = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Set<String> causes = new HashSet<>();
    year.truth().forEach(t -> causes.add(t.cause()));
    year.crashes(c -> (causes.contains(c.cause()) ? planted : others).add(c.uri()));
    Set<String> chosen = new HashSet<>(evenly(planted, count / 2));
    chosen.addAll(evenly(others, count - chosen.size()));
    chosen.addAll(evenly(planted, Math.max(0, count - chosen.size())));
    return chosen;
  }

  private static List<String> evenly(List<String> from, int count) {
    int take = Math.min(count, from.size());
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < take; i++) taken.add(from.get((int) ((long) i * from.size() / take)));
    return taken;
  }

  /// Writes one core and its sidecar `<core>.json`, and the program that it is a core of.
  ///
  /// @param symbols a directory of debug files; each simulated function is a build of its own, all
  ///     releases share it
  /// @return the core
  public Path write(Path into, Path symbols, SimulatedCrash crash) throws IOException {
    TreeMap<String, String> told = new TreeMap<>(Map.of("staged_note", NOTE));
    for (String column :
        List.of("cloud_region", "k8s_cluster_name", "host_type", "os_version", "service_version")) {
      Object value = crash.facts().get(column);
      if (value != null) told.put(column, value.toString());
    }
    String node = text(crash, "k8s_node_name");
    Staging staging = new Staging(node, start.plusSeconds(crash.at()), told);
    Path core =
        into.resolve(
            "core.%s.%d.%d.%s"
                .formatted(SERVICE, crash.pid(), staging.at().getEpochSecond(), node));
    if (Files.exists(core)) return core;
    ForgedPatient patient =
        ForgedPatients.forge(
            disease(crash),
            SERVICE,
            BUILD,
            Math.toIntExact(crash.pid()),
            crash.uri().hashCode(),
            called(crash),
            text(crash, "top_word_in"));
    for (Map.Entry<String, ForgedCore> build :
        ForgedPatients.builds(SERVICE, BUILD, called(crash)).entrySet()) {
      Path file = symbols.resolve(build.getKey());
      if (Files.exists(file)) continue;
      Files.createDirectories(file.getParent());
      build.getValue().write(file);
    }
    patient.write(core);
    Files.writeString(into.resolve(core.getFileName() + ".json"), staging.sidecar());
    return core;
  }

  private static String text(SimulatedCrash crash, String column) {
    Object value = crash.facts().get(column);
    return value == null ? "" : value.toString();
  }

  private static boolean has(SimulatedCrash crash, String column, Object value) {
    return value.equals(crash.facts().get(column));
  }

  private static String disease(SimulatedCrash crash) {
    if (has(crash, "control_arrived", "returned")) {
      if (has(crash, "unwinder_at_work", true))
        return has(crash, "exception_object", true)
            ? "unwinder-race-confirmed"
            : "unwinder-race-probable";
      if (has(crash, "stack_alignment", "shifted-8")) return "lopsided-return";
      if (has(crash, "signal_code", 128)) return "return-to-noncanonical";
      return has(crash, "target", 0L) ? "return-to-null" : "return-to-heap";
    }
    if (has(crash, "signal_number", 6))
      return crash.facts().containsKey("abort_message") ? "double-free" : "abort";
    return crash.facts().get("fault_address") instanceof Long address && address < 4096
        ? "null-field"
        : "wild-store";
  }

  // The function that the forge has on top for this way to die, under the simulated one's name.
  private static Map<String, String> called(SimulatedCrash crash) {
    String signature = text(crash, "signature");
    String function = signature.substring(signature.lastIndexOf('|') + 1).strip();
    String way =
        switch (disease(crash)) {
          case "unwinder-race-confirmed", "unwinder-race-probable", "lopsided-return" -> "dispatch";
          case "return-to-noncanonical" -> "smashed";
          case "return-to-null", "return-to-heap" -> "serve";
          case "double-free" -> "free_twice";
          case "abort" -> "give_up";
          case "null-field" -> "load_field";
          default -> "store_word";
        };
    return Map.of(way, function);
  }
}
