package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.lab.forge.Blob;
import dev.pumphandle.lab.forge.Code;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedElf;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedNote;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Notes;
import dev.pumphandle.lab.forge.Region;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

  private final ForgedCore core = Patients.ordinary().forge();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1f8b0800|gzip-compressed data",
        "28b52ffd|zstd-compressed data",
        "fd377a585a00|xz-compressed data",
        "425a6839|bzip2-compressed data",
        "04224d18|lz4-compressed data",
        "23212f62696e2f7368|a script",
        "504b0304|a zip archive",
        "4a4156412050524f46494c4520|a Java heap dump (hprof)",
        "4d5a9000|a Windows executable",
        "00|a file that begins with 0x00",
      })
  void filesOfOtherKindsAreNamed(String hex, String kind) {
    assertThatThrownBy(
            () -> open(ForgedCore.of(new Blob().hex(hex.replaceAll("..", "$0 ").strip()))))
        .isInstanceOf(NotACoreException.class)
        .hasMessage(
            "forged.core: file at offset 0x0: not a core, expected a 64-bit little-endian Linux core"
                + " of x86-64 or AArch64, found "
                + kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KDUMP   |a kernel dump (kdump-compressed)",
        "DISKDUMP|a kernel dump (diskdump)",
        "makedumpfile|a kernel dump (makedumpfile, flattened)",
        "MDMP|a minidump (Windows, Breakpad, Crashpad)",
        "PAGEDU64|a Windows kernel dump",
      })
  void dumpsOfOtherKindsAreNamed(String magic, String kind) {
    byte[] bytes = (magic + " ".repeat(100)).getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(ForgedCore.of(bytes), kind);
  }

  @Test
  void machOFilesAreNamed() {
    assertRefused(
        ForgedCore.of(new Blob().hex("cf fa ed fe 07 00 00 01")), "a Mach-O file (macOS)");
  }

  @Test
  void anEmptyFileIsNamed() {
    assertThatThrownBy(() -> open(ForgedCore.of(new byte[0])))
        .isInstanceOf(NotACoreException.class)
        .hasMessageEndingWith("found an empty file");
  }

  @ParameterizedTest
  @CsvSource({
    "3, i386",
    "8, MIPS",
    "21, ppc64",
    "22, s390x",
    "40, Arm (32-bit)",
    "243, RISC-V",
    "258, LoongArch",
    "999, machine 999"
  })
  void otherMachinesAreNamed(int number, String name) {
    assertRefused(core.patch("ehdr.e_machine", number), "a core of 64-bit little-endian " + name);
  }

  @Test
  void thirtyTwoBitAndBigEndianCoresAreNamed() {
    assertRefused(core.patch("ehdr.ei_class", 1), "a core of 32-bit little-endian x86-64");
    assertRefused(
        core.patch("ehdr.ei_data", 2).patch("ehdr.e_machine", 0x1600).patch("ehdr.e_type", 0x400),
        "a core of 64-bit big-endian s390x");
    assertRefused(
        core.patch("ehdr.ei_data", 2).patch("ehdr.e_machine", 0x1500).patch("ehdr.e_type", 0x400),
        "a core of 64-bit big-endian ppc64");
  }

  @ParameterizedTest
  @CsvSource({"9, FreeBSD", "6, Solaris", "2, NetBSD", "12, OpenBSD"})
  void otherSystemsAreNamedByTheirNumber(int number, String name) {
    assertRefused(
        core.patch("ehdr.ei_osabi", number),
        "a core of " + name + " (64-bit little-endian x86-64)");
  }

  @Test
  void linuxMayNameItself() throws Exception {
    assertThat(open(core.patch("ehdr.ei_osabi", 3)).threads()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FreeBSD|7|a core of FreeBSD",
        "NetBSD-CORE|1|a core of NetBSD",
        "NetBSD-CORE@1|33|a core of NetBSD",
        "OpenBSD|10|a core of OpenBSD",
        "QEMU|0|a virtual machine's memory (qemu dump-guest-memory)",
        "VBCORE|2816|a virtual machine's memory (VirtualBox)",
        "CORE|10|a core of Solaris",
      })
  void otherSystemsAreNamedByTheirNotes(String owner, int type, String kind) {
    assertRefused(
        Patients.ordinary().note(new ForgedNote(owner, type, new Blob().zeros(16))).forge(), kind);
  }

  @Test
  void aKernelsOwnDumpIsNamed() {
    assertRefused(
        Patients.ordinary().note(Notes.vmCoreInfo()).forge(),
        "a kernel dump (vmcore: it has a VMCOREINFO note)");
  }

  @Test
  void aKernelsMemoryIsKnownByItsAddresses() throws Exception {
    assertRefused(
        CoreForge.of(ForgedMachine.X86_64)
            .thread(new ForgedThread(ForgedMachine.X86_64, 1))
            .region(Region.at(0xffff_8880_0000_0000L, 0x1000))
            .forge(),
        "a kernel's memory (lowest segment at 0xffff888000000000)");
    ForgedCore vsyscallOnly =
        CoreForge.of(ForgedMachine.X86_64)
            .thread(new ForgedThread(ForgedMachine.X86_64, 1))
            .region(Region.at(0xffff_ffff_ff60_0000L, 0x1000))
            .forge();
    assertThat(open(vsyscallOnly).threads()).hasSize(1);
  }

  /// Kernels up to 2.6 wrote their own task structure into every core (NT_TASKSTRUCT).
  @Test
  void anOldKernelsTaskStructureIsNoReasonToRefuse() throws Exception {
    ForgedCore old =
        Patients.ordinary().note(new ForgedNote("CORE", 4, new Blob().zeros(1024))).forge();
    assertThat(open(old).threads()).hasSize(2);
  }

  @Test
  void executablesAreNamed() {
    ForgedCore program =
        new ForgedElf(
                ForgedMachine.X86_64,
                "/opt/program",
                new Code(ForgedMachine.X86_64, ForgedElf.TEXT).function("main").hex("c3"))
            .program()
            .onDisk();
    assertThatThrownBy(() -> open(program))
        .isInstanceOf(NotACoreException.class)
        .hasMessageContaining(
            "found a shared object or position-independent executable (64-bit little-endian"
                + " x86-64)");
    assertThatThrownBy(() -> open(core.patch("ehdr.e_type", 2)))
        .isInstanceOf(NotACoreException.class)
        .hasMessageContaining("found an executable (");
    assertThatThrownBy(() -> open(core.patch("ehdr.e_type", 1)))
        .isInstanceOf(NotACoreException.class)
        .hasMessageContaining("found an object file (");
  }

  @Test
  void programHeadersThatCannotBeAreMalformed() {
    assertThatThrownBy(() -> open(core.patch("ehdr.e_phentsize", 32)))
        .isInstanceOf(MalformedCoreException.class)
        .hasMessage(
            "forged.core: ELF header.e_phentsize at offset 0x36: wrong entry size, expected 56"
                + " bytes, found 32 bytes");
    assertThatThrownBy(() -> open(core.patch("ehdr.e_phnum", 0)))
        .isInstanceOf(MalformedCoreException.class);
    assertThatThrownBy(() -> open(core.patch("ehdr.e_phoff", -1)))
        .isInstanceOf(MalformedCoreException.class);
    assertThatThrownBy(() -> open(core.patch("ehdr.e_phoff", 1L << 40)))
        .isInstanceOf(TruncatedCoreException.class);
  }

  private static CoreFile open(ForgedCore core) throws Exception {
    return CoreFile.open(new ForgedSource(core));
  }

  private static void assertRefused(ForgedCore core, String kind) {
    assertThatThrownBy(() -> open(core))
        .isInstanceOfSatisfying(
            UnsupportedCoreException.class,
            e -> {
              assertThat(e.found()).isEqualTo(kind);
              assertThat(e.where().source()).isEqualTo("forged.core");
            });
  }
}
