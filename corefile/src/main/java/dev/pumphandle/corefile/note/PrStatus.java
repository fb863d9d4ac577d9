package dev.pumphandle.corefile.note;

import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;

/// One thread's status: its numbers, its signal state and its general registers. There is one for
/// each thread.
///
/// The registers are those with which the thread would have gone on in user mode: after a signal
/// handler has called `abort()` they stand inside libc, not at the fault.
///
/// Source: Linux v6.12 include/linux/elfcore.h, struct elf_prstatus; fs/binfmt_elf.c,
/// fill_prstatus()
public record PrStatus(NoteHead head, Machine machine) implements Note {

  /// The smallest contents that are a status (bytes): up to the end of the registers. `pr_fpvalid`
  /// may be missing.
  static int leastBytes(Machine machine) {
    return machine.registersAt() + machine.registersBytes();
  }

  /// The signal that the thread was killed by (`pr_cursig`), 0 for none.
  public int cursig() {
    return contents().u16(12);
  }

  /// The signals pending for this thread (`pr_sigpend`; bit n−1 is signal n).
  public long pendingSignals() {
    return contents().u64(16);
  }

  /// The signals this thread had blocked (`pr_sighold`; bit n−1 is signal n).
  public long blockedSignals() {
    return contents().u64(24);
  }

  /// The thread's number (`pr_pid`), as seen in its own PID namespace.
  public int tid() {
    return contents().s32(32);
  }

  /// The number of the parent process (`pr_ppid`).
  public int parentPid() {
    return contents().s32(36);
  }

  /// The process group (`pr_pgrp`).
  public int processGroup() {
    return contents().s32(40);
  }

  /// The session (`pr_sid`).
  public int session() {
    return contents().s32(44);
  }

  /// The time spent in user mode (microseconds). In a kernel core the first thread's is the whole
  /// process's.
  public long userTimeMicros() {
    return micros(48);
  }

  /// The time spent in the kernel (microseconds). In a kernel core the first thread's is the whole
  /// process's.
  public long systemTimeMicros() {
    return micros(64);
  }

  private long micros(int at) {
    return contents().u64(at) * 1_000_000 + contents().u64(at + 8);
  }

  /// The general registers (`pr_reg`), decoded when asked.
  public Registers registers() {
    return Registers.of(machine, contents().slice(machine.registersAt(), machine.registersBytes()));
  }

  @Override
  public String toString() {
    return "PrStatus[tid=" + tid() + ", cursig=" + cursig() + ", " + registers() + "]";
  }
}
