package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.memory.MemoryRead;
import dev.pumphandle.corefile.note.ArmNote;
import dev.pumphandle.corefile.note.FileMap;
import dev.pumphandle.corefile.note.FpRegSet;
import dev.pumphandle.corefile.note.PrXFpReg;
import dev.pumphandle.corefile.note.UnknownNote;
import dev.pumphandle.corefile.note.XState;
import dev.pumphandle.lab.forge.Blob;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedNote;
import dev.pumphandle.lab.forge.ForgedProcess;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.GcoreNotes;
import dev.pumphandle.lab.forge.Notes;
import dev.pumphandle.lab.forge.Region;
import dev.pumphandle.lab.forge.SignalInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoreFileTest {

  private static CoreFile open(ForgedCore core) throws IOException {
    return CoreFile.open(new ForgedSource(core));
  }

  @Test
  void anOrdinaryCoreTellsWhoDiedAndHow() throws IOException {
    CoreFile core = open(Patients.ordinary().forge());

    assertThat(core.machine()).isEqualTo(Machine.X86_64);
    assertThat(core.origin().writer()).isEqualTo(Origin.Writer.KERNEL);
    assertThat(core.anomalies()).isEmpty();
    assertThat(core.truncated()).isFalse();
    assertThat(core.declaredLength()).isEqualTo(core.source().length());
    var process = core.processInfo().orElseThrow();
    assertThat(process.pid()).isEqualTo(4711);
    assertThat(process.parentPid()).isEqualTo(17);
    assertThat(process.uid()).isEqualTo(1000);
    assertThat(process.name()).isEqualTo("patient");
    assertThat(process.arguments()).isEqualTo("patient --zero");
    var signal = core.sigInfo().orElseThrow();
    assertThat(signal.signo()).isEqualTo(11);
    assertThat(signal.code()).isEqualTo(1);
    assertThat(signal.address()).hasValue(8);
    assertThat(signal.senderPid()).isEmpty();
    assertThat(core.auxVector().orElseThrow().value(9)).hasValue(Patients.TEXT);
    assertThat(core.auxVector().orElseThrow().value(1234)).isEmpty();
  }

  @Test
  void threadsStandInTheFilesOrderAndTheFirstOneDied() throws IOException {
    CoreFile core = open(Patients.ordinary().forge());

    assertThat(core.threads()).extracting(CoreThread::tid).containsExactly(4711, 4712);
    CoreThread dying = core.dyingThread().orElseThrow();
    assertThat(dying.tid()).isEqualTo(4711);
    assertThat(dying.cursig()).isEqualTo(11);
    assertThat(dying.sigInfo()).isPresent();
    assertThat(core.threads().get(1).sigInfo()).isEmpty();
    assertThat(dying.registers().pc()).isEqualTo(Patients.TEXT + 0x12);
    assertThat(dying.registers().sp()).isEqualTo(Patients.SP);
    assertThat(dying.registers().value("rax")).hasValue(0xdead_beef_0000_0001L);
  }

  @Test
  void everyRegisterOfBothMachinesStandsWhereItShould() throws IOException {
    for (ForgedMachine machine : ForgedMachine.values()) {
      ForgedThread thread = new ForgedThread(machine, 1).cursig(11);
      machine.registers().forEach(r -> thread.with(r, r.hashCode() * 0x9e37_79b9_7f4a_7c15L));
      CoreFile core = open(CoreForge.of(machine).thread(thread).forge());

      Registers registers = core.threads().getFirst().registers();
      assertThat(registers.all()).containsExactlyEntriesOf(thread.registers());
      assertThat(registers.pc()).isEqualTo(thread.register(machine.pc()));
      assertThat(registers.sp()).isEqualTo(thread.register(machine.sp()));
      assertThat(registers.fp()).isEqualTo(thread.register(machine.fp()));
    }
  }

  @Test
  void mappingsHavePermissionsFromSegmentsAndNamesFromTheFileMap() throws IOException {
    List<Mapping> mappings = open(Patients.ordinary().forge()).mappings();

    assertThat(mappings)
        .extracting(Mapping::toString)
        .containsExactly(
            "400000-401000 r-- 0 /opt/patient (dumped 4096)",
            "401000-404000 r-x 1000 /opt/patient (dumped 0)",
            "600000-602000 rw- 0 (dumped 4096)",
            "7ffd00000000-7ffd00002000 rw- 0 (dumped 8192)");
  }

  @Test
  void aCoreWithoutFileMapAndSigInfoIsStillACore() throws IOException {
    ForgedCore forged =
        CoreForge.of(ForgedMachine.X86_64)
            .thread(new ForgedThread(ForgedMachine.X86_64, 5).cursig(6))
            .region(Region.at(Patients.STACK, 0x1000).file("/x", 0))
            .withoutFileNote()
            .forge();
    CoreFile core = open(forged);

    assertThat(core.fileMap()).isEmpty();
    assertThat(core.sigInfo()).isEmpty();
    assertThat(core.dyingThread()).isPresent();
    assertThat(core.mappings().getFirst().path()).isEmpty();
    assertThat(core.origin().writer()).isEqualTo(Origin.Writer.KERNEL);
  }

  @Test
  void aThousandThreadsAreRead() throws IOException {
    CoreForge forge = CoreForge.of(ForgedMachine.X86_64).sigInfo(SignalInfo.sent(6, -6, 1, 0));
    IntStream.range(0, 1000)
        .forEach(i -> forge.thread(new ForgedThread(ForgedMachine.X86_64, 1 + i).at(i, 2L * i, 0)));
    CoreFile core = open(forge.forge());

    assertThat(core.threads()).hasSize(1000);
    assertThat(core.threads().get(999).tid()).isEqualTo(1000);
    assertThat(core.threads().get(999).registers().sp()).isEqualTo(1998);
    assertThat(core.notes(XState.class)).hasSize(1000);
  }

  @Test
  void theArmNotesAreKnownByOwnerAndType() throws IOException {
    CoreFile core = open(Patients.onArm().forge());

    assertThat(core.machine()).isEqualTo(Machine.AARCH64);
    assertThat(core.notes(ArmNote.class)).isNotEmpty();
    assertThat(core.notes(ArmNote.class).getFirst().kind()).isEqualTo(ArmNote.Kind.TLS);
    Registers registers = core.dyingThread().orElseThrow().registers();
    assertThat(registers.value("x30")).hasValue(Patients.TEXT + 0x44);
    assertThat(registers.dwarf(31)).hasValue(Patients.SP);
    assertThat(registers.value("rip")).isEmpty();
    assertThat(registers.value(X86Register.RIP)).isEmpty();
    assertThat(core.notes(FpRegSet.class).getFirst().vector(31).length()).isEqualTo(16);
  }

  @Test
  void unknownNotesAreKeptWithTheirBytes() throws IOException {
    CoreFile core =
        open(
            Patients.ordinary()
                .note(new ForgedNote("ACME", 1, new Blob().text("hello", 5)))
                .note(new ForgedNote("CORE", 0x7777, new Blob()))
                .note(Notes.prXFpReg())
                .forge());

    assertThat(core.notes(UnknownNote.class))
        .extracting(note -> note.head().toString())
        .containsExactly("ACME/0x1", "CORE/0x7777");
    assertThat(core.notes(UnknownNote.class).getFirst().contents().cString(0, 9))
        .isEqualTo("hello");
    assertThat(core.notes(PrXFpReg.class)).hasSize(1);
    assertThat(core.threads()).hasSize(2);
    assertThat(core.anomalies()).isEmpty();
  }

  @Test
  void aNoteTooShortForItsTypeIsUnknownAndOdd() throws IOException {
    CoreFile core =
        open(Patients.ordinary().note(new ForgedNote("CORE", 1, new Blob().zeros(300))).forge());

    assertThat(core.threads()).hasSize(2);
    assertThat(core.notes(UnknownNote.class)).hasSize(1);
    assertThat(core.anomalies()).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.NOTE_SHORT);
    assertThat(core.anomalies().getFirst().toString())
        .matches(
            "forged.core: note\\[\\d+] CORE/NT_PRSTATUS at offset 0x[0-9a-f]+: too short .* 300.*");
  }

  @Test
  void gcoreOfALivingProcessHasNoDyingThread() throws IOException {
    List<ForgedThread> threads =
        List.of(
            new ForgedThread(ForgedMachine.X86_64, 8), new ForgedThread(ForgedMachine.X86_64, 9));
    ForgedProcess process = ForgedProcess.of(8, "healthy");
    Region hidden = Region.at(0x40_0000, 0x1000).file("/opt/healthy", 0);
    CoreFile core =
        open(
            CoreForge.of(ForgedMachine.X86_64)
                .onlyNotes(GcoreNotes.of(process, threads, Map.of(6, 4096L), List.of(hidden)))
                .region(Region.at(Patients.STACK, 0x1000))
                .forge());

    assertThat(core.origin().writer()).isEqualTo(Origin.Writer.GCORE);
    assertThat(core.threads()).hasSize(2);
    assertThat(core.dyingThread()).isEmpty();
    assertThat(core.sigInfo()).isEmpty();
    assertThat(core.threads().get(1).sigInfo().orElseThrow().signo()).isEqualTo(19);
    // gdb leaves the segment out, but the file map knows that there was a mapping.
    assertThat(core.memory().read(0x40_0010, 4)).isEqualTo(new MemoryRead.NotDumped(0x40_0010));
    assertThat(core.memory().mappingAt(0x40_0010).orElseThrow().permissions())
        .isEqualTo(Permissions.UNKNOWN);
    assertThat(core.memory().read(0x40_1000, 4)).isEqualTo(new MemoryRead.Unmapped(0x40_1000));
  }

  @Test
  void theWriterIsKnownByTheOrderOfItsNotes() throws IOException {
    ForgedThread thread = new ForgedThread(ForgedMachine.AARCH64, 3).cursig(11);
    ForgedProcess process = ForgedProcess.of(3, "emulated");
    Blob info = Notes.prPsInfo(process).body();
    byte[] stateless = info.toArray();
    stateless[0] = 0;
    stateless[1] = 0;
    CoreFile qemu =
        open(
            CoreForge.of(ForgedMachine.AARCH64)
                .onlyNotes(
                    List.of(
                        Notes.prStatus(thread, process),
                        new ForgedNote("CORE", 3, new Blob().bytes(stateless)),
                        Notes.auxv(Map.of(6, 4096L))))
                .forge());
    CoreFile nothing = open(CoreForge.of(ForgedMachine.X86_64).onlyNotes(List.of()).forge());

    assertThat(qemu.origin().writer()).isEqualTo(Origin.Writer.QEMU_USER);
    assertThat(qemu.dyingThread()).isPresent();
    assertThat(nothing.origin().writer()).isEqualTo(Origin.Writer.UNKNOWN);
    assertThat(nothing.anomalies())
        .extracting(Anomaly::kind)
        .containsExactly(Anomaly.Kind.NO_NOTES);
  }

  @Test
  void aThreadThatStandsTwiceIsOdd() throws IOException {
    CoreFile core =
        open(Patients.ordinary().thread(new ForgedThread(ForgedMachine.X86_64, 4711)).forge());

    assertThat(core.threads()).hasSize(3);
    assertThat(core.anomalies())
        .extracting(Anomaly::kind)
        .containsExactly(Anomaly.Kind.THREAD_REPEATED);
  }

  @Test
  void aSignalSentByAProcessNamesItsSenderAndNoAddress() throws IOException {
    CoreFile core =
        open(
            CoreForge.of(ForgedMachine.X86_64)
                .thread(new ForgedThread(ForgedMachine.X86_64, 7).cursig(11))
                .sigInfo(SignalInfo.sent(11, 0, 321, 1001))
                .forge());

    var signal = core.sigInfo().orElseThrow();
    assertThat(signal.senderPid()).hasValue(321);
    assertThat(signal.senderUid()).hasValue(1001);
    assertThat(signal.address()).isEmpty();
  }

  @Test
  void aGeneralProtectionFaultHasNoAddressRatherThanZero() throws IOException {
    CoreFile core =
        open(
            CoreForge.of(ForgedMachine.X86_64)
                .thread(new ForgedThread(ForgedMachine.X86_64, 7).cursig(11))
                .sigInfo(SignalInfo.fault(11, 128, 0))
                .forge());

    assertThat(core.sigInfo().orElseThrow().address()).isEmpty();
    assertThat(core.sigInfo().orElseThrow().addressField()).isZero();
  }

  @Test
  void moreSegmentsThanSixteenBitsCount() throws IOException {
    CoreForge forge = Patients.ordinary();
    for (int i = 0; i < 70_000; i++) {
      forge.region(Region.at(0x10_0000_0000L + i * 0x2000L, 0x1000).dumped(0));
    }
    CoreFile core = open(forge.withoutFileNote().forge());

    assertThat(core.header().programHeaderCount()).isEqualTo(0xffff);
    assertThat(core.segments()).hasSize(70_005);
    assertThat(core.threads()).hasSize(2);
    assertThat(core.memory().mappingAt(0x10_0000_0000L + 69_999 * 0x2000L)).isPresent();
    assertThat(core.anomalies()).isEmpty();
  }

  @Test
  void aCutCoreWithTooManySegmentsInfersTheirCount() throws IOException {
    CoreForge forge = Patients.ordinary();
    for (int i = 0; i < 66_000; i++) {
      forge.region(Region.at(0x10_0000_0000L + i * 0x2000L, 0x1000).dumped(0));
    }
    ForgedCore whole = forge.withoutFileNote().forge();
    CoreFile core = open(whole.cutAt(whole.length() - 64));

    assertThat(core.segments()).hasSize(66_005);
    assertThat(core.threads()).hasSize(2);
    assertThat(core.anomalies())
        .extracting(Anomaly::kind)
        .containsExactly(Anomaly.Kind.SEGMENT_COUNT_INFERRED);
  }

  @Test
  void segmentsInAnyOrderAreFoundByAddress() throws IOException {
    CoreFile core = open(Patients.ordinary().smallestFirst().forge());

    assertThat(core.mappings())
        .extracting(Mapping::from)
        .containsExactly(0x40_0000L, Patients.TEXT, 0x60_0000L, Patients.STACK);
    assertThat(core.memory().read(Patients.SP, 8)).isInstanceOf(MemoryRead.Present.class);
  }

  @Test
  void aDeletedFilesPathCanBeHadWithoutTheKernelsRemark() {
    FileMap.Entry entry = new FileMap.Entry(0, 1, 0, "/opt/server (deleted)");
    assertThat(entry.deleted()).isTrue();
    assertThat(entry.pathBeforeDeletion()).isEqualTo("/opt/server");
    assertThat(new FileMap.Entry(0, 1, 0, "/opt/server").deleted()).isFalse();
  }
}
