package dev.pumphandle.corefile;

/// One program header, as the file states it: nothing in it has been checked.
///
/// @param index its number in the table, from 0
/// @param type `p_type`: [#LOAD], [#NOTE], …
/// @param flags `p_flags`: 4 read, 2 write, 1 execute
/// @param fileOffset `p_offset` (bytes, unsigned)
/// @param vaddr `p_vaddr` (unsigned)
/// @param fileBytes `p_filesz` (bytes, unsigned)
/// @param memoryBytes `p_memsz` (bytes, unsigned)
/// @param align `p_align` (bytes, unsigned)
public record Segment(
    int index,
    int type,
    int flags,
    long fileOffset,
    long vaddr,
    long fileBytes,
    long memoryBytes,
    long align) {

  /// A range of memory (`PT_LOAD`).
  public static final int LOAD = 1;

  /// A flag: memory that may be executed (`PF_X`).
  public static final int EXECUTABLE = 1;

  /// A flag: memory that may be written (`PF_W`).
  public static final int WRITABLE = 2;

  /// The dynamic section (`PT_DYNAMIC`).
  public static final int DYNAMIC = 2;

  /// Notes (`PT_NOTE`).
  public static final int NOTE = 4;

  /// The program headers themselves (`PT_PHDR`).
  public static final int PROGRAM_HEADERS = 6;

  /// The index of the unwind tables (`PT_GNU_EH_FRAME`).
  public static final int GNU_EH_FRAME = 0x6474_e550;
}
