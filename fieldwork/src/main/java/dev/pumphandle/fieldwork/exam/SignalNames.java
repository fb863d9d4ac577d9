package dev.pumphandle.fieldwork.exam;

import java.util.List;

/// The names of signals.
///
/// Source: Linux v6.12 arch/x86/include/uapi/asm/signal.h; include/uapi/asm-generic/signal.h
public final class SignalNames {

  private static final List<String> NAMES =
      List.of(
          "NONE", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
          "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private SignalNames() {}

  /// The name of a signal: `SIGSEGV`.
  public static String of(int signo) {
    if (signo > 0 && signo < NAMES.size()) {
      return "SIG" + NAMES.get(signo);
    }
    return signo >= 32 && signo <= 64 ? "SIGRT" + signo : "signal " + signo;
  }
}
