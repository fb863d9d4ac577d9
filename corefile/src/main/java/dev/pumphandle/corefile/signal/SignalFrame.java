package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.Registers;
import java.util.Optional;
import java.util.OptionalLong;

/// A frame that the kernel pushed on a stack to run a signal handler: the registers it interrupted
/// and why.
///
/// @param at where the frame begins (address)
/// @param end the first address above the frame and its extended state (unsigned)
/// @param signo the signal; 0 where the siginfo was overwritten since
/// @param code its `si_code`
/// @param addressField the word of the siginfo that is `si_addr` for a fault, and pid and uid for a
///   signal that was sent (unsigned)
/// @param registers the registers that were interrupted
/// @param trap the processor's trap number (x86-64); empty elsewhere
/// @param error the page-fault error bits (x86-64), the syndrome register (AArch64); empty where
///   there is none
/// @param pageFaultAddress cr2, the address of the thread's latest page fault (x86-64); empty
///   elsewhere
/// @param restorer the return address of the frame: where the handler returns to (address)
public record SignalFrame(
    long at,
    long end,
    int signo,
    int code,
    long addressField,
    Registers registers,
    OptionalLong trap,
    OptionalLong error,
    OptionalLong pageFaultAddress,
    long restorer) {

  /// Whether the signal is one that a faulting instruction raises: SIGILL, SIGTRAP, SIGBUS, SIGFPE,
  /// SIGSEGV; and it came from the kernel, not from a process.
  public boolean isFault() {
    return isFaultSignal(signo) && code > 0;
  }

  /// Whether this is what a process dies of: a fault, or abort()'s own SIGABRT.
  public boolean isFatal() {
    return isFault() || (signo == SIGABRT && code == SI_TKILL);
  }

  /// The frame as it would be, had its siginfo been written: from the processor's trap, where that
  /// is
  /// one that raises the signal in question.
  ///
  /// Folklore: the kernel writes a siginfo only for handlers that were installed with SA_SIGINFO.
  /// Those of Python's faulthandler, and of many a program of old, are not, and what stands in its
  /// place is whatever the stack held. Seen in a core of Python 3.11. Test: ScoreboardTest.
  ///
  /// Source: Linux v6.12 arch/x86/kernel/signal_64.c, x64_setup_rt_frame(); arch/x86/mm/fault.c and
  /// arch/x86/kernel/traps.c for the codes.
  ///
  /// @param killing the signal that the process died of: the one of the fault, or SIGABRT
  /// @param mapped whether the page fault's address lies in a file's mapping that allows the
  /// access,
  ///   so that only the file's end can have refused it
  Optional<SignalFrame> inferred(int killing, boolean mapped) {
    if (signo != 0 || trap.isEmpty()) {
      return Optional.empty();
    }
    if (inSystemCall(registers)) {
      return Optional.of(told(killing, killing == SIGABRT ? SI_TKILL : SI_USER, 0));
    }
    int raised =
        switch ((int) trap.getAsLong()) {
          case 14 -> killing == SIGBUS || mapped ? SIGBUS : SIGSEGV;
          case 11, 13 -> SIGSEGV;
          case 12, 17 -> SIGBUS;
          case 6 -> SIGILL;
          case 0, 16, 19 -> SIGFPE;
          case 1, 3 -> SIGTRAP;
          default -> 0;
        };
    if (raised == 0 || (killing != raised && killing != SIGABRT)) {
      return Optional.empty();
    }
    boolean pageFault = trap.getAsLong() == PAGE_FAULT;
    boolean denied = raised == SIGBUS || (error.orElse(0) & 1) != 0;
    return Optional.of(
        told(
            raised,
            pageFault ? (denied ? 2 : 1) : codeOf((int) trap.getAsLong()),
            pageFault ? pageFaultAddress.orElse(0) : 0));
  }

  private SignalFrame told(int raised, int why, long address) {
    return new SignalFrame(
        at, end, raised, why, address, registers, trap, error, pageFaultAddress, restorer);
  }

  /// Whether a system call was interrupted, so that the signal was sent: the instruction leaves the
  /// address after it in rcx and the flags in r11. The trap number is then that of some earlier
  /// fault.
  ///
  /// The address alone does not tell: a call through rcx has it there too, and so has a call of
  /// NULL while rcx is zero. A fault sets the resume flag, which r11 never has.
  ///
  /// Source: AMD64 Architecture Programmer's Manual vol. 3, SYSCALL; vol. 2 §8.2, the RF flag
  static boolean inSystemCall(Registers registers) {
    return registers.value("rcx").equals(OptionalLong.of(registers.pc()))
        && registers.value("r11").equals(registers.value("eflags"));
  }

  /// FPE_INTDIV, ILL_ILLOPN, FPE_FLTUNK, BUS_ADRALN, TRAP_TRACE; the others are sent by the kernel
  /// itself.
  private static int codeOf(int trap) {
    return switch (trap) {
      case 0, 17 -> 1;
      case 1, 6 -> 2;
      case 16, 19 -> 14;
      default -> SI_KERNEL;
    };
  }

  private static final int PAGE_FAULT = 14;
  private static final int SIGILL = 4;
  private static final int SIGTRAP = 5;
  private static final int SIGBUS = 7;
  private static final int SIGFPE = 8;
  private static final int SIGSEGV = 11;
  private static final int SI_KERNEL = 128;
  private static final int SI_USER = 0;

  static final int SIGABRT = 6;
  static final int SI_TKILL = -6;

  /// Whether a faulting instruction raises this signal. Source: signal(7)
  public static boolean isFaultSignal(int signo) {
    return signo == 4 || signo == 5 || signo == 7 || signo == 8 || signo == 11;
  }
}
