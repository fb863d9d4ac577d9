package dev.pumphandle.corefile.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFormatException;
import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.corefile.NotACoreException;
import dev.pumphandle.corefile.TruncatedCoreException;
import dev.pumphandle.corefile.UnsupportedCoreException;
import dev.pumphandle.lab.forge.Blob;
import dev.pumphandle.lab.forge.Code;
import dev.pumphandle.lab.forge.Field;
import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedElf;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedNote;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElfImageTest {

  private final ForgedElf forged =
      new ForgedElf(
              ForgedMachine.X86_64,
              "/opt/lib/libfoo.so",
              new Code(ForgedMachine.X86_64, ForgedElf.TEXT)
                  .function("first")
                  .hex("55 48 89 e5 5d c3")
                  .function("second")
                  .hex("31 c0 c3"))
          .buildId(new byte[] {1, 2, 3, (byte) 0xfe})
          .object("message", 8);
  private final ForgedCore file = forged.onDisk();

  private static ElfImage open(ForgedCore file) throws IOException {
    return ElfImage.open(new ForgedSource("libfoo.so", file));
  }

  @Test
  void theBuildIdIsReadFromTheProgramHeaders() throws IOException {
    assertThat(open(file).buildId()).contains(new BuildId("010203fe"));
  }

  @Test
  void theFunctionAtAnAddressIsTheOneThatCoversIt() throws IOException {
    ElfImage image = open(file);
    long second = forged.at("second");
    assertThat(image.functionAt(forged.at("first"))).map(Symbol::name).contains("first");
    assertThat(image.functionAt(second - 1)).map(Symbol::name).contains("first");
    assertThat(image.functionAt(second + 2)).map(Symbol::name).contains("second");
    assertThat(image.functionAt(0)).isEmpty();
    assertThat(image.functionAt(-1)).isEmpty();
  }

  @Test
  void symbolsAreFoundByTheirWholeNameOnly() throws IOException {
    ElfImage image = open(file);
    assertThat(image.symbol("second").orElseThrow().vaddr()).isEqualTo(forged.at("second"));
    assertThat(image.symbol("message").orElseThrow().vaddr()).isEqualTo(ForgedElf.dataAt(8));
    assertThat(image.symbol("econd")).isEmpty();
    assertThat(image.symbol("secon")).isEmpty();
    assertThat(image.symbol("")).isEmpty();
  }

  @Test
  void textIsReadByAddressAndNeverPastItsSegment() throws IOException {
    ElfImage image = open(file);
    assertThat(image.read(forged.at("second"), 3)).contains(ByteView.ofLatin1("1\u00c0\u00c3"));
    assertThat(image.isCode(forged.at("second"))).isTrue();
    assertThat(image.isCode(ForgedElf.DATA)).isFalse();
    assertThat(image.read(forged.at("second"), 1 << 20)).isEmpty();
    assertThat(image.read(0x1234_5678_9abcL, 1)).isEmpty();
    assertThat(image.readUpTo(forged.at("second"), 1 << 20).length()).isBetween(3, 4096);
  }

  @Test
  void theUnwindTablesAreFoundByProgramHeaderAndBySection() throws IOException {
    ElfImage image = open(file);
    FileRange header = image.ehFrameHeader().orElseThrow();
    FileRange frames = image.ehFrame().orElseThrow();
    assertThat(frames.vaddr()).isEqualTo(header.vaddr() + header.bytes());
    assertThat(open(file.patch("ehdr.e_shoff", 0)).ehFrame().map(FileRange::vaddr))
        .contains(frames.vaddr());
  }

  @Test
  void withoutSectionHeadersThereIsStillACode() throws IOException {
    ElfImage image = open(file.patch("ehdr.e_shoff", -1));
    assertThat(image.sections()).isEmpty();
    assertThat(image.buildId()).isPresent();
    assertThat(image.read(forged.at("first"), 1)).isPresent();
    assertThat(image.debugLink()).isEmpty();
  }

  @Test
  void otherFilesAreRefused() {
    assertThatThrownBy(() -> ElfImage.open(ByteSource.of("script", new byte[] {'#', '!'})))
        .isInstanceOf(NotACoreException.class);
    assertThatThrownBy(() -> open(file.cutAt(40))).isInstanceOf(TruncatedCoreException.class);
    assertThatThrownBy(() -> open(file.patch("ehdr.e_machine", 21)))
        .isInstanceOf(UnsupportedCoreException.class);
  }

  @Test
  void theBuildIdBehindAPropertyNoteIsFound() {
    Blob notes =
        new ForgedNote("GNU", 5, new Blob().zeros(32))
            .blob()
            .append("", new ForgedNote("GNU", 3, new Blob().hex("ab cd")).blob());
    assertThat(GnuNotes.buildId(ByteView.of(notes.toArray()))).contains(new BuildId("abcd"));
    assertThat(GnuNotes.buildId(ByteView.of(notes.toArray()).slice(0, 60))).isEmpty();
  }

  @Test
  void everyNumberOfAnExecutableMayLie() throws IOException {
    for (Field field : file.fields()) {
      for (long lie :
          new long[] {0, 1, 0xffff, 0x7fff_ffffL, 0xffff_ffffL, Long.MAX_VALUE, -1, 1L << 40}) {
        use(file.patch(field.name(), lie));
      }
    }
  }

  @Test
  void anExecutableMayEndAtAnyByteAndHoldAnything() throws IOException {
    byte[] whole = file.bytes();
    Random random = new Random(1854);
    for (int length = 0; length < whole.length; length += 7) {
      use(file.cutAt(length));
      byte[] bytes = whole.clone();
      for (int i = 0; i < 6; i++) {
        bytes[random.nextInt(random.nextBoolean() ? 4096 : bytes.length)] = (byte) random.nextInt();
      }
      use(ForgedCore.of(bytes));
    }
  }

  private void use(ForgedCore lying) throws IOException {
    try {
      ElfImage image = open(lying);
      image.functionAt(forged.at("second"));
      image.symbol("second");
      image.ehFrame();
      image.debugLink();
      image.lowestAddress();
      image.readUpTo(forged.at("first"), 64);
    } catch (CoreFormatException e) {
      assertThat(e.getMessage()).startsWith("libfoo.so: ");
    }
  }
}
