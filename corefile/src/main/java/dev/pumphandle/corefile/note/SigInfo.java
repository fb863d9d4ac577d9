package dev.pumphandle.corefile.note;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// A `siginfo_t`: which signal, why, and from where.
///
/// The kernel writes one, for the signal that killed the process; gdb's gcore writes one for each
/// thread. The fields after the code are a union: the accessors answer only where the signal and
/// the code say that the field is there.
///
/// Source: Linux v6.12 include/uapi/asm-generic/siginfo.h
public record SigInfo(NoteHead head) implements Note {

  static final int LEAST_BYTES = 24;

  /// The code of a signal that the kernel sent without saying more (`SI_KERNEL`).
  public static final int SI_KERNEL = 0x80;

  /// The signal (`si_signo`).
  public int signo() {
    return contents().s32(0);
  }

  /// The error number (`si_errno`), 0 as a rule.
  public int errno() {
    return contents().s32(4);
  }

  /// Why (`si_code`): above 0 from the kernel, else from a process. A handler that re-raises a
  /// fault makes it −6 (`SI_TKILL`) or 0 (`SI_USER`), so a code that is not positive does not mean
  /// that there was no fault.
  public int code() {
    return contents().s32(8);
  }

  /// The faulting address (`si_addr`, unsigned), for SIGILL, SIGTRAP, SIGBUS, SIGFPE and SIGSEGV
  /// from the kernel.
  ///
  /// Empty for SI_KERNEL, too: there the field is 0 and the true address is unknown (a general
  /// protection fault, a signal frame that could not be written). Its value as stored is in
  /// [#addressField].
  public OptionalLong address() {
    return isFault() && code() > 0 && code() != SI_KERNEL
        ? OptionalLong.of(addressField())
        : OptionalLong.empty();
  }

  /// The eight bytes where `si_addr` would be (unsigned), whatever they mean.
  public long addressField() {
    return contents().u64(16);
  }

  /// The sender's process (`si_pid`), where a process sent it.
  public OptionalInt senderPid() {
    return fromProcess() ? OptionalInt.of(contents().s32(16)) : OptionalInt.empty();
  }

  /// The sender's user (`si_uid`, unsigned), where a process sent it.
  public OptionalLong senderUid() {
    return fromProcess() ? OptionalLong.of(contents().u32(20)) : OptionalLong.empty();
  }

  /// Whether the signal is one that a faulting instruction raises.
  private boolean isFault() {
    return switch (signo()) {
      case 4, 5, 7, 8, 11 -> true;
      default -> false;
    };
  }

  /// SI_USER 0, SI_QUEUE −1, SI_MESGQ −3, SI_TKILL −6; timers (−2) and the rest keep other things
  /// there.
  private boolean fromProcess() {
    return switch (code()) {
      case 0, -1, -3, -6 -> true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return "SigInfo[signo=" + signo() + ", code=" + code() + "]";
  }
}
