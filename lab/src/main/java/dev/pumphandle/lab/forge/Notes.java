package dev.pumphandle.lab.forge;

import java.util.List;
import java.util.Map;

/// The notes of a core, each as the kernel writes it.
///
/// Source: Linux v6.1 include/uapi/linux/elf.h (types), include/uapi/linux/elfcore.h and
/// include/linux/elfcore.h (layouts, sizes checked by compiling
/// offsetof and sizeof for both machines), fs/binfmt_elf.c, fill_note_info() and fill_files_note()
/// (order and NT_FILE).
public final class Notes {

  /// Owner of the notes that every Unix has.
  public static final String CORE = "CORE";

  /// Owner of the notes that only Linux has.
  public static final String LINUX = "LINUX";

  static final int PRSTATUS = 1;
  static final int FPREGSET = 2;
  static final int PRPSINFO = 3;
  static final int AUXV = 6;
  static final int SIGINFO = 0x53494749;
  static final int FILE = 0x46494c45;
  static final int PRXFPREG = 0x46e62b7f;
  static final int X86_XSTATE = 0x202;

  private static final int PR_REG = 112;

  private Notes() {}

  /// NT_PRSTATUS: a thread's general registers.
  public static ForgedNote prStatus(ForgedThread thread, ForgedProcess process) {
    Blob b =
        new Blob()
            .u32("pr_info.si_signo", thread.cursig())
            .u32("pr_info.si_code", 0)
            .u32("pr_info.si_errno", 0)
            .u16("pr_cursig", thread.cursig())
            .align(8)
            .u64("pr_sigpend", 0)
            .u64("pr_sighold", 0)
            .u32("pr_pid", thread.tid())
            .u32("pr_ppid", process.ppid())
            .u32("pr_pgrp", process.pid())
            .u32("pr_sid", process.pid())
            .upTo(PR_REG);
    thread.registers().forEach((name, value) -> b.u64("pr_reg." + name, value));
    return new ForgedNote(CORE, PRSTATUS, b.u32("pr_fpvalid", 1).align(8));
  }

  /// NT_PRPSINFO: the process's name, state and numbers.
  public static ForgedNote prPsInfo(ForgedProcess process) {
    return new ForgedNote(
        CORE,
        PRPSINFO,
        new Blob()
            .u8("pr_state", 0)
            .u8("pr_sname", 'R')
            .u8("pr_zomb", 0)
            .u8("pr_nice", 0)
            .align(8)
            .u64("pr_flag", 0x400600)
            .u32("pr_uid", process.uid())
            .u32("pr_gid", process.uid())
            .u32("pr_pid", process.pid())
            .u32("pr_ppid", process.ppid())
            .u32("pr_pgrp", process.pid())
            .u32("pr_sid", process.pid())
            .text(
                process.name().length() > 15 ? process.name().substring(0, 15) : process.name(), 16)
            .text(
                process.arguments().length() > 79
                    ? process.arguments().substring(0, 79)
                    : process.arguments(),
                80));
  }

  /// NT_SIGINFO.
  public static ForgedNote sigInfo(SignalInfo info) {
    return new ForgedNote(CORE, SIGINFO, info.blob());
  }

  /// NT_AUXV; the closing AT_NULL is written here.
  public static ForgedNote auxv(Map<Integer, Long> vector) {
    Blob b = new Blob();
    vector.forEach(
        (type, value) -> b.u64("at[" + type + "].type", type).u64("at[" + type + "].value", value));
    return new ForgedNote(CORE, AUXV, b.u64("at[0].type", 0).u64("at[0].value", 0));
  }

  /// NT_FILE of the regions that have a path, in the order given.
  public static ForgedNote file(List<Region> regions) {
    List<Region> files = regions.stream().filter(r -> !r.path().isEmpty()).toList();
    Blob b = new Blob().u64("count", files.size()).u64("page_size", Region.PAGE);
    for (int i = 0; i < files.size(); i++) {
      Region r = files.get(i);
      String entry = "file[" + i + "].";
      b.u64(entry + "start", r.from())
          .u64(entry + "end", r.to())
          .u64(entry + "ofs", Long.divideUnsigned(r.fileOffset(), Region.PAGE));
    }
    files.forEach(r -> b.cString(r.path()));
    return new ForgedNote(CORE, FILE, b);
  }

  /// NT_FPREGSET: a recognisable pattern, as many bytes as this machine has.
  public static ForgedNote fpRegSet(ForgedMachine machine) {
    Blob b = new Blob();
    if (machine == ForgedMachine.X86_64)
      b.u16("cwd", 0x37f).upTo(24).u32("mxcsr", 0x1f80).u32("mxcsr_mask", 0xffff);
    return new ForgedNote(CORE, FPREGSET, b.upTo(machine.fpBytes()));
  }

  /// NT_X86_XSTATE of `bytes` bytes: legacy area, xsave header, and zeros.
  ///
  /// Source: Intel SDM vol. 1, §13.4: XSTATE_BV stands at 512; Linux keeps XCR0 at 464 of the
  /// legacy area's software bytes.
  public static ForgedNote xState(int bytes) {
    Blob b = new Blob().u16("cwd", 0x37f).upTo(24).u32("mxcsr", 0x1f80).u32("mxcsr_mask", 0xffff);
    return new ForgedNote(
        LINUX, X86_XSTATE, b.upTo(464).u64("xcr0", 7).upTo(512).u64("xstate_bv", 7).upTo(bytes));
  }

  /// NT_PRXFPREG: the FXSAVE image that 32-bit debuggers ask for.
  public static ForgedNote prXFpReg() {
    return new ForgedNote(LINUX, PRXFPREG, new Blob().zeros(512));
  }

  /// The notes that an AArch64 kernel adds for each thread: TLS, breakpoints, watchpoints, system
  /// call, pointer authentication mask.
  public static List<ForgedNote> arm(long tls) {
    return List.of(
        new ForgedNote(LINUX, 0x401, new Blob().u64("tpidr_el0", tls)),
        new ForgedNote(LINUX, 0x402, new Blob().u32("dbg_info", 0x606).upTo(264)),
        new ForgedNote(LINUX, 0x403, new Blob().u32("dbg_info", 0x404).upTo(264)),
        new ForgedNote(LINUX, 0x404, new Blob().u32("syscall", -1)),
        new ForgedNote(
            LINUX,
            0x406,
            new Blob()
                .u64("data_mask", 0x7f_0000_0000_0000L)
                .u64("insn_mask", 0x7f_0000_0000_0000L)));
  }

  /// The note by which a kernel's own dump is known.
  ///
  /// Source: Linux v6.1 include/linux/crash_core.h, VMCOREINFO_NOTE_NAME; its type is 0.
  public static ForgedNote vmCoreInfo() {
    return new ForgedNote(
        "VMCOREINFO",
        0,
        new Blob()
            .cString("OSRELEASE=6.1.0-13-amd64\nPAGESIZE=4096\nSYMBOL(init_uts_ns)=ffffffff\n"));
  }
}
