package dev.pumphandle.corefile.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.corefile.KeptCore;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.note.SigInfo;
import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import dev.pumphandle.lab.forge.Truth;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Fault registers against those that a ptrace observer saw when the fault happened, and against
/// those that the forger put there.
class FaultRegistersTest {

  static List<KeptCore> observed() {
    return KeptCore.all().stream()
        .filter(kept -> kept.text("machine").equals("x86-64"))
        .filter(kept -> kept.number("signal").orElseThrow() != 0)
        .toList();
  }

  static List<KeptCore> emulated() {
    return KeptCore.all().stream().filter(kept -> kept.text("machine").equals("aarch64")).toList();
  }

  static List<ForgedPatient> forged() {
    return ForgedPatients.all();
  }

  private static FaultRegisters fault(CoreFile core) throws IOException {
    return FaultRegisters.of(core, core.memory());
  }

  private static FaultRegisters fault(ForgedPatient patient) throws IOException {
    return fault(CoreFile.open(new ForgedSource(patient.name(), patient.core())));
  }

  @Test
  void theLabKeepsEnoughCrashesUnderEnoughHandlersForThisToMeanSomething() {
    assertThat(observed()).hasSizeGreaterThanOrEqualTo(49);
    assertThat(observed().stream().map(kept -> kept.text("handler")).distinct())
        .contains("none", "return", "raise", "raise-alt", "nodefer", "abort-alt", "crash")
        .contains("kill", "kill-alt", "pidfd");
    assertThat(emulated()).hasSize(6);
    assertThat(forged()).hasSizeGreaterThanOrEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("observed")
  void ofARealCrashAreThoseThatTheObserverSaw(KeptCore kept) throws IOException {
    FaultRegisters fault = fault(kept.open());

    Map<String, Long> seen = new LinkedHashMap<>(kept.registers());
    if (kept.name().equals("abort-assert")) {
      seen.remove("r8"); // gdb and eu-readelf, too, see another one in this core than ptrace did
    }
    assertThat(seen).hasSizeGreaterThan(20);
    assertThat(fault.registers().all()).containsAllEntriesOf(seen);
    assertThat(fault.thread().tid()).isEqualTo(kept.number("tid").orElseThrow().intValue());
  }

  @ParameterizedTest
  @MethodSource("observed")
  void theSignalOfARealCrashIsTheOneThatStruckNotTheOneThatKilled(KeptCore kept)
      throws IOException {
    FaultRegisters fault = fault(kept.open());

    assertThat(fault.signo()).isEqualTo(kept.number("signal").orElseThrow().intValue());
    int code = kept.number("code").orElseThrow().intValue();
    if (kept.name().equals("stack-overflow-thread")) {
      // No room for the handler's frame: the kernel forces another SIGSEGV, and forgets the first.
      assertThat(fault.code()).hasValue(SigInfo.SI_KERNEL);
      assertThat(fault.address()).hasValue(0);
      return;
    }
    assertThat(fault.code()).isEqualTo(OptionalInt.of(code));
    if (code > 0 && SignalFrame.isFaultSignal(fault.signo())) {
      assertThat(fault.address()).hasValue(kept.number("address").orElseThrow());
      assertThat(fault.senderPid()).isEmpty();
    } else {
      assertThat(fault.address()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("observed")
  void theyAreTakenFromAFrameWhereTheThreadsOwnAreNoLongerThoseOfTheFault(KeptCore kept)
      throws IOException {
    FaultRegisters fault = fault(kept.open());

    Map<String, Long> seen = kept.registers();
    Registers own = fault.thread().registers();
    boolean still =
        Objects.equals(seen.get("rip"), own.pc()) && Objects.equals(seen.get("rsp"), own.sp());
    assertThat(fault.from())
        .isEqualTo(still ? FaultRegisters.From.PRSTATUS : FaultRegisters.From.SIGFRAME);
    if (still) {
      assertThat(fault.handlerFrames()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("emulated")
  void onAarch64TheRegistersThatTheProgramHadSetAreThere(KeptCore kept) throws IOException {
    FaultRegisters fault = fault(kept.open());

    assertThat(fault.signo()).isEqualTo(kept.number("signal").orElseThrow().intValue());
    assertThat(kept.registers().isEmpty()).isEqualTo(kept.name().equals("aarch64-abort"));
    assertThat(fault.registers().all()).containsAllEntriesOf(kept.registers());
    assertThat(fault.from())
        .isEqualTo(
            kept.text("handler").equals("none")
                ? FaultRegisters.From.PRSTATUS
                : FaultRegisters.From.SIGFRAME);
  }

  @ParameterizedTest
  @MethodSource("forged")
  void ofAForgedPatientAreThoseThatWereForged(ForgedPatient patient) throws IOException {
    Truth truth = patient.truth();
    FaultRegisters fault = fault(patient);

    Map<String, Long> expected = new LinkedHashMap<>(truth.registers());
    if (fault.from() == FaultRegisters.From.SIGFRAME) {
      expected.remove("orig_rax"); // of the thread's last system call; no frame keeps it
    }
    assertThat(fault.registers().all()).containsAllEntriesOf(expected);
    assertThat(fault.thread().tid()).isEqualTo(truth.tid());
    assertThat(fault.signo()).isEqualTo(truth.signal());
    if (SignalFrame.isFaultSignal(truth.signal())) {
      assertThat(fault.code()).hasValue(truth.code());
      assertThat(fault.address().orElse(0)).isEqualTo(truth.address());
    }
  }

  @Test
  void gdbsPictureOfALivingProcessHasNoFaultAndNoHandler() throws IOException {
    CoreFile core = KeptCore.named("healthy-gcore").open();
    FaultRegisters fault = fault(core);

    assertThat(fault.signo()).isZero();
    assertThat(fault.code()).isEmpty();
    assertThat(fault.address()).isEmpty();
    assertThat(fault.handlerFrames()).isZero();
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
    assertThat(fault.registers()).isEqualTo(core.threads().getFirst().registers());
  }

  @Test
  void ofSevenHundredThreadsTheFaultingOneIsFoundWhicheverTheKernelKilledFirst()
      throws IOException {
    CoreFile core = KeptCore.named("return-to-null-kill-700").open();
    FaultRegisters fault = fault(core);

    assertThat(core.threads()).hasSizeGreaterThan(690);
    assertThat(fault.thread()).isNotEqualTo(core.threads().getFirst());
    assertThat(fault.registers().pc()).isZero();
    assertThat(fault.code()).hasValue(1);
  }

  @Test
  void aSignalThatAnotherProcessSentIsNobodysFault() throws IOException {
    FaultRegisters fault = fault(KeptCore.named("sent-segv").open());

    assertThat(fault.code().orElseThrow()).isNotPositive();
    assertThat(fault.senderPid()).isPresent();
    assertThat(fault.address()).isEmpty();
    assertThat(fault.error()).isEmpty();
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
  }
}
