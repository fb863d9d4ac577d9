package dev.pumphandle.fieldwork.log.dialect;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/// Signals and their codes as programs write them: `SIGSEGV`, `Segmentation fault`, `SEGV_MAPERR`,
/// `address not mapped to object`.
///
/// Source: Linux v6.12 include/uapi/asm-generic/signal.h, siginfo.h; glibc 2.36 sysdeps/generic/
/// siglist.h, stdio-common/psiginfo-data.h; folly/debugging/symbolizer/SignalHandler.cpp.
final class SignalWords {

  static final int SIGABRT = 6;
  static final int SIGKILL = 9;
  static final int SIGSEGV = 11;

  private static final Map<String, Integer> NUMBERS = new HashMap<>();
  private static final Map<String, Integer> CODES = new HashMap<>();

  static {
    signal(1, "hup", "hangup");
    signal(2, "int", "interrupt");
    signal(3, "quit", "quit");
    signal(4, "ill", "illegal instruction", "illegal operation");
    signal(5, "trap", "trace/breakpoint trap", "trace trap", "trace or breakpoint trap");
    signal(6, "abrt", "aborted", "abort", "iot", "abort trap", "iot trap");
    signal(7, "bus", "bus error");
    signal(
        8, "fpe", "floating point exception", "floating-point exception", "arithmetic exception");
    signal(9, "kill", "killed");
    signal(
        11,
        "segv",
        "segmentation fault",
        "segmentation violation",
        "invalid memory reference",
        "segfault",
        "access violation");
    signal(13, "pipe", "broken pipe");
    signal(15, "term", "terminated");
    signal(24, "xcpu", "cpu time limit exceeded");
    signal(25, "xfsz", "file size limit exceeded");
    signal(31, "sys", "bad system call");
    code(
        1,
        "segv_maperr",
        "address not mapped to object",
        "address not mapped",
        "memory not mapped");
    code(2, "segv_accerr", "invalid permissions for mapped object", "invalid permissions");
    code(3, "segv_bnderr", "failed address bound checks");
    code(4, "segv_pkuerr", "access was denied by memory protection keys");
    code(10, "segv_cperr");
    code(1, "bus_adraln", "invalid address alignment");
    code(2, "bus_adrerr", "nonexistent physical address", "non-existant physical address");
    code(3, "bus_objerr", "object-specific hardware error", "object specific hardware error");
    code(4, "bus_mceerr_ar");
    code(5, "bus_mceerr_ao");
    code(1, "ill_illopc", "illegal opcode");
    code(2, "ill_illopn", "illegal operand");
    code(3, "ill_illadr", "illegal addressing mode");
    code(4, "ill_illtrp", "illegal trap");
    code(5, "ill_prvopc", "privileged opcode");
    code(6, "ill_prvreg", "privileged register");
    code(7, "ill_coproc", "coprocessor error");
    code(8, "ill_badstk", "internal stack error");
    code(1, "fpe_intdiv", "integer divide by zero", "integer divide-by-zero");
    code(2, "fpe_intovf", "integer overflow");
    code(3, "fpe_fltdiv", "floating-point divide by zero", "floating point divide by zero");
    code(4, "fpe_fltovf", "floating-point overflow");
    code(5, "fpe_fltund", "floating-point underflow");
    code(6, "fpe_fltres", "floating-point inexact result");
    code(7, "fpe_fltinv", "floating-point invalid operation", "invalid floating-point operation");
    code(8, "fpe_fltsub", "subscript out of range");
    code(1, "trap_brkpt", "process breakpoint");
    code(2, "trap_trace", "process trace trap");
    code(0, "si_user", "sent by kill, sigsend or raise", "signal sent by kill()");
    code(-1, "si_queue", "sent by sigqueue", "signal sent by sigqueue()");
    code(-2, "si_timer", "sent by alarm/timer expiry");
    code(-6, "si_tkill", "sent by tkill or tgkill", "signal sent by tkill()");
    code(128, "si_kernel", "sent by kernel (si_kernel)", "signal sent by the kernel");
  }

  private SignalWords() {}

  private static void signal(int number, String... words) {
    for (String word : words) {
      NUMBERS.put(word, number);
    }
  }

  private static void code(int number, String... words) {
    for (String word : words) {
      CODES.put(word, number);
    }
  }

  /// The number of a signal: `SIGSEGV`, `SEGV`, `Segmentation fault` or `11`.
  static OptionalInt number(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.matches("\\d{1,2}")) {
      int number = Integer.parseInt(word);
      return number >= 1 && number <= 64 ? OptionalInt.of(number) : OptionalInt.empty();
    }
    Integer known = NUMBERS.get(word.startsWith("sig") ? word.substring(3) : word);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  /// si_code: `SEGV_MAPERR`, `address not mapped to object`, `1`, `-6`, `0x1`.
  static OptionalInt code(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.matches("-?\\d{1,3}")) {
      return OptionalInt.of(Integer.parseInt(word));
    }
    if (word.matches("1844674407\\d{10}")) {
      return OptionalInt.of((int) Long.parseUnsignedLong(word)); // a negative one, unsigned
    }
    if (word.matches("0x[0-9a-f]{1,16}")) {
      return OptionalInt.of((int) Long.parseUnsignedLong(word.substring(2), 16));
    }
    Integer known = CODES.get(word);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  /// Whether a signal is one that a fault raises, so that si_addr means something.
  static boolean isFault(int signal) {
    return signal == 4 || signal == 5 || signal == 7 || signal == 8 || signal == SIGSEGV;
  }

  /// Whether a signal is a crash: a fault, or an abort.
  static boolean isCrash(int signal) {
    return isFault(signal) || signal == SIGABRT || signal == 31;
  }
}
