package dev.pumphandle.corefile.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.Anomaly;
import dev.pumphandle.corefile.AnomalyLog;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Patients;
import dev.pumphandle.lab.forge.Blob;
import dev.pumphandle.lab.forge.ForgedNote;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteSectionTest {

  private final AnomalyLog anomalies = new AnomalyLog();
  private final NoteSection section = new NoteSection(Machine.X86_64, "a.core", anomalies);

  private static ByteView view(Blob blob) {
    return ByteView.of(blob.toArray());
  }

  private static Blob note(String owner, int type, int bytes) {
    return new ForgedNote(owner, type, new Blob().zeros(bytes)).blob();
  }

  @Test
  void notesArePaddedToFourBytesWhateverTheAlignmentFieldSays() throws IOException {
    // PRSTATUS has 336 bytes, PRPSINFO 136, but FILE may have any number: with steps of 8 all after
    // it would be lost.
    for (long align : new long[] {0, 1, 4, 8, 4096}) {
      var core =
          Patients.ordinary().note(odd(1)).note(odd(5)).forge().patch("phdr[0].p_align", align);
      assertThat(CoreFile.open(new ForgedSource(core)).notes(UnknownNote.class)).hasSize(2);
    }
  }

  private static ForgedNote odd(int bytes) {
    return new ForgedNote("ABCDE", bytes, new Blob().zeros(bytes));
  }

  @Test
  void notesOfOddSizesFollowEachOther() {
    Blob notes = note("A", 1, 1).append("", note("BC", 2, 2)).append("", note("", 3, 3));
    ByteView view = view(notes);

    assertThat(section.walk(view, 100, view.length())).isEqualTo(view.length());
    assertThat(section.notes())
        .extracting(note -> note.owner() + note.type() + "/" + note.contents().length())
        .containsExactly("A1/1", "BC2/2", "3/3");
    assertThat(section.notes().getFirst().fileOffset()).isEqualTo(116);
  }

  @Test
  void anOwnerWithoutItsNulIsKnownAllTheSame() {
    Blob bare = new Blob().u32(4).u32(136).u32(3).bytes(new byte[] {'C', 'O', 'R', 'E'}).zeros(136);
    section.walk(view(bare), 0, bare.size());
    assertThat(section.notes()).hasOnlyElementsOfType(PrPsInfo.class);
  }

  @Test
  void theSameNumberOfAnotherOwnerIsAnotherNote() {
    Blob notes = note("GNU", 3, 136).append("", note("LINUX", 1, 400));
    section.walk(view(notes), 0, notes.size());
    assertThat(section.notes()).hasOnlyElementsOfType(UnknownNote.class).hasSize(2);
    assertThat(anomalies.all("a.core")).isEmpty();
  }

  @Test
  void theLastNotesPaddingMayBeMissing() {
    byte[] bytes = note("A", 1, 5).toArray();
    ByteView cut = ByteView.ofOwned(bytes, bytes.length - 3);
    section.walk(cut, 0, cut.length());
    assertThat(section.notes()).hasSize(1);
    assertThat(anomalies.all("a.core")).isEmpty();
  }

  @Test
  void sizesThatReachPastTheEndStopTheWalk() {
    for (long[] sizes : List.of(new long[] {0xffff_ffffL, 0}, new long[] {0, 0xffff_ffffL})) {
      NoteSection lying = new NoteSection(Machine.X86_64, "a.core", anomalies);
      Blob notes = new Blob().u32(sizes[0]).u32(sizes[1]).u32(1).zeros(64);
      lying.walk(view(notes), 0x40, notes.size());
      assertThat(lying.stopped()).isTrue();
      assertThat(lying.notes()).isEmpty();
    }
    assertThat(anomalies.all("a.core"))
        .extracting(Anomaly::toString)
        .contains(
            "a.core: note[0] at offset 0x40: sizes of 4294967295 and 0 bytes reach past the notes'"
                + " end");
  }

  @Test
  void anAuxiliaryVectorWithoutEndAnswersWithWhatItHas() {
    Blob vector = new Blob().u64(6).u64(4096).u64(9).u64(0x1234).zeros(7);
    Blob notes = new ForgedNote("CORE", 6, vector).blob();
    section.walk(view(notes), 0, notes.size());
    AuxVector found = (AuxVector) section.notes().getFirst();
    assertThat(found.value(9)).hasValue(0x1234);
    assertThat(found.value(10)).isEmpty();
    assertThat(found.all()).hasSize(2);
    assertThat(found.ended()).isFalse();
  }

  @Test
  void everyArmTypeFromFourHundredOnHasItsName() {
    assertThat(NoteType.nameOf("LINUX", 0x406)).isEqualTo("NT_ARM_PAC_MASK");
    assertThat(NoteType.nameOf("LINUX", 0x40f)).isEqualTo("NT_ARM_POE");
    assertThat(NoteType.nameOf("LINUX", 0x202)).isEqualTo("NT_X86_XSTATE");
    assertThat(NoteType.nameOf("CORE", 0x202)).isEqualTo("0x202");
    for (ArmNote.Kind kind : ArmNote.Kind.values()) {
      assertThat(ArmNote.Kind.ofType(kind.type())).contains(kind);
    }
  }
}
