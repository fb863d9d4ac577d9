package dev.pumphandle.lab.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreForgeTest {

  @TempDir Path directory;

  @Test
  void everyNumberHasANameAndCanLie() {
    ForgedCore core = small().forge();
    ForgedCore lying = core.patch("note[3].descsz", 0xffff_ffffL);
    assertThat(core.value("note[3].descsz")).isEqualTo(16 * 3);
    assertThat(lying.value("note[3].descsz")).isEqualTo(0xffff_ffffL);
    assertThat(lying.bytes()).hasSize(core.bytes().length);
    assertThat(core.fields()).extracting(Field::name).contains("ehdr.e_phnum", "phdr[1].p_filesz");
    assertThatThrownBy(() -> core.patch("note[99].descsz", 0)).hasMessageContaining("no field");
  }

  @Test
  void registersStandWhereTheyWereNamed() {
    ForgedCore core = small().forge();
    assertThat(core.value("note[0].pr_reg.rip")).isEqualTo(0x401136);
    assertThat(core.value("note[0].pr_pid")).isEqualTo(4711);
    assertThat(core.field("note[0].pr_reg.rip").offset() - core.field("note[0].descsz").offset())
        .isEqualTo(4 + 4 + 8 + 112 + 16 * 8);
  }

  @Test
  void aCutKeepsOnlyTheFirstBytes() {
    ForgedCore core = small().forge();
    assertThat(core.cutAt(100).bytes()).hasSize(100);
    assertThat(core.cutAt(100).fields()).allMatch(f -> f.offset() + f.width() <= 100);
  }

  @Test
  void memoryStandsBehindTheProgramHeaderThatPromisesIt() {
    ForgedCore core = small().forge();
    long at = core.value("phdr[2].p_offset");
    assertThat(core.value("phdr[2].p_vaddr")).isEqualTo(0x7ffc_0000_0000L);
    assertThat(new Blob().bytes(core.read(at + 0x20ff0, 8)).toArray())
        .containsExactly(0xef, 0xbe, 0xad, 0xde, 0, 0, 0, 0);
  }

  @Test
  void aCoreOfTwentyGigabytesTakesAFewKilobytesOnDisk() throws Exception {
    CoreForge forge = small();
    forge.region(Region.at(0x1000_0000_0000L, 20L << 30).word(0x1000_0000_0000L + (19L << 30), 7));
    Path file = directory.resolve("core");
    ForgedCore core = forge.forge();
    core.write(file);
    assertThat(Files.size(file)).isEqualTo(core.length()).isGreaterThan(20L << 30);
    assertThatThrownBy(core::bytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void seventyThousandMappingsAreCountedInSectionHeaderZero() {
    CoreForge forge = small().withoutFileNote();
    for (long i = 0; i < 70_000; i++)
      forge.region(Region.at(0x10_0000_0000L + i * 0x2000, 0x1000).dumped(0));
    ForgedCore core = forge.forge();
    assertThat(core.value("ehdr.e_phnum")).isEqualTo(0xffff);
    assertThat(core.value("shdr[0].sh_info")).isEqualTo(70_003);
    assertThat(core.value("ehdr.e_shoff")).isEqualTo(core.length() - 64);
  }

  static CoreForge small() {
    Region stack = Region.at(0x7ffc_0000_0000L, 0x21000).word(0x7ffc_0002_0ff0L, 0xdeadbeefL);
    return CoreForge.of(ForgedMachine.X86_64)
        .process(ForgedProcess.of(4711, "forged"))
        .thread(
            new ForgedThread(ForgedMachine.X86_64, 4711)
                .cursig(11)
                .at(0x401136, 0x7ffc_0002_0ff0L, 0x7ffc_0002_1000L - 16))
        .sigInfo(SignalInfo.fault(11, 1, 0x18))
        .auxv(6, 4096)
        .auxv(9, 0x401040)
        .regions(
            List.of(
                Region.at(0x40_0000, 0x1000)
                    .permissions("r-x")
                    .file("/usr/bin/forged", 0)
                    .dumped(0),
                stack));
  }
}
