package dev.pumphandle.app.investigate;

import dev.pumphandle.epi.investigation.DiseaseClass;
import dev.pumphandle.epi.investigation.Exposure;
import dev.pumphandle.epi.investigation.Finding;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.Investigation;
import dev.pumphandle.epi.investigation.InvestigationOptions;
import dev.pumphandle.epi.onset.Onset;
import dev.pumphandle.epi.scan.Verdict;
import dev.pumphandle.lab.fleet.FleetPlan;
import dev.pumphandle.lab.fleet.FleetYear;
import dev.pumphandle.lab.fleet.Planted;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.StudyReader;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One run of the founding story from simulation to findings, and what became of the planted
/// causes.
///
/// @param seed the seed of the fleet
/// @param host whether the bad host is a confirmed finding
/// @param populations how many populations were found
/// @param race whether one of them is spread out and told by its signs
/// @param onsetDays the onset of the host's population less the true one (days)
/// @param covered whether the true onset lies in the interval
/// @param blamed innocent functions, machine types and releases that are confirmed findings
record TwoDiseases(
    long seed,
    boolean host,
    int populations,
    boolean race,
    int onsetDays,
    boolean covered,
    List<String> blamed) {

  static TwoDiseases run(Path directory, FleetPlan plan, long seed) throws IOException {
    Workspace workspace = Workspace.init(directory);
    FleetYear year = new FleetYear(plan, seed);
    new SimulatedWorkspace(workspace, year).write();
    Findings findings = investigated(workspace, seed);
    return judged(seed, year.truth().getFirst(), findings);
  }

  static Findings investigated(Workspace workspace, long seed) throws IOException {
    try (LineList list = LineList.open(workspace)) {
      return Investigation.of(
          StudyReader.read(list, "control_arrived = 'returned'").study().orElseThrow(),
          InvestigationOptions.usual(seed, 2),
          _ -> {});
    }
  }

  private static TwoDiseases judged(long seed, Planted host, Findings findings) {
    List<Finding> confirmed =
        findings.findings().stream().filter(f -> f.verdict() == Verdict.CONFIRMED).toList();
    List<DiseaseClass> diseases =
        findings.classes().stream().filter(c -> c.kind() != DiseaseClass.Kind.UNRELATED).toList();
    int error = Integer.MAX_VALUE;
    boolean covered = false;
    for (DiseaseClass each : diseases)
      if (each.place().filter(f -> names(f, host.value())).isPresent()
          && each.onset() instanceof Onset.Began began) {
        error = began.start() - host.fromDay();
        covered = began.earliest() <= host.fromDay() && host.fromDay() <= began.latest();
      }
    return new TwoDiseases(
        seed,
        confirmed.stream().anyMatch(f -> names(f, host.value())),
        diseases.size(),
        diseases.stream()
            .anyMatch(c -> c.kind() == DiseaseClass.Kind.DIFFUSE && c.members().size() >= 30),
        error,
        covered,
        confirmed.stream()
            .filter(f -> !f.blames(Exposure.Role.HOST))
            .filter(
                f ->
                    f.blames(Exposure.Role.TRAIT)
                        || f.blames(Exposure.Role.SKU)
                        || f.blames(Exposure.Role.RELEASE))
            .map(Finding::words)
            .toList());
  }

  private static boolean names(Finding finding, String value) {
    return finding.conditions().stream().anyMatch(c -> c.value().equals(value));
  }

  String row() {
    return "| %d | %s | %d | %s | %+d | %s | %s |"
        .formatted(
            seed,
            host ? "yes" : "no",
            populations,
            race ? "yes" : "no",
            onsetDays,
            covered ? "yes" : "no",
            blamed.isEmpty() ? "nobody" : String.join(", ", blamed));
  }
}
