package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import java.util.OptionalLong;
import java.util.Set;

/// What a thread was asking of the kernel when the process died.
final class SystemCall {

  /// kill, tkill, tgkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal.
  ///
  /// Source: Linux v6.12 arch/x86/entry/syscalls/syscall_64.tbl
  private static final Set<Long> SENDING_X86 = Set.of(62L, 200L, 234L, 129L, 297L, 424L);

  /// The same. Source: Linux v6.12 include/uapi/asm-generic/unistd.h
  private static final Set<Long> SENDING_ARM = Set.of(129L, 130L, 131L, 138L, 240L, 424L);

  private SystemCall() {}

  /// Whether a thread may be the one whose handler sent the fatal signal: it was in a system call
  /// that sends, or in none, as after rt_sigreturn has taken it back to the fault. On x86-64
  /// orig_rax
  /// holds the number, and is negative in none; AArch64 leaves the number in x8 afterwards.
  ///
  /// Source: Linux v6.12 arch/x86/kernel/signal_64.c, restore_sigcontext(): "regs->orig_ax = -1"
  static boolean mayHaveSent(Machine machine, Registers registers) {
    OptionalLong number = registers.value(machine == Machine.X86_64 ? "orig_rax" : "x8");
    Set<Long> sending = machine == Machine.X86_64 ? SENDING_X86 : SENDING_ARM;
    return number.isEmpty() || number.getAsLong() < 0 || sending.contains(number.getAsLong());
  }
}
