package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.MeteredSource.Read;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Region;
import dev.pumphandle.lab.forge.SignalInfo;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What opening costs, read by read.
class IoBudgetTest {

  private static MeteredSource open(ForgedCore core) throws IOException {
    MeteredSource source = new MeteredSource(new ForgedSource(core));
    CoreFile opened = CoreFile.open(source);
    assertThat(opened.threads()).isNotEmpty();
    assertThat(opened.mappings()).isNotEmpty();
    return source;
  }

  @Test
  void aSmallCoreIsOpenedByOneRead() throws IOException {
    assertThat(open(Patients.ordinary().forge()).reads()).hasSize(1);
  }

  @Test
  void theFirstReadIsOfSixtyFourKibibytes() throws IOException {
    ForgedCore core = Patients.ordinary().region(Region.at(0x7000_0000_0000L, 1 << 20)).forge();
    assertThat(open(core).reads()).containsExactly(new Read(0, 64 << 10));
  }

  @Test
  void aCoreOfTwentyGigabytesAndFiveHundredThreadsCostsTwoReadsAndLessThanFourMegabytes()
      throws IOException {
    CoreForge forge = CoreForge.of(ForgedMachine.X86_64).xStateBytes(2696);
    for (int i = 0; i < 500; i++) {
      long stack = 0x7f00_0000_0000L + i * 0x80_1000L;
      forge.thread(new ForgedThread(ForgedMachine.X86_64, 1000 + i).at(1, stack + 0x1000, 0));
      forge.region(Region.at(stack, 0x80_0000).file("", 0));
      forge.region(Region.at(stack - 0x1000, 0x1000).permissions("---").dumped(0));
    }
    forge.region(Region.at(0x10_0000_0000L, 16L << 30));
    ForgedCore core = forge.sigInfo(SignalInfo.fault(11, 1, 0)).forge();

    MeteredSource source = open(core);
    assertThat(core.length()).isGreaterThan(20_000_000_000L);
    assertThat(source.reads())
        .containsExactly(
            new Read(0, 64 << 10),
            new Read(core.value("phdr[0].p_offset"), (int) core.value("phdr[0].p_filesz")));
    assertThat(source.bytesRead()).isLessThan(4_000_000);
  }

  @Test
  void aTableThatPassesTheFirstReadComesWithTheNotesInOneMore() throws IOException {
    CoreForge forge = Patients.ordinary().withoutFileNote();
    for (int i = 0; i < 5000; i++) {
      forge.region(Region.at(0x10_0000_0000L + i * 0x2000L, 0x1000).dumped(0));
    }
    ForgedCore core = forge.forge();
    long end = core.value("phdr[0].p_offset") + core.value("phdr[0].p_filesz");

    assertThat(open(core).reads())
        .containsExactly(new Read(0, 64 << 10), new Read(64, (int) end - 64));
  }

  @Test
  void anExtendedCountCostsOneReadMore() throws IOException {
    CoreForge forge = Patients.ordinary().withoutFileNote();
    for (int i = 0; i < 70_000; i++) {
      forge.region(Region.at(0x10_0000_0000L + i * 0x2000L, 0x1000).dumped(0));
    }
    ForgedCore core = forge.forge();
    long end = core.value("phdr[0].p_offset") + core.value("phdr[0].p_filesz");

    assertThat(open(core).reads())
        .containsExactly(
            new Read(0, 64 << 10),
            new Read(core.value("ehdr.e_shoff"), 64),
            new Read(64, (int) end - 64));
  }

  @Test
  void viewsOverAnOpenedCoreTouchNothing() throws IOException {
    MeteredSource source = new MeteredSource(new ForgedSource(Patients.ordinary().forge()));
    CoreFile core = CoreFile.open(source);
    core.threads().forEach(thread -> thread.registers().all());
    core.mappings();
    assertThat(core.segments()).allMatch(segment -> segment.index() >= 0);
    core.anomalies();
    core.memory().mappingAt(Patients.SP);
    assertThat(source.requests()).isEqualTo(1);
  }
}
