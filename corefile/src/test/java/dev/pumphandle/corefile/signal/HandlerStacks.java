package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedProcess;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Region;
import dev.pumphandle.lab.forge.SignalInfo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// A forged process with a stack and an alternate one, onto which signal frames are pushed.
abstract class HandlerStacks {

  static final int PID = 4711;
  static final long STACK = 0x7ffd_0000_0000L;
  static final long STACK_BYTES = 0x2_0000;
  static final long TOP = STACK + STACK_BYTES - 0x1000;
  static final long ALTERNATE = 0x7f10_0000_0000L;
  static final long ALTERNATE_BYTES = 0x8000;
  static final long FAULT_PC = 0x40_1234;
  static final long HANDLER_PC = 0x40_2000;
  static final long RESTORER = 0x40_3000;
  static final int XSTATE = 2432;

  static final SignalInfo NULL_READ = SignalInfo.fault(11, 1, 8);
  static final SignalInfo ABORTED = SignalInfo.sent(6, -6, PID, 1000);
  static final SignalInfo ALARM = SignalInfo.timer(12, 1);

  final ForgedMachine machine = ForgedMachine.X86_64;
  final Region stack = Region.at(STACK, STACK_BYTES);
  final Region alternate = Region.at(ALTERNATE, ALTERNATE_BYTES);

  static Map<String, Long> at(ForgedMachine machine, long pc, long sp) {
    Map<String, Long> registers =
        new LinkedHashMap<>(new ForgedThread(machine, PID).at(pc, sp, 0).registers());
    registers.put(machine == ForgedMachine.X86_64 ? "rbx" : "x19", pc ^ sp);
    return registers;
  }

  Map<String, Long> at(long pc, long sp) {
    return at(machine, pc, sp);
  }

  /// Pushes a frame on the interrupted stack; answers its address.
  long push(Region on, SignalInfo info, Map<String, Long> interrupted) {
    return dev.pumphandle.lab.forge.SignalFrame.onSameStack(
            info, interrupted, 14, 4, info.code() > 0 ? info.first() : 0, RESTORER)
        .push(on, "", machine, XSTATE);
  }

  long pushAlternate(SignalInfo info, Map<String, Long> interrupted) {
    return new dev.pumphandle.lab.forge.SignalFrame(
            info, interrupted, 14, 4, info.first(), RESTORER, ALTERNATE, ALTERNATE_BYTES)
        .push(alternate, "", machine, XSTATE);
  }

  CoreForge dead(SignalInfo killing, long pc, long sp) {
    return CoreForge.of(machine)
        .process(ForgedProcess.of(PID, "patient"))
        .thread(new ForgedThread(machine, PID).with(at(pc, sp)).cursig(killing.signo()))
        .sigInfo(killing)
        .region(Region.at(0x40_0000, 0x4000).permissions("r-x").file("/opt/patient", 0).dumped(0))
        .region(stack)
        .region(alternate);
  }

  static FaultRegisters fault(CoreForge forge) throws IOException {
    CoreFile core = CoreFile.open(new ForgedSource(forge.forge()));
    return FaultRegisters.of(core, core.memory());
  }
}
