package dev.pumphandle.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import dev.pumphandle.lab.forge.HostileFile;
import dev.pumphandle.lab.forge.HostileFiles;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever an object holds, its examination ends soon, in one row that says what it is.
class HostileObjectsTest {

  /// What the project promises; the assertion is ten times that, for machines that are busy.
  private static final long PROMISED_NANOS = 1_000_000_000L;

  private static final Examination EXAMINATION =
      new Examination(Executables.NONE, ObjectName.usual(), false, "test");

  @Test
  @Tag("slow")
  void everyHostileFileEndsAsARow() {
    List<String> wrong = new ArrayList<>();
    try (Stream<HostileFile> files = HostileFiles.all()) {
      files.forEach(file -> judge(file.name(), file.core().bytes(), wrong));
    }
    assertThat(wrong).isEmpty();
  }

  private static void judge(String name, byte[] bytes, List<String> wrong) {
    long began = System.nanoTime();
    CaseRow row;
    try {
      row = EXAMINATION.of(Specimens.of(name, bytes));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      wrong.add(name + " threw " + e);
      return;
    }
    long nanos = System.nanoTime() - began;
    if (nanos > 10 * PROMISED_NANOS) {
      wrong.add(name + " took " + nanos / 1_000_000 + " ms");
    }
    String state = row.get(IdentityColumns.READ_STATE).orElse("none");
    String problem = row.get(IdentityColumns.READ_PROBLEM).orElse("");
    boolean explained =
        state.equals("complete")
            || (problem.contains(name) && problem.length() > name.length() + 10);
    if (!List.of("complete", "truncated", "refused", "unreadable").contains(state) || !explained) {
      wrong.add(name + " is " + state + ": " + problem);
    }
    if (problem.contains("a bug of ours")) {
      wrong.add(name + ": " + problem);
    }
  }

  @Test
  void whatACutCoreStillTellsIsWhatTheWholeOneTells() {
    List<Column<?>> facts =
        List.of(
            SignalColumns.SIGNAL_NUMBER,
            SignalColumns.SIGNAL_CODE,
            FaultColumns.FAULT_PC,
            FaultColumns.FAULT_SP,
            ControlColumns.CONTROL_ARRIVED,
            ControlColumns.STACK_ALIGNMENT);
    List<String> wrong = new ArrayList<>();
    for (ForgedPatient patient : ForgedPatients.all()) {
      byte[] whole = patient.bytes();
      CaseRow all = EXAMINATION.of(Specimens.of(patient.name(), whole));
      // Where a handler has run, the frame that tells the fault may be in the part that is missing.
      boolean handled = !patient.truth().handler().equals("none");
      for (int length = whole.length - 1;
          length > 64 && !handled;
          length -= whole.length / 24 + 1) {
        CaseRow cut = EXAMINATION.of(Specimens.of(patient.name(), Arrays.copyOf(whole, length)));
        for (Column<?> fact : facts) {
          Optional<?> said = cut.value(fact);
          if (said.isPresent()
              && !said.equals(all.value(fact))
              && !said.equals(Optional.of("unknown"))) {
            wrong.add(
                patient.name()
                    + " cut at "
                    + length
                    + ": "
                    + fact.name()
                    + " "
                    + said
                    + ", truly "
                    + all.value(fact));
          }
        }
        assertThat(cut.get(IdentityColumns.READ_STATE).orElse("")).isNotEqualTo("complete");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aFileThatMayNotBeReadSaysSo() {
    Specimen closed =
        Specimens.of(
            "core",
            7,
            () -> {
              throw new AccessDeniedException("/var/crash/core");
            },
            Optional.empty());
    assertThat(EXAMINATION.of(closed).get(IdentityColumns.READ_PROBLEM).orElse(""))
        .endsWith("/var/crash/core: permission denied");
  }
}
