package dev.pumphandle.lab.fleet;

import dev.pumphandle.lab.crash.Staging;
import dev.pumphandle.lab.forge.ForgedCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Core files for some of a simulated fleet's crashes, each with its sidecar: really built, byte by
/// byte, so that they must be collected like any other.
///
/// A core shows what its crash's facts say as far as a core can: which way it died, whether the
/// stack was off by eight, whether the unwinder was at work, and the function on top. A crash whose
/// name is taken already (the same upload twice within a second) leaves no second file.
public final class FleetCores {

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
  /// @param among who may be chosen
  /// @return the chosen ones' `uri`
  public Set<String> choose(int count, Predicate<SimulatedCrash> among) {
    return Choice.of(year, count, among);
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
    String node = crash.text("k8s_node_name");
    Staging staging = new Staging(node, start.plusSeconds(crash.at()), told);
    Path core =
        into.resolve(
            "core.%s.%d.%d.%s"
                .formatted(
                    FleetPatients.SERVICE, crash.pid(), staging.at().getEpochSecond(), node));
    if (Files.exists(core)) return core;
    for (Map.Entry<String, ForgedCore> build : FleetPatients.builds(crash).entrySet()) {
      Path file = symbols.resolve(build.getKey());
      if (Files.exists(file)) continue;
      Files.createDirectories(file.getParent());
      build.getValue().write(file);
    }
    FleetPatients.death(crash).patient().write(core);
    Files.writeString(into.resolve(core.getFileName() + ".json"), staging.sidecar());
    return core;
  }
}
