package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.loaded.LoadedFiles;
import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import dev.pumphandle.lab.forge.Truth;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the reader says about a forged patient is what the forger knows.
class ForgedCoreTest {

  static Stream<ForgedPatient> patients() {
    return ForgedPatients.all().stream();
  }

  @ParameterizedTest
  @MethodSource("patients")
  void headersNotesAndFilesAreThoseOfThePatient(ForgedPatient patient) throws Exception {
    Truth truth = patient.truth();
    try (ByteSource source = new ForgedSource(patient.name(), patient.core())) {
      CoreFile core = CoreFile.open(source);
      assertThat(core.anomalies()).isEmpty();
      assertThat(core.truncated()).isFalse();
      assertThat(core.threads()).hasSize(truth.threads());
      assertThat(core.threads()).extracting(CoreThread::tid).contains(truth.tid());
      assertThat(core.processInfo().orElseThrow().name()).contains(truth.program());
      assertThat(core.dyingThread().isPresent()).isEqualTo(truth.signal() != 0);
      LoadedFiles files = LoadedFiles.of(core);
      assertThat(files.list()).allMatch(f -> f.buildId().isPresent());
      assertThat(files.main().flatMap(LoadedFile::path))
          .contains("/opt/%1$s/bin/%1$s".formatted(truth.program()));
      assertThat(files.vdso()).isPresent();
      assertThat(LoadedFiles.linkMapOf(core).entries()).hasSameSizeAs(files.list());
    }
  }

  @ParameterizedTest
  @MethodSource("patients")
  void withoutAHandlerTheRegistersOfTheDyingThreadAreThoseOfTheFault(ForgedPatient patient)
      throws Exception {
    Truth truth = patient.truth();
    boolean direct = truth.handler().equals("none") || truth.handler().equals("raise-alt");
    if (!direct || truth.signal() == 0) return;
    CoreFile core = CoreFile.open(new ForgedSource(patient.name(), patient.core()));
    assertThat(core.dyingThread().orElseThrow().registers().all())
        .containsAllEntriesOf(truth.registers());
  }
}
