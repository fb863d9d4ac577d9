package dev.pumphandle.lab.forge;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The two machines whose cores we forge: what a kernel writes differently on each.
///
/// Source: Linux v6.1 include/uapi/linux/elf-em.h; arch/x86/include/asm/user_64.h, struct
/// user_regs_struct;
/// arch/arm64/include/uapi/asm/ptrace.h, struct user_pt_regs and struct user_fpsimd_state.
public enum ForgedMachine {
  /// AMD64.
  X86_64(
      62,
      List.of(
          "r15",
          "r14",
          "r13",
          "r12",
          "rbp",
          "rbx",
          "r11",
          "r10",
          "r9",
          "r8",
          "rax",
          "rcx",
          "rdx",
          "rsi",
          "rdi",
          "orig_rax",
          "rip",
          "cs",
          "eflags",
          "rsp",
          "ss",
          "fs_base",
          "gs_base",
          "ds",
          "es",
          "fs",
          "gs"),
      512,
      "x86_64"),
  /// 64-bit ARM.
  AARCH64(
      183,
      Stream.concat(
              IntStream.rangeClosed(0, 30).mapToObj(i -> "x" + i), Stream.of("sp", "pc", "pstate"))
          .toList(),
      528,
      "aarch64");

  private final int elfMachine;

  @SuppressWarnings("ImmutableEnumChecker") // both lists above are unmodifiable
  private final List<String> registers;

  private final int fpBytes;
  private final String platform;

  ForgedMachine(int elfMachine, List<String> registers, int fpBytes, String platform) {
    this.elfMachine = elfMachine;
    this.registers = registers;
    this.fpBytes = fpBytes;
    this.platform = platform;
  }

  /// The ELF header's e_machine.
  public int elfMachine() {
    return elfMachine;
  }

  /// The general registers in the order of `pr_reg`, eight bytes each.
  public List<String> registers() {
    return registers;
  }

  /// Size of NT_FPREGSET's descriptor (bytes).
  public int fpBytes() {
    return fpBytes;
  }

  /// What AT_PLATFORM points at.
  public String platform() {
    return platform;
  }

  /// The name of the program counter.
  public String pc() {
    return this == X86_64 ? "rip" : "pc";
  }

  /// The name of the stack pointer.
  public String sp() {
    return this == X86_64 ? "rsp" : "sp";
  }

  /// The name of the frame pointer.
  public String fp() {
    return this == X86_64 ? "rbp" : "x29";
  }
}
