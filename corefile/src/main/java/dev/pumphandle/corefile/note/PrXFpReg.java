package dev.pumphandle.corefile.note;

/// A 32-bit program's FXSAVE image (`NT_PRXFPREG`), which some 64-bit cores carry too.
///
/// Source: Linux v6.12 arch/x86/include/uapi/asm/ptrace-abi.h; struct user32_fxsr_struct
public record PrXFpReg(NoteHead head) implements Note {}
