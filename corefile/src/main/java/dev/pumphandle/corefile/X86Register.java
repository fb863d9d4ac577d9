package dev.pumphandle.corefile;

/// The registers of `struct user_regs_struct`, in its order.
///
/// Source: Linux v6.12 arch/x86/include/asm/user_64.h (order);
/// System V ABI AMD64, figure 3.36 "DWARF Register Number Mapping" (DWARF numbers)
public enum X86Register implements Register {
  /// The register r15.
  R15("r15", 0, 64, 15),
  /// The register r14.
  R14("r14", 8, 64, 14),
  /// The register r13.
  R13("r13", 16, 64, 13),
  /// The register r12.
  R12("r12", 24, 64, 12),
  /// The register rbp.
  RBP("rbp", 32, 64, 6),
  /// The register rbx.
  RBX("rbx", 40, 64, 3),
  /// The register r11.
  R11("r11", 48, 64, 11),
  /// The register r10.
  R10("r10", 56, 64, 10),
  /// The register r9.
  R9("r9", 64, 64, 9),
  /// The register r8.
  R8("r8", 72, 64, 8),
  /// The register rax.
  RAX("rax", 80, 64, 0),
  /// The register rcx.
  RCX("rcx", 88, 64, 2),
  /// The register rdx.
  RDX("rdx", 96, 64, 1),
  /// The register rsi.
  RSI("rsi", 104, 64, 4),
  /// The register rdi.
  RDI("rdi", 112, 64, 5),
  /// The number of the system call, or −1.
  ORIG_RAX("orig_rax", 120, 64, -1),
  /// The register rip.
  RIP("rip", 128, 64, 16),
  /// The register cs.
  CS("cs", 136, 16, 51),
  /// The register eflags.
  EFLAGS("eflags", 144, 64, 49),
  /// The register rsp.
  RSP("rsp", 152, 64, 7),
  /// The register ss.
  SS("ss", 160, 16, 52),
  /// The register fs_base.
  FS_BASE("fs_base", 168, 64, 58),
  /// The register gs_base.
  GS_BASE("gs_base", 176, 64, 59),
  /// The register ds.
  DS("ds", 184, 16, 53),
  /// The register es.
  ES("es", 192, 16, 50),
  /// The register fs.
  FS("fs", 200, 16, 54),
  /// The register gs.
  GS("gs", 208, 16, 55);

  private final String label;
  private final int offset;
  private final int bits;
  private final int dwarf;

  X86Register(String label, int offset, int bits, int dwarf) {
    this.label = label;
    this.offset = offset;
    this.bits = bits;
    this.dwarf = dwarf;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int bits() {
    return bits;
  }

  @Override
  public int dwarf() {
    return dwarf;
  }
}
