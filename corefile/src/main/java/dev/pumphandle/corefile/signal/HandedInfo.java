package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.ByteView;

/// Whether what stands where a frame has its siginfo can be one.
///
/// The kernel writes a siginfo only for handlers that were installed with SA_SIGINFO; else the
/// words there are whatever the stack held. They often begin with a small number, which alone would
/// pass for a signal: the dynamic linker left 12, 0 and -1 there, a SIGUSR2 that nobody sent, in a
/// program whose handler for SIGSEGV called abort(). Test: HandlerFramesTest.
///
/// Source: Linux v6.12 arch/x86/kernel/signal_64.c, x64_setup_rt_frame(); kernel/signal.c,
/// clear_siginfo() at its callers: si_errno is 0 but for seccomp's SIGSYS; include/linux/threads.h,
/// PID_MAX_LIMIT; include/uapi/asm-generic/siginfo.h for the codes.
final class HandedInfo {

  private static final int ERRNO = 4;
  private static final int CODE = 8;
  private static final int PID = 16;

  private static final int SIGNALS = 64;
  private static final int SIGILL = 4;
  private static final int SIGFPE = 8;
  private static final int SIGSEGV = 11;
  private static final int SIGSYS = 31;
  private static final int SEGV_ACCERR = 2;

  private static final int DIVIDE = 0;
  private static final int PAGE_FAULT = 14;
  private static final int X87 = 16;
  private static final int SIMD = 19;

  /// PID_MAX_LIMIT of 64-bit kernels.
  private static final int MOST_PIDS = 4 << 20;

  /// SI_KERNEL is the largest code, SI_ASYNCNL the smallest that the kernel or the C library uses.
  private static final int LARGEST_CODE = 128;

  private static final int SMALLEST_CODE = -60;

  private static final int SI_USER = 0;
  private static final int SI_QUEUE = -1;

  private HandedInfo() {}

  /// @param bytes memory
  /// @param at where the siginfo would begin
  /// @param trap the processor's trap number in the same frame (unsigned)
  static boolean isPlausible(ByteView bytes, int at, long trap) {
    int signo = bytes.s32(at);
    int code = bytes.s32(at + CODE);
    if (signo < 1 || signo > SIGNALS || code < SMALLEST_CODE || code > LARGEST_CODE) {
      return false;
    }
    if (code > 0 && code < LARGEST_CODE && !raises(trap, signo, code)) {
      return false;
    }
    // A queued siginfo is written by its sender, errno and all.
    if (bytes.s32(at + ERRNO) != 0 && signo != SIGSYS && code != SI_QUEUE) {
      return false;
    }
    boolean namesSender = code == SI_USER || code == SI_QUEUE || code == SignalFrame.SI_TKILL;
    int pid = bytes.s32(at + PID);
    return !namesSender || (pid >= 0 && pid <= MOST_PIDS);
  }

  /// Whether a siginfo says that an instruction raised the signal: then no system call was
  /// interrupted.
  ///
  /// Folklore: raise() of a signal whose handler wants no siginfo leaves the trap number 0, that of
  /// a division, and the stack held an 8 where the siginfo would be: a SIGFPE that never was, while
  /// the handler died of a null dereference. Seen with SIGUSR1 at -O0. Test: HandlerFramesTest.
  static boolean isOfInstruction(ByteView bytes, int at) {
    int signo = bytes.s32(at);
    int code = bytes.s32(at + CODE);
    boolean raised = signo == SIGILL || signo == SIGFPE || signo == SIGSEGV;
    return raised && code > 0 && code < LARGEST_CODE;
  }

  /// Whether the trap can raise the signal with this code. Only what one trap alone raises is
  /// refused to the others: division and arithmetic, and an address that is not mapped or not
  /// allowed.
  ///
  /// Source: Linux v6.12 arch/x86/kernel/traps.c, exc_divide_error() and math_error();
  /// arch/x86/mm/fault.c, __bad_area_nosemaphore()
  private static boolean raises(long trap, int signo, int code) {
    return switch (signo) {
      case SIGFPE -> trap == DIVIDE || trap == X87 || trap == SIMD;
      case SIGSEGV -> code > SEGV_ACCERR || trap == PAGE_FAULT;
      default -> true;
    };
  }
}
