package dev.pumphandle.corefile;

import java.util.Optional;

/// A processor architecture that is read here.
public enum Machine {
  /// AMD64, also called x86-64 or x64. Source: System V ABI AMD64, §4.1.1 (EM_X86_64 = 62).
  X86_64(62, "x86-64", 112, 216),
  /// 64-bit Arm. Source: ELF for the Arm 64-bit Architecture (EM_AARCH64 = 183).
  AARCH64(183, "AArch64", 112, 272);

  private final int elfNumber;
  private final String label;
  private final int registersAt;
  private final int registersBytes;

  Machine(int elfNumber, String label, int registersAt, int registersBytes) {
    this.elfNumber = elfNumber;
    this.label = label;
    this.registersAt = registersAt;
    this.registersBytes = registersBytes;
  }

  /// The machine whose ELF number (`e_machine`) is `number`, where it is one that is read here.
  public static Optional<Machine> ofElfNumber(int number) {
    for (Machine machine : values()) {
      if (machine.elfNumber == number) {
        return Optional.of(machine);
      }
    }
    return Optional.empty();
  }

  /// The machine's number in ELF headers (`e_machine`).
  public int elfNumber() {
    return elfNumber;
  }

  /// The usual name, for people.
  public String label() {
    return label;
  }

  /// Where `pr_reg` begins in `struct elf_prstatus` (bytes); the same on both, as the part before
  /// it is.
  ///
  /// Source: Linux v6.12 include/linux/elfcore.h, struct elf_prstatus_common
  public int registersAt() {
    return registersAt;
  }

  /// The size of `elf_gregset_t` (bytes): 27 words on x86-64, 34 on AArch64.
  ///
  /// Source: Linux v6.12 arch/x86/include/asm/user_64.h, arch/arm64/include/asm/elf.h
  public int registersBytes() {
    return registersBytes;
  }
}
