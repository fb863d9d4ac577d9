package dev.pumphandle.corefile.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.corefile.Anomaly;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.MeteredSource;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Region;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryImageTest {

  private static final long HIGH = 0xffff_ffff_ff60_0000L;

  private final ForgedCore forged =
      CoreForge.of(ForgedMachine.X86_64)
          .thread(new ForgedThread(ForgedMachine.X86_64, 1))
          .region(Region.at(0x1_0000, 0x1000).word(0x1_0ff8, 0x1111))
          .region(Region.at(0x1_1000, 0x2000).dumped(0x1000).word(0x1_1000, 0x2222))
          .region(Region.at(0x2_0000, 0x1000).dumped(0))
          .region(Region.at(0x10_0000, 0x10_0000).word(0x10_0000, 1).word(0x1f_fff8, 2))
          .region(Region.at(HIGH, 0x1000).permissions("--x").word(HIGH, 0x3333))
          .forge();

  private MemoryImage image() throws IOException {
    return CoreFile.open(new ForgedSource(forged)).memory();
  }

  @Test
  void wholeRangesAreAnsweredWithTheirBytes() throws IOException {
    assertThat(word(0x1_0ff8)).isEqualTo(0x1111);
    assertThat(word(0x1_0000)).isZero();
    assertThat(word(HIGH)).isEqualTo(0x3333);
    assertThat(image().read(0x1_0000, 0)).isInstanceOf(MemoryRead.Present.class);
  }

  @Test
  void readsThatSpanSegmentsJoin() throws IOException {
    ByteView bytes = present(image().read(0x1_0ff8, 16));
    assertThat(bytes.u64(0)).isEqualTo(0x1111);
    assertThat(bytes.u64(8)).isEqualTo(0x2222);
  }

  @Test
  void readsJoinSegmentsThatLieApartInTheFile() throws IOException {
    ForgedCore apart =
        CoreForge.of(ForgedMachine.X86_64)
            .region(Region.at(0x1_0000, 0x2000).word(0x1_1ff8, 0x1111))
            .region(Region.at(0x1_2000, 0x1000).word(0x1_2000, 0x2222))
            .smallestFirst()
            .forge();
    MemoryImage image = CoreFile.open(new ForgedSource(apart)).memory();

    ByteView bytes = present(image.read(0x1_1ff8, 16));
    assertThat(bytes.u64(0)).isEqualTo(0x1111);
    assertThat(bytes.u64(8)).isEqualTo(0x2222);
  }

  @Test
  void partlyDumpedSegmentAnswersNotDumpedAndNeverZeros() throws IOException {
    assertThat(image().read(0x1_2000, 8)).isEqualTo(new MemoryRead.NotDumped(0x1_2000));
    assertThat(image().read(0x1_1ffc, 8)).isEqualTo(new MemoryRead.NotDumped(0x1_2000));
    assertThat(image().read(0x2_0008, 8)).isEqualTo(new MemoryRead.NotDumped(0x2_0008));
  }

  @Test
  void whereNothingIsMappedTheAnswerSaysSo() throws IOException {
    assertThat(image().read(0, 1)).isEqualTo(new MemoryRead.Unmapped(0));
    assertThat(image().read(0x5_0000, 8)).isEqualTo(new MemoryRead.Unmapped(0x5_0000));
    assertThat(image().read(0x1f_fff8, 16)).isEqualTo(new MemoryRead.Unmapped(0x20_0000));
    assertThat(image().read(-1, 1)).isEqualTo(new MemoryRead.Unmapped(-1));
    assertThat(image().read(-4, 16)).isEqualTo(new MemoryRead.Unmapped(-4));
  }

  @Test
  void whatTheFileEndsBeforeIsCutOff() throws IOException {
    long offset = forged.value("phdr[4].p_offset") + 0x800;
    CoreFile core = CoreFile.open(new ForgedSource(forged.cutAt(offset)));

    assertThat(core.truncated()).isTrue();
    assertThat(core.memory().read(0x10_07f8, 8)).isInstanceOf(MemoryRead.Present.class);
    assertThat(core.memory().read(0x10_07fc, 8))
        .isEqualTo(new MemoryRead.CutOff(0x10_0800, offset));
    assertThat(core.memory().read(HIGH, 8))
        .isEqualTo(new MemoryRead.CutOff(HIGH, forged.value("phdr[5].p_offset")));
    PartialRead partial = core.memory().readUpTo(0x10_0700, 0x200);
    assertThat(partial.bytes().length()).isEqualTo(0x100);
    assertThat(partial.gap()).contains(new MemoryRead.CutOff(0x10_0800, offset));
  }

  @Test
  void aPartialReadEndsAtTheFirstGapAndNamesIt() throws IOException {
    PartialRead read = image().readUpTo(0x1_0ff8, 0x1_0000);
    assertThat(read.bytes().length()).isEqualTo(0x1008);
    assertThat(read.gap()).contains(new MemoryRead.NotDumped(0x1_2000));
    assertThat(image().readUpTo(0x1_0000, 16).gap()).isEmpty();
    assertThat(image().readUpTo(0, 16).bytes().length()).isZero();
  }

  @Test
  void aNegativeLengthIsACallersBug() {
    assertThatThrownBy(() -> image().read(0x1_0000, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> image().readUpTo(0x1_0000, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mappingsAreFoundByUnsignedAddress() throws IOException {
    assertThat(image().mappingAt(HIGH).map(Mapping::from)).contains(HIGH);
    assertThat(image().mappingAt(0x1_2fff).map(Mapping::from)).contains(0x1_1000L);
    assertThat(image().mappingAt(0x1_3000)).isEmpty();
    assertThat(image().mappingAt(0xffff)).isEmpty();
  }

  @Test
  void aPreloadMergesNearSpansAndReadsEachByteOnce() throws IOException {
    MeteredSource source = new MeteredSource(new ForgedSource(forged));
    MemoryImage image = CoreFile.open(source).memory();
    int before = source.requests();
    long far = forged.value("phdr[4].p_offset") + 0x8_0000;

    MemoryImage loaded =
        image.preload(
            List.of(
                new Span(0x18_1000, 0x100),
                new Span(0x18_0000, 0x1000),
                new Span(0x18_0800, 0x1000),
                new Span(0x1c_0000, 0x10),
                new Span(0, 0x1000)));

    assertThat(source.reads().subList(before, source.requests()))
        .containsExactly(
            new MeteredSource.Read(far, 0x1800), new MeteredSource.Read(far + 0x4_0000, 0x10));
    present(loaded.read(0x18_0000, 0x1800));
    present(loaded.read(0x18_0ff0, 0x20));
    assertThat(source.requests()).isEqualTo(before + 2);
    present(loaded.read(0x18_0000, 0x1801));
    assertThat(source.requests()).isEqualTo(before + 3);
  }

  @Test
  void aPreloadGoesOnBehindAGap() throws IOException {
    MeteredSource source = new MeteredSource(new ForgedSource(forged));
    MemoryImage image = CoreFile.open(source).memory();
    long far = forged.value("phdr[4].p_offset");
    int before = source.requests();

    MemoryImage loaded = image.preload(List.of(new Span(0xf_f000, 0x1_2000)));

    assertThat(source.reads().subList(before, source.requests()))
        .containsExactly(new MeteredSource.Read(far, 0x1_1000));
    present(loaded.read(0x10_0000, 0x1_1000));
    assertThat(source.requests()).isEqualTo(before + 1);
  }

  @Test
  void whatOpeningHasReadIsNotReadAgain() throws IOException {
    MeteredSource source = new MeteredSource(new ForgedSource(forged));
    MemoryImage image = CoreFile.open(source).memory();
    present(image.read(0x1_0ff8, 16));
    assertThat(source.requests()).isEqualTo(1);
  }

  @Test
  void segmentsThatOverlapKeepTheLowerOnesBytes() throws IOException {
    ForgedCore lying = forged.patch("phdr[2].p_vaddr", 0x1_0800).patch("phdr[2].p_filesz", 0x2000);
    CoreFile core = CoreFile.open(new ForgedSource(lying));

    assertThat(core.anomalies())
        .extracting(Anomaly::kind)
        .containsExactly(Anomaly.Kind.SEGMENTS_OVERLAP);
    assertThat(present(core.memory().read(0x1_0ff8, 8)).u64(0)).isEqualTo(0x1111);
    // What lies behind the overlap comes from its own place in the file.
    long behind = lying.value("phdr[2].p_offset") + 0x800;
    assertThat(present(core.memory().read(0x1_1000, 8)).toArray()).isEqualTo(lying.read(behind, 8));
  }

  @Test
  void segmentsThatWrapAroundAreLeftOut() throws IOException {
    CoreFile core = CoreFile.open(new ForgedSource(forged.patch("phdr[1].p_vaddr", -0x800L)));
    assertThat(core.anomalies())
        .extracting(Anomaly::kind)
        .containsExactly(Anomaly.Kind.SEGMENT_MALFORMED);
    assertThat(core.memory().read(-0x800L, 8)).isEqualTo(new MemoryRead.Unmapped(-0x800L));
  }

  private long word(long address) throws IOException {
    return present(image().read(address, 8)).u64(0);
  }

  private static ByteView present(MemoryRead read) {
    assertThat(read).isInstanceOf(MemoryRead.Present.class);
    return ((MemoryRead.Present) read).bytes();
  }
}
