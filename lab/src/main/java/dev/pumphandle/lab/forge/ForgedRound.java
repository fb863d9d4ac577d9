package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.crash.Admission;
import dev.pumphandle.lab.crash.Patient;
import dev.pumphandle.lab.crash.Scenario;
import dev.pumphandle.lab.crash.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A population of forged cores for machines that cannot make real ones: the same story as the
/// crash lab's, played with paper.
///
/// Every label is there, a misaligned stack and the unwinder race often enough to be seen against
/// the background. Names, sidecars and truth
/// files are as the crash lab writes them; the sidecars say that the crash itself is forged too.
public final class ForgedRound {

  private static final String SERVICE = "courier";
  private static final int FIRST_PID = 20_000;
  private static final String NOTE = "core, host, time and release are all forged";

  private record Bed(Disease disease, Handler handler) {
    /// How the story's author knows it: by the crash lab's words.
    Patient patient() {
      String illness =
          switch (disease.label()) {
            case "misaligned-stack" -> "shift-" + disease.name();
            default -> disease.name();
          };
      String program = disease.label().equals("unwinder-race") ? Patient.ANY_RACE : SERVICE;
      return Patient.of(program, illness).with(handler.word());
    }
  }

  private ForgedRound() {}

  /// Writes the cores into a directory, each with its sidecar `<core>.json` and its truth
  /// `truth/<core>.json`.
  ///
  /// @return the cores, in the order of the story
  public static List<Path> write(Path into, Scenario story) throws IOException {
    Files.createDirectories(into.resolve("truth"));
    List<Bed> beds = beds();
    List<Admission> admissions = story.stage(beds.stream().map(Bed::patient).toList());
    List<Path> cores = new ArrayList<>();
    for (int i = 0; i < beds.size(); i++)
      cores.add(write(into, beds.get(i), FIRST_PID + i, staging(admissions.get(i))));
    return List.copyOf(cores);
  }

  private static Path write(Path into, Bed bed, int pid, Staging staging) throws IOException {
    String version = staging.facts().getOrDefault("service_version", "1.0");
    ForgedPatient patient =
        ForgedPatients.forge(bed.disease(), bed.handler(), SERVICE, version, pid, pid, true);
    String name =
        "core.%s.%d.%d.%s".formatted(SERVICE, pid, staging.at().getEpochSecond(), staging.host());
    Path core = into.resolve(name);
    patient.write(core);
    Files.writeString(into.resolve(name + ".json"), staging.sidecar());
    Files.writeString(into.resolve("truth").resolve(name + ".json"), patient.truth().json(name));
    return core;
  }

  private static Staging staging(Admission admission) {
    Staging told =
        admission
            .staging()
            .orElseGet(() -> new Staging("localhost", Instant.EPOCH, new TreeMap<>(Map.of())));
    TreeMap<String, String> facts = new TreeMap<>(told.facts());
    facts.put("staged_note", NOTE);
    return new Staging(told.host(), told.at(), facts);
  }

  private static List<Bed> beds() {
    List<Bed> beds = new ArrayList<>();
    for (Disease d : Disease.x86()) {
      int times =
          switch (d.label()) {
            case "misaligned-stack" -> 4;
            case "unwinder-race" -> 3;
            default -> 1;
          };
      Stream.generate(() -> new Bed(d, Handler.NONE)).limit(times).forEach(beds::add);
    }
    for (Disease d : Disease.x86())
      if (d.name().equals("null-field") || d.name().equals("return-to-null"))
        Handler.all().forEach(h -> beds.add(new Bed(d, h)));
    return beds;
  }
}
