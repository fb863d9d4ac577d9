package dev.pumphandle.corefile;

import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedProcess;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Region;
import dev.pumphandle.lab.forge.SignalInfo;

/// Small forged cores that several tests share.
public final class Patients {

  public static final long TEXT = 0x40_1000;
  public static final long STACK = 0x7ffd_0000_0000L;
  public static final long SP = STACK + 0x1f00;

  private Patients() {}

  /// A process of two threads that died of a null dereference.
  public static CoreForge ordinary() {
    return CoreForge.of(ForgedMachine.X86_64)
        .process(new ForgedProcess(4711, 17, 1000, "patient", "patient --zero"))
        .thread(
            new ForgedThread(ForgedMachine.X86_64, 4711)
                .at(TEXT + 0x12, SP, SP + 0x40)
                .with("rax", 0xdead_beef_0000_0001L)
                .cursig(11))
        .thread(new ForgedThread(ForgedMachine.X86_64, 4712).at(TEXT + 0x99, SP - 0x800, 0))
        .sigInfo(SignalInfo.fault(11, 1, 8))
        .auxv(6, 4096)
        .auxv(9, TEXT)
        .region(
            Region.at(0x40_0000, 0x1000).permissions("r--").file("/opt/patient", 0).dumped(0x1000))
        .region(Region.at(TEXT, 0x3000).permissions("r-x").file("/opt/patient", 0x1000).dumped(0))
        .region(Region.at(0x60_0000, 0x2000).dumped(0x1000).word(0x60_0ff8, 77))
        .region(Region.at(STACK, 0x2000).word(SP, 0x1122_3344_5566_7788L));
  }

  /// The same on AArch64.
  public static CoreForge onArm() {
    return CoreForge.of(ForgedMachine.AARCH64)
        .process(ForgedProcess.of(99, "patient"))
        .thread(
            new ForgedThread(ForgedMachine.AARCH64, 99)
                .at(TEXT, SP, SP + 0x40)
                .with("x30", TEXT + 0x44)
                .with("x7", -1)
                .cursig(11))
        .sigInfo(SignalInfo.fault(11, 2, 0x123))
        .auxv(6, 4096)
        .region(Region.at(TEXT, 0x1000).permissions("r-x").file("/opt/patient", 0).dumped(0))
        .region(Region.at(STACK, 0x2000));
  }
}
