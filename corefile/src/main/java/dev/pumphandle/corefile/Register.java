package dev.pumphandle.corefile;

/// A general-purpose register of some machine, as data.
public sealed interface Register permits X86Register, Aarch64Register {

  /// The register's usual name in lower case: `rax`, `x30`.
  String label();

  /// Where it stands in the machine's `elf_gregset_t` (bytes); each takes eight bytes there.
  int offset();

  /// How many bits the processor gives it.
  int bits();

  /// Its number in DWARF, or −1 where it has none.
  int dwarf();

  /// Its place in its enum.
  int ordinal();
}
