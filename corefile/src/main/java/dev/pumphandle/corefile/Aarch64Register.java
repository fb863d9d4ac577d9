package dev.pumphandle.corefile;

/// The registers of `struct user_pt_regs`, in its order.
///
/// Source: Linux v6.12 arch/arm64/include/uapi/asm/ptrace.h (order);
/// DWARF for the Arm 64-bit Architecture, §4.1 "DWARF register names" (DWARF numbers)
public enum Aarch64Register implements Register {
  /// The register x0.
  X0("x0", 0, 64, 0),
  /// The register x1.
  X1("x1", 8, 64, 1),
  /// The register x2.
  X2("x2", 16, 64, 2),
  /// The register x3.
  X3("x3", 24, 64, 3),
  /// The register x4.
  X4("x4", 32, 64, 4),
  /// The register x5.
  X5("x5", 40, 64, 5),
  /// The register x6.
  X6("x6", 48, 64, 6),
  /// The register x7.
  X7("x7", 56, 64, 7),
  /// The register x8.
  X8("x8", 64, 64, 8),
  /// The register x9.
  X9("x9", 72, 64, 9),
  /// The register x10.
  X10("x10", 80, 64, 10),
  /// The register x11.
  X11("x11", 88, 64, 11),
  /// The register x12.
  X12("x12", 96, 64, 12),
  /// The register x13.
  X13("x13", 104, 64, 13),
  /// The register x14.
  X14("x14", 112, 64, 14),
  /// The register x15.
  X15("x15", 120, 64, 15),
  /// The register x16.
  X16("x16", 128, 64, 16),
  /// The register x17.
  X17("x17", 136, 64, 17),
  /// The register x18.
  X18("x18", 144, 64, 18),
  /// The register x19.
  X19("x19", 152, 64, 19),
  /// The register x20.
  X20("x20", 160, 64, 20),
  /// The register x21.
  X21("x21", 168, 64, 21),
  /// The register x22.
  X22("x22", 176, 64, 22),
  /// The register x23.
  X23("x23", 184, 64, 23),
  /// The register x24.
  X24("x24", 192, 64, 24),
  /// The register x25.
  X25("x25", 200, 64, 25),
  /// The register x26.
  X26("x26", 208, 64, 26),
  /// The register x27.
  X27("x27", 216, 64, 27),
  /// The register x28.
  X28("x28", 224, 64, 28),
  /// The frame pointer, x29.
  X29("x29", 232, 64, 29),
  /// The link register, x30.
  X30("x30", 240, 64, 30),
  /// The stack pointer.
  SP("sp", 248, 64, 31),
  /// The program counter.
  PC("pc", 256, 64, 32),
  /// The processor state, as SPSR holds it.
  PSTATE("pstate", 264, 64, -1);

  private final String label;
  private final int offset;
  private final int bits;
  private final int dwarf;

  Aarch64Register(String label, int offset, int bits, int dwarf) {
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
