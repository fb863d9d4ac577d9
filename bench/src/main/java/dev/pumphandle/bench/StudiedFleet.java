package dev.pumphandle.bench;

import dev.pumphandle.app.investigate.SimulatedWorkspace;
import dev.pumphandle.epi.investigation.Study;
import dev.pumphandle.lab.fleet.FleetPlan;
import dev.pumphandle.lab.fleet.FleetYear;
import dev.pumphandle.lab.fleet.Planted;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.StudyReader;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A simulated fleet, written to disk and read back as an investigation reads it, with the truth of
/// each of its crashes.
///
/// @param study what an investigation gets
/// @param truth what was planted
/// @param causes the true cause of each crash of the study, in its order
record StudiedFleet(Study study, List<Planted> truth, List<String> causes) {

  private static final String QUESTION = "control_arrived = 'returned'";

  static StudiedFleet of(FleetPlan plan, long seed) throws IOException {
    Path directory = Files.createTempDirectory("pumphandle-bench");
    try {
      Workspace workspace = Workspace.init(directory.resolve("fleet"));
      FleetYear year = new FleetYear(plan, seed);
      new SimulatedWorkspace(workspace, year).write();
      try (LineList list = LineList.open(workspace)) {
        Study study = StudyReader.read(list, QUESTION).study().orElseThrow();
        return new StudiedFleet(study, year.truth(), causes(workspace, list));
      }
    } finally {
      delete(directory);
    }
  }

  private static List<String> causes(Workspace workspace, LineList list) throws IOException {
    Map<String, String> byCase = new HashMap<>();
    for (String line :
        Files.readAllLines(workspace.root().resolve("truth").resolve("causes.tsv"))) {
      int tab = line.indexOf('\t');
      byCase.put(line.substring(0, tab), line.substring(tab + 1));
    }
    List<String> causes = new ArrayList<>();
    try (Answer answer = list.ask("SELECT case_id FROM study_crashes ORDER BY at_s, case_id")) {
      while (answer.next()) {
        causes.add(byCase.getOrDefault(answer.value(0).orElseThrow().toString(), ""));
      }
    }
    return causes;
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
  }
}
