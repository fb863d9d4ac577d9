package dev.pumphandle.lab.forge;

import java.util.LinkedHashMap;
import java.util.Map;

/// What happened at the moment of death: the signal and every register, as an observer standing
/// beside would have noted them.
///
/// @param info      the signal
/// @param trap      x86 trap number
/// @param error     x86 error code, ESR on AArch64
/// @param registers all general registers
record Fault(SignalInfo info, int trap, long error, Map<String, Long> registers) {

  static final int SIGILL = 4;
  static final int SIGTRAP = 5;
  static final int SIGABRT = 6;
  static final int SIGBUS = 7;
  static final int SIGFPE = 8;
  static final int SIGSEGV = 11;
  static final int SIGSYS = 31;
  static final int SIGUSR2 = 12;

  /// si_code of a general protection fault and of everything else that the kernel does not explain.
  static final int SI_KERNEL = 128;

  /// x86 error codes: user mode read, write, and instruction fetch of absent or forbidden pages.
  static final int READ = 4;

  static final int WRITE = 6;
  static final int FETCH = 0x14;
  static final int FETCH_DENIED = 0x15;

  Fault {
    registers = new LinkedHashMap<>(registers);
  }

  /// A page fault: SIGSEGV with code 1 (nothing mapped) or 2 (not allowed).
  static Fault page(int code, long address, long error, ForgedThread t) {
    return new Fault(SignalInfo.fault(SIGSEGV, code, address), 14, error, t.registers());
  }

  /// A general protection fault: the kernel says neither address nor reason.
  static Fault protection(ForgedThread t) {
    return new Fault(SignalInfo.fault(SIGSEGV, SI_KERNEL, 0), 13, 0, t.registers());
  }

  /// Any other signal of the kernel or of a process.
  static Fault of(SignalInfo info, int trap, ForgedThread t) {
    return new Fault(info, trap, 0, t.registers());
  }

  long reg(String name) {
    return registers.getOrDefault(name, 0L);
  }

  /// The address that cr2 held: the faulting one for page faults only.
  long cr2() {
    return trap == 14 ? info.first() : 0;
  }
}
