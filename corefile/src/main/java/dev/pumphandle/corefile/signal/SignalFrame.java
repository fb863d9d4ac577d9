package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.Registers;
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

  static final int SIGABRT = 6;
  static final int SI_TKILL = -6;

  /// Whether a faulting instruction raises this signal. Source: signal(7)
  public static boolean isFaultSignal(int signo) {
    return signo == 4 || signo == 5 || signo == 7 || signo == 8 || signo == 11;
  }
}
