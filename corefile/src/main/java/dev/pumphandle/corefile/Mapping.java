package dev.pumphandle.corefile;

import java.util.Optional;

/// A range of the dead process's address space: permissions from its PT_LOAD, the name from
/// NT_FILE.
///
/// @param from the first address (unsigned)
/// @param to the first address after it (unsigned)
/// @param permissions what was allowed there
/// @param path the mapped file, where the core names one; as the kernel wrote it, so ` (deleted)`
///     may follow
/// @param fileOffset where in the mapped file the mapping begins (bytes); 0 where no file is named
/// @param dumpedBytes how many bytes from `from` on the core promises to hold (bytes); the rest was
///     not dumped
public record Mapping(
    long from,
    long to,
    Permissions permissions,
    Optional<String> path,
    long fileOffset,
    long dumpedBytes) {

  /// Whether `address` lies in `[from, to)`.
  public boolean contains(long address) {
    return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
  }

  /// The size (bytes, unsigned).
  public long bytes() {
    return to - from;
  }

  /// The mapping as `/proc/pid/maps` would write it.
  @Override
  public String toString() {
    return Long.toHexString(from)
        + "-"
        + Long.toHexString(to)
        + " "
        + permissions
        + " "
        + Long.toHexString(fileOffset)
        + path.map(name -> " " + name).orElse("")
        + " (dumped "
        + dumpedBytes
        + ")";
  }
}
