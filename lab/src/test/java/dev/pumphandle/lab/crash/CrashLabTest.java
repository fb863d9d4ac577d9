package dev.pumphandle.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The observer's truth against how the patients were built. No core is read here.
class CrashLabTest {

  private static final Path CACHE = Path.of("target", "crash-lab");

  @TempDir Path ward;

  private static CrashLab labFor(List<Patient> round) throws Exception {
    Readiness readiness = CrashLab.open(CACHE, round);
    if (readiness instanceof Readiness.NotReady not)
      assumeTrue(false, "no crash lab here: " + not.why());
    return ((Readiness.Ready) readiness).lab();
  }

  private static JsonNode truth(Outcome outcome) throws IOException {
    assertThat(outcome).isInstanceOf(Outcome.Died.class);
    return new ObjectMapper().readTree(((Outcome.Died) outcome).truth().toFile());
  }

  private static long hex(JsonNode number) {
    return Long.parseUnsignedLong(number.asText().substring(2), 16);
  }

  private static long register(JsonNode truth, String name) {
    return hex(truth.get("registers").get(name));
  }

  private JsonNode die(Patient patient) throws Exception {
    List<Patient> round = List.of(patient);
    return truth(labFor(round).run(Scenario.none().stage(round), ward, _ -> {}).getFirst());
  }

  @Test
  void aReturnToNullHasRipZeroAndItsPoppedSlotStandsBelowAnAlignedStack() throws Exception {
    JsonNode truth = die(Patient.of("patient-O2", "return-null").with("raise"));
    assertThat(truth.get("label").asText()).isEqualTo("return-to-null");
    assertThat(truth.get("signal").asInt()).isEqualTo(11);
    assertThat(register(truth, "rip")).isZero();
    assertThat(register(truth, "rsp") % 16).isZero();
    assertThat(hex(truth.get("stack").get(15))).as("word[rsp-8]").isZero();
  }

  @Test
  void aShiftedReturnTakesTheNeighboursWordAndLeavesTheStackOddlyAligned() throws Exception {
    for (String illness : List.of("shift-low-small", "shift-high-small")) {
      JsonNode truth = die(Patient.of("patient-O2", illness));
      assertThat(register(truth, "rip")).isEqualTo(0xa8);
      assertThat(Math.floorMod(register(truth, "rsp"), 16)).isEqualTo(8);
      assertThat(hex(truth.get("stack").get(15))).as("word[rsp-8]").isEqualTo(0xa8);
    }
  }

  @Test
  void aReturnToANonCanonicalWordStopsAtTheReturnItself() throws Exception {
    JsonNode truth = die(Patient.of("patient-O2", "return-noncanonical"));
    assertThat(truth.get("code").asInt()).isEqualTo(128);
    assertThat(hex(truth.get("address"))).isZero();
    assertThat(truth.get("code_bytes_from").asText()).isNotEmpty();
    assertThat(hex(truth.get("stack").get(16))).as("word[rsp]").isEqualTo(0xdeadbeefcafef00dL);
  }

  @Test
  void theTruthIsTheFirstFaultWhateverTheHandlerDoesAfterwards() throws Exception {
    List<Patient> round =
        Rounds.HANDLERS.stream()
            .map(
                h ->
                    Patient.of("patient-O2", "null-offset").with(h).among(13, Patient.Place.THREAD))
            .toList();
    List<Outcome> outcomes = labFor(round).run(Scenario.none().stage(round), ward, _ -> {});
    for (Outcome outcome : outcomes) {
      JsonNode truth = truth(outcome);
      String handler = truth.get("handler").asText();
      assertThat(truth.get("code").asInt()).as(handler).isEqualTo(1);
      assertThat(hex(truth.get("address"))).as(handler).isEqualTo(0x18);
      assertThat(truth.get("threads").asInt()).as(handler).isEqualTo(13);
      assertThat(truth.get("tid").asInt()).as(handler).isNotEqualTo(truth.get("pid").asInt());
      assertThat(truth.get("death_signal").asInt())
          .as(handler)
          .isEqualTo(handler.contains("abort") ? 6 : 11);
    }
  }

  @Test
  void aRaceIsWonByInjectingTheAlarmBehindTheLoadOfTheStackPointer() throws Exception {
    JsonNode truth = die(Patient.of(Patient.ANY_RACE, "race-1"));
    assertThat(truth.get("label").asText()).isEqualTo("unwinder-race");
    assertThat(truth.get("injections").asInt()).isEqualTo(1);
    assertThat(register(truth, "rip")).isNotEqualTo(hex(truth.get("intended_pc")));
  }

  @Test
  void theStagedPartOfACaseSaysThatItIsStaged() throws Exception {
    List<Patient> round = List.of(Patient.of("patient-O2", "shift-low-small"));
    OneBadHost story = OneBadHost.endingOn(LocalDate.of(2025, 6, 14));
    Outcome outcome = labFor(round).run(story.stage(round), ward, _ -> {}).getFirst();
    assertThat(outcome).isInstanceOf(Outcome.Died.class);
    Outcome.Died died = (Outcome.Died) outcome;
    JsonNode sidecar = new ObjectMapper().readTree(died.sidecar().orElseThrow().toFile());
    assertThat(sidecar.get("staged").asBoolean()).isTrue();
    assertThat(sidecar.get("k8s_node_name").asText()).isEqualTo(OneBadHost.BAD_HOST);
    assertThat(died.core().getFileName().toString())
        .startsWith("core.patient-O2.")
        .endsWith("." + OneBadHost.BAD_HOST);
  }

  @Test
  @Tag("slow")
  void everyPatientOfTheFullRoundDiesAsItWasBuilt() throws Exception {
    List<Patient> round = new ArrayList<>(Rounds.full());
    if (!Files.isExecutable(Path.of("/usr/bin/gdb"))) round.removeIf(Patient::healthy);
    assertThat(round).hasSizeGreaterThanOrEqualTo(250);
    CrashLab lab = labFor(round);
    List<String> wrong = new ArrayList<>();
    for (Outcome outcome : lab.run(Scenario.none().stage(round), ward, _ -> {})) {
      switch (outcome) {
        case Outcome.Failed failed -> wrong.add(failed.why());
        case Outcome.Died _ -> Construction.faults(truth(outcome)).forEach(wrong::add);
      }
    }
    assertThat(wrong).isEmpty();
    try (Stream<Path> left = Files.list(ward)) {
      assertThat(left.filter(p -> p.getFileName().toString().startsWith(".ward"))).isEmpty();
    }
  }

  @Test
  void theListOfIllnessesIsThePrograms() throws Exception {
    CrashLab lab = labFor(List.of());
    Command listed =
        Command.run(
            ward,
            Duration.ofSeconds(10),
            List.of(lab.executables().resolve("patient-O2").toString(), "--list"));
    assertThat(listed.output().lines().map(l -> l.substring(0, l.indexOf('\t'))))
        .containsExactlyElementsOf(Rounds.ILLNESSES);
  }
}
