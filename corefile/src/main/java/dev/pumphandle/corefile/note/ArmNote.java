package dev.pumphandle.corefile.note;

import java.util.Optional;

/// A note that only AArch64 has: thread pointer, debug registers, scalable vectors, pointer
/// authentication, …
///
/// Source: Linux v6.12 include/uapi/linux/elf.h, NT_ARM_*
public record ArmNote(NoteHead head, Kind kind) implements Note {

  /// The kinds told apart.
  public enum Kind {
    /// Vector floating point of 32-bit Arm.
    VFP(0x400),
    /// The thread pointer: `tpidr_el0`, and `tpidr2_el0` where there is SME.
    TLS(0x401),
    /// Hardware breakpoints.
    HW_BREAK(0x402),
    /// Hardware watchpoints.
    HW_WATCH(0x403),
    /// The system call's number, −1 outside of one.
    SYSTEM_CALL(0x404),
    /// The scalable vector extension's registers.
    SVE(0x405),
    /// The masks of pointer authentication: which bits of a code and of a data address are not
    /// address.
    PAC_MASK(0x406),
    /// The address keys of pointer authentication.
    PACA_KEYS(0x407),
    /// The generic key of pointer authentication.
    PACG_KEYS(0x408),
    /// How tagged addresses are treated.
    TAGGED_ADDR_CTRL(0x409),
    /// Which pointer authentication keys are enabled.
    PAC_ENABLED_KEYS(0x40a),
    /// Streaming SVE registers.
    SSVE(0x40b),
    /// The matrix array ZA.
    ZA(0x40c),
    /// The lookup table ZT0.
    ZT(0x40d),
    /// The floating-point mode register.
    FPMR(0x40e),
    /// Permission overlays.
    POE(0x40f),
    /// Guarded control stacks.
    GCS(0x410);

    private final int type;

    Kind(int type) {
      this.type = type;
    }

    /// The kind with this type number.
    public static Optional<Kind> ofType(int type) {
      int ordinal = type - 0x400;
      return ordinal >= 0 && ordinal < KINDS.length
          ? Optional.of(KINDS[ordinal])
          : Optional.empty();
    }

    /// The name in the kernel's header.
    public String noteName() {
      return "NT_ARM_" + name();
    }

    /// The type number.
    public int type() {
      return type;
    }
  }

  private static final Kind[] KINDS = Kind.values();

  @Override
  public String toString() {
    return "ArmNote[" + kind + ", " + contents().length() + " bytes]";
  }
}
