package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.note.Note;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedCore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A core may end at any byte: a full disk, a killed upload, a ulimit.
class CutCoreTest {

  @Test
  void aCoreCutAtAnyByteIsReadAsFarAsItGoes() throws IOException {
    for (CoreForge forge : List.of(Patients.ordinary(), Patients.onArm())) {
      ForgedCore whole = forge.forge();
      List<Note> notes = CoreFile.open(new ForgedSource(whole)).notes();
      long tableEnd = whole.value("phdr[0].p_offset");
      for (long length = 0; length < whole.length(); length++) {
        Probing.Outcome outcome = Probing.probe(new ForgedSource(whole.cutAt(length)));
        if (length < tableEnd) {
          assertThat(outcome.refusal()).as("cut at %d", length).isPresent();
          assertThat(outcome.refusal().get())
              .isInstanceOf(length == 0 ? NotACoreException.class : TruncatedCoreException.class);
        } else {
          assertCut(outcome.core().orElseThrow(), notes, length, whole);
        }
      }
    }
  }

  private static void assertCut(CoreFile core, List<Note> notes, long length, ForgedCore whole) {
    assertThat(core.truncated()).as("cut at %d", length).isTrue();
    assertThat(core.anomalies()).extracting(Anomaly::kind).contains(Anomaly.Kind.FILE_CUT);
    long notesEnd = whole.value("phdr[0].p_offset") + whole.value("phdr[0].p_filesz");
    boolean notesCut = core.anomalies().stream().anyMatch(a -> a.kind() == Anomaly.Kind.NOTES_CUT);
    assertThat(notesCut).as("cut at %d", length).isEqualTo(length < notesEnd);
    // Every note that is whole is there, the same; at most one more is there in part.
    List<Note> before =
        notes.stream()
            .filter(note -> note.fileOffset() + note.contents().length() <= length)
            .toList();
    assertThat(core.notes().size()).isBetween(before.size(), before.size() + 1);
    assertThat(core.notes().subList(0, before.size())).isEqualTo(before);
  }

  @Test
  void aStatusWhoseRegistersAreWholeIsKeptThoughItsEndIsCut() throws IOException {
    ForgedCore whole = Patients.ordinary().forge();
    long registersEnd = whole.value("phdr[0].p_offset") + 20 + 328;
    CoreFile core = CoreFile.open(new ForgedSource(whole.cutAt(registersEnd)));

    assertThat(core.threads()).hasSize(1);
    assertThat(core.threads().getFirst().registers().sp()).isEqualTo(Patients.SP);
    assertThat(CoreFile.open(new ForgedSource(whole.cutAt(registersEnd - 1))).threads()).isEmpty();
  }
}
