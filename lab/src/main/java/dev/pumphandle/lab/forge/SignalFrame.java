package dev.pumphandle.lab.forge;

import java.util.List;
import java.util.Map;

/// What a kernel pushes on a stack before it runs a signal handler: the interrupted registers, and
/// why.
///
/// Source: Linux v6.1 arch/x86/kernel/signal.c, get_sigframe(), and signal_64.c,
/// x64_setup_rt_frame(); arch/x86/include/uapi/asm/sigcontext.h
/// (FP_XSTATE_MAGIC1/2); arch/arm64/kernel/signal.c, get_sigframe() and setup_sigframe();
/// arch/arm64/include/uapi/asm/sigcontext.h.
///
/// @param info      the signal
/// @param registers the interrupted registers by name
/// @param trap      x86 trap number (14 page fault, 13 general protection)
/// @param error     x86 error code, or ESR on AArch64
/// @param cr2       the faulting address as the processor reported it
/// @param restorer  the address that the handler returns to
/// @param altStack  first address of the alternate stack, 0 for none
/// @param altBytes  its size (bytes)
public record SignalFrame(
    SignalInfo info,
    Map<String, Long> registers,
    int trap,
    long error,
    long cr2,
    long restorer,
    long altStack,
    long altBytes) {

  private static final List<String> X86_ORDER =
      List.of(
          "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rdi", "rsi", "rbp", "rbx", "rdx",
          "rax", "rcx", "rsp", "rip", "eflags");
  private static final int X86_FRAME = 440;
  private static final int X86_RED_ZONE = 128;
  private static final int X86_LEGACY = 512;
  private static final int MAGIC1 = 0x46505853;
  private static final int MAGIC2 = 0x46505845;
  private static final int ARM_FRAME = 128 + 4560;
  private static final int ARM_FPSIMD = 0x46508001;
  private static final int ARM_ESR = 0x45535201;

  /// A frame on the interrupted stack itself.
  public static SignalFrame onSameStack(
      SignalInfo info, Map<String, Long> registers, int trap, long error, long cr2, long restorer) {
    return new SignalFrame(info, registers, trap, error, cr2, restorer, 0, 0);
  }

  /// Writes it into the region that holds the stack, below the interrupted stack pointer or from
  /// the top of the alternate stack, and answers
  /// the address of the frame: the handler's stack pointer on entry.
  ///
  /// @param label       prefix for the names of its numbers, empty for none
  /// @param xStateBytes size of the x86 XSAVE image (bytes), for example 832 with AVX or 2,432 with
  /// AVX-512; unused on AArch64
  public long push(Region stack, String label, ForgedMachine machine, int xStateBytes) {
    return machine == ForgedMachine.X86_64
        ? pushX86(stack, label, xStateBytes)
        : pushArm(stack, label);
  }

  private long top(String sp) {
    return altBytes > 0 ? altStack + altBytes : reg(sp);
  }

  private long pushX86(Region stack, String label, int xStateBytes) {
    long top = altBytes > 0 ? top("rsp") : top("rsp") - X86_RED_ZONE;
    long fp = (top - (xStateBytes + 4)) & -64L;
    long frame = ((fp - X86_FRAME) & -16L) - 8;
    Blob b =
        new Blob()
            .u64("pretcode", restorer)
            .u64("uc_flags", 7)
            .u64("uc_link", 0)
            .u64("ss_sp", altStack)
            .u32("ss_flags", altBytes > 0 ? 0 : 2)
            .u32(0)
            .u64("ss_size", altBytes);
    for (String name : X86_ORDER) b.u64("gregs." + name, reg(name));
    b.u64("gregs.csgsfs", 0x002b_0000_0000_0033L)
        .u64("gregs.err", error)
        .u64("gregs.trapno", trap)
        .u64("gregs.oldmask", 0)
        .u64("gregs.cr2", cr2)
        .u64("fpstate", fp)
        .upTo(304)
        .u64("uc_sigmask", 0);
    stack.blob(label, frame, b.append("info.", info.blob()));
    stack.blob(label, fp, fpState(xStateBytes));
    return frame;
  }

  private static Blob fpState(int xStateBytes) {
    return new Blob()
        .u16("fp.cwd", 0x37f)
        .upTo(24)
        .u32("fp.mxcsr", 0x1f80)
        .upTo(464)
        .u32("fp.magic1", MAGIC1)
        .u32("fp.extended_size", xStateBytes + 4)
        .u64("fp.xfeatures", 7)
        .u32("fp.xstate_size", xStateBytes)
        .upTo(X86_LEGACY)
        .u64("fp.xstate_bv", 3)
        .upTo(xStateBytes)
        .u32("fp.magic2", MAGIC2);
  }

  private long pushArm(Region stack, String label) {
    long record = (top("sp") - 16) & -16L;
    long frame = record - ARM_FRAME;
    Blob b =
        info.blob()
            .u64("uc_flags", 0)
            .u64("uc_link", 0)
            .u64("ss_sp", altStack)
            .u32("ss_flags", altBytes > 0 ? 0 : 2)
            .u32(0)
            .u64("ss_size", altBytes)
            .u64("uc_sigmask", 0)
            .upTo(128 + 176)
            .u64("fault_address", cr2);
    for (int i = 0; i <= 30; i++) b.u64("regs.x" + i, reg("x" + i));
    b.u64("regs.sp", reg("sp"))
        .u64("regs.pc", reg("pc"))
        .u64("regs.pstate", reg("pstate"))
        .align(16)
        .u32("fpsimd.magic", ARM_FPSIMD)
        .u32("fpsimd.size", 528)
        .u32("fpsimd.fpsr", 0)
        .u32("fpsimd.fpcr", 0)
        .zeros(512)
        .u32("esr.magic", ARM_ESR)
        .u32("esr.size", 16)
        .u64("esr.esr", error)
        .u32("end.magic", 0)
        .u32("end.size", 0)
        .upTo(ARM_FRAME);
    stack.blob(label, frame, b);
    stack.word(record, reg("x29")).word(record + 8, reg("x30"));
    return frame;
  }

  private long reg(String name) {
    Long value = registers.get(name);
    if (value == null) throw new IllegalArgumentException("the frame needs register " + name);
    return value;
  }
}
