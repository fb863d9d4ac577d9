package dev.pumphandle.app.patient;

import java.util.Map;

/// The names of `si_code` values.
///
/// Source: Linux v6.12 include/uapi/asm-generic/siginfo.h.
final class SignalCode {
  private static final Map<String, String> ANY =
      Map.of(
          "0", "SI_USER: sent by kill()",
          "-1", "SI_QUEUE",
          "-2", "SI_TIMER",
          "-6", "SI_TKILL: sent by a thread, as raise() and abort() do",
          "128", "SI_KERNEL: no address given");

  private static final Map<String, Map<String, String>> BY_SIGNAL =
      Map.of(
          "SIGSEGV",
          Map.of("1", "SEGV_MAPERR: not mapped", "2", "SEGV_ACCERR: not permitted"),
          "SIGBUS",
          Map.of(
              "1",
              "BUS_ADRALN: not aligned",
              "2",
              "BUS_ADRERR: beyond the file",
              "3",
              "BUS_OBJERR"),
          "SIGILL",
          Map.of("1", "ILL_ILLOPC", "2", "ILL_ILLOPN", "5", "ILL_PRVOPC", "6", "ILL_PRVREG"),
          "SIGFPE",
          Map.of("1", "FPE_INTDIV: divided by zero", "2", "FPE_INTOVF", "3", "FPE_FLTDIV"),
          "SIGTRAP",
          Map.of("1", "TRAP_BRKPT", "2", "TRAP_TRACE"));

  private SignalCode() {}

  /// The name of a code, or `code N`.
  static String name(String signal, String code) {
    return ANY.getOrDefault(
        code, BY_SIGNAL.getOrDefault(signal, Map.of()).getOrDefault(code, "code " + code));
  }
}
