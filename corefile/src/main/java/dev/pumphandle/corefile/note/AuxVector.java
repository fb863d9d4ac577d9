package dev.pumphandle.corefile.note;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// What the kernel told the program when it started: pairs of words up to `AT_NULL`.
///
/// Source: Linux v6.12 include/uapi/linux/auxvec.h
public record AuxVector(NoteHead head) implements Note {

  static final int ENTRY_BYTES = 16;

  /// How much of a vector is looked at (bytes); the kernel writes some 25 entries.
  private static final int MAX_BYTES = 512 * ENTRY_BYTES;

  /// The address of the program headers of the main executable.
  public static final long AT_PHDR = 3;

  /// The number of those program headers.
  public static final long AT_PHNUM = 5;

  /// The page size (bytes).
  public static final long AT_PAGESZ = 6;

  /// Where the dynamic linker was loaded; 0 in a static program.
  public static final long AT_BASE = 7;

  /// The entry point of the main executable.
  public static final long AT_ENTRY = 9;

  /// The real user.
  public static final long AT_UID = 11;

  /// The address of the platform's name.
  public static final long AT_PLATFORM = 15;

  /// Processor features, a bit each.
  public static final long AT_HWCAP = 16;

  /// The address of 16 random bytes.
  public static final long AT_RANDOM = 25;

  /// The address of the path by which the program was started.
  public static final long AT_EXECFN = 31;

  /// Where the vDSO's ELF header is.
  public static final long AT_SYSINFO_EHDR = 33;

  /// The size that a signal frame needs on this processor (bytes).
  public static final long AT_MINSIGSTKSZ = 51;

  /// The value of the first entry of this type (unsigned).
  public OptionalLong value(long type) {
    for (int at = 0; at + ENTRY_BYTES <= bytes(); at += ENTRY_BYTES) {
      long found = contents().u64(at);
      if (found == type) {
        return OptionalLong.of(contents().u64(at + 8));
      }
      if (found == 0) {
        break;
      }
    }
    return OptionalLong.empty();
  }

  /// Every entry before `AT_NULL`, type to value (unsigned), the first of each type. Unmodifiable.
  public Map<Long, Long> all() {
    Map<Long, Long> values = new LinkedHashMap<>();
    for (int at = 0; at + ENTRY_BYTES <= bytes() && contents().u64(at) != 0; at += ENTRY_BYTES) {
      values.putIfAbsent(contents().u64(at), contents().u64(at + 8));
    }
    return Collections.unmodifiableMap(values);
  }

  /// Whether there is an `AT_NULL`.
  public boolean ended() {
    for (int at = 0; at + ENTRY_BYTES <= bytes(); at += ENTRY_BYTES) {
      if (contents().u64(at) == 0) {
        return true;
      }
    }
    return false;
  }

  private int bytes() {
    return Math.min(MAX_BYTES, contents().length());
  }
}
