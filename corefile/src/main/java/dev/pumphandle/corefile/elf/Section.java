package dev.pumphandle.corefile.elf;

/// One section header, as the file states it.
///
/// @param index its number in the table, from 0
/// @param name its name; empty where the name table does not have it
/// @param type `sh_type`
/// @param flags `sh_flags`: 4 is executable
/// @param vaddr `sh_addr` (unsigned), 0 where it is not loaded
/// @param fileOffset `sh_offset` (bytes, unsigned)
/// @param bytes `sh_size` (bytes, unsigned)
/// @param link `sh_link`: the table that this one refers to
public record Section(
    int index,
    String name,
    int type,
    long flags,
    long vaddr,
    long fileOffset,
    long bytes,
    int link) {

  /// A symbol table (`SHT_SYMTAB`), the linker's.
  public static final int SYMBOLS = 2;

  /// A section without contents in the file (`SHT_NOBITS`): zeros, or stripped into another file.
  public static final int NO_BITS = 8;

  /// A symbol table (`SHT_DYNSYM`), the dynamic linker's.
  public static final int DYNAMIC_SYMBOLS = 11;

  /// Whether it holds code.
  public boolean executable() {
    return (flags & 4) != 0;
  }
}
