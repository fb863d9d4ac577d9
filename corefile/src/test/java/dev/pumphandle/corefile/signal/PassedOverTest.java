package dev.pumphandle.corefile.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.corefile.stack.Frame;
import dev.pumphandle.corefile.stack.FrameTrust;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.SignalInfo;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a walk over the callers says of a signal frame above the stack pointer.
class PassedOverTest extends HandlerStacks {

  private static FaultRegisters fault(CoreForge forge, List<Frame> walk) throws IOException {
    CoreFile core = CoreFile.open(new ForgedSource(forge.forge()));
    return FaultRegisters.of(core, core.memory(), _ -> walk);
  }

  @Test
  void aFrameThatTheWalkOverTheCallersPassesOverIsOfNoRunningHandler() throws IOException {
    long frame = push(stack, NULL_READ, at(FAULT_PC, TOP));
    CoreForge dead = dead(ABORTED, HANDLER_PC, frame - 0x200);
    Frame aborting = new Frame(HANDLER_PC, frame - 0x200, FrameTrust.CONTEXT);
    Frame hollow = new Frame(0x40_1100, frame - 0x100, FrameTrust.CFI);
    Frame beyond = new Frame(0x40_1200, TOP, FrameTrust.CFI);

    FaultRegisters fault = fault(dead, List.of(aborting, hollow, beyond));
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.PRSTATUS);
    assertThat(fault.signo()).isEqualTo(6);
    assertThat(fault.handlerFrames()).isZero();

    Frame guessed = new Frame(0x40_1200, TOP, FrameTrust.SCAN);
    for (List<Frame> nothing : List.of(List.of(aborting, hollow), List.of(aborting, guessed))) {
      assertThat(fault(dead, nothing).from()).isEqualTo(FaultRegisters.From.SIGFRAME);
    }
  }

  @Test
  void aWalkThatComesByTheFramesReturnAddressTellsOfARunningHandler() throws IOException {
    long left = push(stack, SignalInfo.fault(8, 1, 0x40_1300), at(0x40_1300, TOP));
    long frame = push(stack, NULL_READ, at(FAULT_PC, left - 0x400));
    List<Frame> walk =
        List.of(
            new Frame(HANDLER_PC, frame - 0x200, FrameTrust.CONTEXT),
            new Frame(RESTORER, frame + 8, FrameTrust.CFI),
            new Frame(FAULT_PC, left - 0x400, FrameTrust.CFI),
            new Frame(0x40_1200, TOP + 0x100, FrameTrust.CFI));

    FaultRegisters fault = fault(dead(ABORTED, HANDLER_PC, frame - 0x200), walk);
    assertThat(fault.from()).isEqualTo(FaultRegisters.From.SIGFRAME);
    assertThat(fault.registers().pc()).isEqualTo(FAULT_PC);
    assertThat(fault.handlerFrames()).isEqualTo(1);
  }

  @Test
  void afterACallOfNoCodeTheWalkIsAsSureAsTheReturnAddressAtTheStackPointer() throws IOException {
    long frame = push(stack, SignalInfo.fault(8, 1, 0x40_1300), at(0x40_1300, TOP));
    List<Frame> walk =
        List.of(
            new Frame(0, frame - 0x200, FrameTrust.CONTEXT),
            new Frame(0x40_1100, frame - 0x1f8, FrameTrust.SCAN),
            new Frame(0x40_1200, TOP, FrameTrust.CFI));

    FaultRegisters fault = fault(dead(SignalInfo.fault(11, 1, 0), 0, frame - 0x200), walk);
    assertThat(fault.signo()).isEqualTo(11);
    assertThat(fault.registers().pc()).isZero();
  }
}
