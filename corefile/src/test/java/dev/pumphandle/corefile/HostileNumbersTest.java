package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.forge.Blob;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.Field;
import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedNote;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Region;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Numbers that lie, one at a time and all at once.
class HostileNumbersTest {

  private static final List<CoreForge> PATIENTS =
      List.of(Patients.ordinary(), Patients.onArm(), Patients.ordinary().extendedCount());

  @Test
  void everyNumberMayLie() throws IOException {
    for (CoreForge patient : PATIENTS) {
      ForgedCore core = patient.forge();
      for (Field field : core.fields()) {
        long truth = core.value(field.name());
        for (long lie :
            new long[] {
              0,
              1,
              truth - 1,
              truth + 1,
              truth * 2,
              core.length(),
              core.length() - 1,
              0x7fff,
              0xffff,
              0x7fff_ffffL,
              0xffff_ffffL,
              Long.MAX_VALUE,
              Long.MIN_VALUE,
              -1,
              1L << 60
            }) {
          Probing.probe(new ForgedSource(field.name() + "=" + lie, core.patch(field.name(), lie)));
        }
      }
    }
  }

  @Test
  void randomBytesAnywhereMayLie() throws IOException {
    long seed = Long.getLong("pumphandle.seed", 20_261_124L);
    Random random = new Random(seed);
    long end = System.nanoTime() + 1_000_000L * Integer.getInteger("pumphandle.fuzz.millis", 3000);
    byte[][] originals =
        PATIENTS.stream().map(patient -> patient.forge().bytes()).toArray(byte[][]::new);
    for (int round = 0; System.nanoTime() < end; round++) {
      byte[] bytes = originals[random.nextInt(originals.length)].clone();
      // Mostly in the headers and notes, where the numbers are.
      int reach = random.nextInt(4) == 0 ? bytes.length : 4096;
      for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
        int at = random.nextInt(Math.min(reach, bytes.length));
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt();
          case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
          default -> {
            for (int i = at; i < Math.min(at + 8, bytes.length); i++) {
              bytes[i] = (byte) 0xff;
            }
          }
        }
      }
      int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
      ByteSource source =
          ByteSource.of("seed " + seed + " round " + round, ByteView.ofOwned(bytes, length));
      Probing.probe(source);
    }
  }

  @Test
  void sixtyFiveThousandOverlappingSegmentsAreCountedNotListed() throws IOException {
    int count = 65_534;
    ForgedCore core = lying(count, i -> 0x1000, 0x10_0000, 64);
    CoreFile opened = Probing.probe(new ForgedSource(core)).core().orElseThrow();
    assertThat(opened.anomalies()).hasSize(65);
    assertThat(opened.anomalies().getLast().kind()).isEqualTo(Anomaly.Kind.AND_MORE);
    assertThat(opened.mappings()).hasSize(1);
  }

  @Test
  void aMillionSegmentsInTheWorstOrderAreSorted() throws IOException {
    int count = 1 << 20;
    ForgedCore core = lying(count, i -> 0x1000L * (((i * 0x9e37_79b1L) & 0xf_ffff) + 1), 0x1000, 0);
    CoreFile opened = Probing.open(ByteSource.of("a.core", core.bytes())).core().orElseThrow();
    assertThat(opened.segments()).hasSize(count);
    assertThat(opened.memory().mappingAt(0x1000L * 77)).isPresent();
  }

  @Test
  void moreThanAMillionSegmentsAreRefused() throws IOException {
    ForgedCore core = lying((1 << 20) + 1, i -> 0x1000L * i, 0x1000, 0);
    assertThat(Probing.probe(new ForgedSource(core)).refusal().orElseThrow())
        .isInstanceOf(MalformedCoreException.class)
        .hasMessageContaining("an impossible number of program headers");
  }

  @Test
  void noteSizesThatReachPastTheNotesStopTheWalkAndKeepWhatWasBefore() throws IOException {
    ForgedCore core = Patients.ordinary().forge();
    for (String field : List.of("note[3].namesz", "note[3].descsz")) {
      CoreFile opened =
          Probing.probe(new ForgedSource(core.patch(field, 0xffff_ffffL))).core().orElseThrow();
      assertThat(opened.notes()).hasSize(3);
      assertThat(opened.anomalies())
          .extracting(Anomaly::kind)
          .containsExactly(Anomaly.Kind.NOTE_MALFORMED);
    }
  }

  @Test
  void aFileMapThatClaimsTooMuchAnswersWithWhatItHas() throws IOException {
    ForgedCore core = Patients.ordinary().forge();
    String count =
        core.fields().stream()
            .map(Field::name)
            .filter(name -> name.endsWith(".count"))
            .findFirst()
            .orElseThrow();
    for (long lie : new long[] {1L << 60, -1, 3, 1}) {
      CoreFile opened =
          Probing.probe(new ForgedSource(core.patch(count, lie))).core().orElseThrow();
      assertThat(opened.anomalies())
          .extracting(Anomaly::kind)
          .as("count %d", lie)
          .contains(Anomaly.Kind.FILE_MAP_MALFORMED);
    }
  }

  @Test
  void aSegmentOfNotesThatIsAllZerosEndsAtOnce() throws IOException {
    ForgedCore core = Patients.ordinary().region(Region.at(0x10_0000_0000L, 8L << 30)).forge();
    ForgedCore lying =
        core.patch("phdr[0].p_offset", core.value("phdr[5].p_offset"))
            .patch("phdr[0].p_filesz", 8L << 30);
    assertThat(Probing.probe(new ForgedSource(lying)).core().orElseThrow().notes()).isEmpty();
  }

  @Test
  void notesWithoutEndAreBounded() throws IOException {
    // 16 MiB of the smallest notes that are notes.
    Blob many = new Blob();
    for (int i = 0; i < 1_300_000; i++) {
      many.u32(0).u32(0).u32(7);
    }
    ForgedCore core = Patients.ordinary().note(new ForgedNote("", 9, many)).forge();
    int index = core.fields().stream().filter(f -> f.name().endsWith("descsz")).toList().size() - 1;
    CoreFile opened =
        Probing.probe(new ForgedSource(core.patch("note[" + index + "].descsz", 0)))
            .core()
            .orElseThrow();
    assertThat(opened.anomalies()).extracting(Anomaly::kind).contains(Anomaly.Kind.NOTES_BOUNDED);
    assertThat(opened.threads()).hasSize(2);
  }

  @Test
  void notesLargerThanSixteenMebibytesAreWalkedInWindowsAndEveryThreadIsFound() throws IOException {
    CoreForge forge = CoreForge.of(ForgedMachine.X86_64).xStateBytes(11_008);
    for (int i = 0; i < 2500; i++) {
      forge.thread(new ForgedThread(ForgedMachine.X86_64, 1 + i).at(i, 2L * i, 0));
    }
    ForgedCore core = forge.forge();
    assertThat(core.value("phdr[0].p_filesz")).isGreaterThan(24 << 20);
    CoreFile opened = CoreFile.open(new ForgedSource(core));
    assertThat(opened.threads()).hasSize(2500);
    assertThat(opened.threads()).extracting(CoreThread::tid).doesNotHaveDuplicates();
    assertThat(opened.threads().get(2499).registers().sp()).isEqualTo(2 * 2499);
    assertThat(opened.anomalies()).isEmpty();
  }

  @Test
  void anEndlessAuxiliaryVectorCostsNothing() throws IOException {
    Blob vector = new Blob();
    for (int i = 0; i < 500_000; i++) {
      vector.u64(1).u64(1);
    }
    CoreForge forge = Patients.ordinary().withoutAuxv().note(new ForgedNote("CORE", 6, vector));
    for (int i = 0; i < 5000; i++) {
      forge.region(
          Region.at(0x10_0000_0000L + i * 0x2000L, 0x1000).permissions("r-x").file("/" + i, 0));
    }
    assertThat(Probing.probe(new ForgedSource(forge.forge())).core()).isPresent();
  }

  @Test
  void sixteenNoteSegmentsAreEnough() throws IOException {
    ForgedCore core = lying(1000, i -> 0x1000L * i, 0x1000, 0);
    for (int i = 0; i < 1000; i++) {
      core = core.patch(64 + 56L * i, new byte[] {4});
    }
    CoreFile opened = Probing.probe(new ForgedSource(core)).core().orElseThrow();
    assertThat(opened.anomalies()).extracting(Anomaly::kind).contains(Anomaly.Kind.NOTES_BOUNDED);
  }

  private interface Address {
    long of(int index);
  }

  /// A core of nothing but program headers.
  private static ForgedCore lying(int count, Address address, long memoryBytes, long fileBytes) {
    byte[] table = new byte[count * 56];
    for (int i = 0; i < count; i++) {
      put(table, i * 56, 1);
      put(table, i * 56 + 16, address.of(i));
      put(table, i * 56 + 32, fileBytes);
      put(table, i * 56 + 40, memoryBytes);
    }
    boolean extended = count >= 0xffff;
    Blob header =
        new Blob()
            .hex("7f 45 4c 46 02 01 01 00")
            .upTo(16)
            .u16("type", 4)
            .u16("machine", 62)
            .u32(1)
            .u64(0)
            .u64(64)
            .u64(extended ? 64 + (long) table.length : 0)
            .u32(0)
            .u16("ehsize", 64)
            .u16("phentsize", 56)
            .u16("phnum", extended ? 0xffff : count)
            .u16("shentsize", 64)
            .u16("shnum", extended ? 1 : 0)
            .u16("shstrndx", 0)
            .bytes(table);
    Blob section = new Blob().upTo(44).u32(count).upTo(64);
    return ForgedCore.of(header.bytes(section.toArray()).toArray());
  }

  private static void put(byte[] bytes, int at, long value) {
    for (int i = 0; i < 8; i++) {
      bytes[at + i] = (byte) (value >>> (8 * i));
    }
  }
}
