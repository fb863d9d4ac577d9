package dev.pumphandle.corefile.note;

/// What the process was: numbers, short name, beginning of the command line.
///
/// Source: Linux v6.12 include/linux/elfcore.h, struct elf_prpsinfo
public record PrPsInfo(NoteHead head) implements Note {

  static final int LEAST_BYTES = 136;

  /// The state's letter (`pr_sname`), as `ps` shows it: `R`, `S`, `D`, `T`, `Z`, `W`; NUL where
  /// qemu wrote the core.
  public char state() {
    return (char) contents().u8(1);
  }

  /// The nice value (`pr_nice`).
  public int nice() {
    return (byte) contents().u8(3);
  }

  /// The user (`pr_uid`, unsigned).
  public long uid() {
    return contents().u32(16);
  }

  /// The group (`pr_gid`, unsigned).
  public long gid() {
    return contents().u32(20);
  }

  /// The process (`pr_pid`), as seen in its own PID namespace.
  public int pid() {
    return contents().s32(24);
  }

  /// The parent process (`pr_ppid`).
  public int parentPid() {
    return contents().s32(28);
  }

  /// The process group (`pr_pgrp`).
  public int processGroup() {
    return contents().s32(32);
  }

  /// The session (`pr_sid`).
  public int session() {
    return contents().s32(36);
  }

  /// The name of the thread that dumped (`pr_fname`): `comm`, so at most 15 bytes of the
  /// executable's name unless set anew.
  public String name() {
    return contents().cString(40, 16);
  }

  /// The first 80 bytes of the command line (`pr_psargs`), arguments parted by spaces; may hold a
  /// person's data.
  public String arguments() {
    return contents().cString(56, 80).stripTrailing();
  }

  @Override
  public String toString() {
    return "PrPsInfo[pid=" + pid() + ", name=" + name() + "]";
  }
}
