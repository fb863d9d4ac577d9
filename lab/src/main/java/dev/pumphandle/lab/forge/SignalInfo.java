package dev.pumphandle.lab.forge;

/// A `siginfo_t`: which signal, why, and the 16 bytes of the union that matter to us.
///
/// Source: Linux v6.1 include/uapi/asm-generic/siginfo.h: the union starts at offset 16; a fault
/// has its address there, a sent
/// signal pid and uid, a timer its id, overrun and value.
///
/// @param signo  signal number
/// @param code   si_code: positive from the kernel, zero or negative from a process
/// @param first  the union's first eight bytes
/// @param second the union's next eight bytes
public record SignalInfo(int signo, int code, long first, long second) {

  /// Size of a siginfo_t (bytes).
  public static final int BYTES = 128;

  /// A fault at an address.
  public static SignalInfo fault(int signo, int code, long address) {
    return new SignalInfo(signo, code, address, 0);
  }

  /// A signal that a process sent: code 0 for kill, −6 for tgkill, −1 for sigqueue.
  public static SignalInfo sent(int signo, int code, int pid, int uid) {
    return new SignalInfo(signo, code, (pid & 0xffffffffL) | ((long) uid << 32), 0);
  }

  /// An alarm of a POSIX timer (SI_TIMER).
  public static SignalInfo timer(int signo, int timerId) {
    return new SignalInfo(signo, -2, timerId, 0);
  }

  /// The bytes, with names.
  public Blob blob() {
    return new Blob()
        .u32("si_signo", signo)
        .u32("si_errno", 0)
        .u32("si_code", code)
        .u32(0)
        .u64("si_addr", first)
        .u64("si_value", second)
        .upTo(BYTES);
  }
}
