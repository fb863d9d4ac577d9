package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import dev.pumphandle.lab.forge.HostileFile;
import dev.pumphandle.lab.forge.HostileFiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every patient and every hostile file that the forger knows.
class ForgedPopulationTest {

  @Test
  void everyPatientIsOpenedAndCounted() throws IOException {
    for (ForgedPatient patient : ForgedPatients.all()) {
      CoreFile core = CoreFile.open(new ForgedSource(patient.name(), patient.core()));
      assertThat(core.threads()).as(patient.name()).hasSize(patient.truth().threads());
      assertThat(core.processInfo().orElseThrow().pid())
          .as(patient.name())
          .isEqualTo(patient.truth().pid());
      assertThat(core.anomalies()).as(patient.name()).isEmpty();
      assertThat(core.dyingThread().isPresent())
          .as(patient.name())
          .isEqualTo(patient.truth().signal() != 0);
    }
  }

  @Test
  @Tag("slow")
  void everyHostileFileEndsAsACoreOrANamedRefusal() throws IOException {
    List<HostileFile> files = HostileFiles.all().toList();
    assertThat(files).hasSizeGreaterThan(460);
    for (HostileFile file : files) {
      try {
        Probing.probe(new ForgedSource(file.name(), file.core()));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(file.name(), e);
      }
    }
  }

  @Test
  void filesOfOtherKindsAreNeverTakenForDeadThreads() throws IOException {
    for (HostileFile file : HostileFiles.otherKinds().toList()) {
      Probing.Outcome outcome = Probing.probe(new ForgedSource(file.name(), file.core()));
      if (file.name().equals("elf-version-2") || file.name().startsWith("core-not-compressed")) {
        // The format has only ever had one version, and names are the stores' business: no reasons
        // to lose a core.
        assertThat(outcome.core()).as(file.name()).isPresent();
      } else if (outcome.core().isPresent()) {
        // Headers of a core, and nothing behind them that a core would have: it must say so.
        assertThat(outcome.core().get().threads()).as(file.name()).isEmpty();
        assertThat(outcome.core().get().anomalies()).as(file.name()).isNotEmpty();
      }
    }
  }
}
