package dev.pumphandle.corefile.memory;

import dev.pumphandle.corefile.ByteView;

/// What asking a core for memory answers: all the bytes, or the first reason why not all of them
/// are there.
///
/// Source: core(5), coredump_filter; Linux v6.12 fs/binfmt_elf.c: a segment with `p_filesz` <
/// `p_memsz` was not dumped whole, and its missing bytes are unknown, not zero.
public sealed interface MemoryRead {

  /// All the bytes that were asked for.
  record Present(ByteView bytes) implements MemoryRead {}

  /// Why memory is missing, from which address on.
  sealed interface Gap extends MemoryRead {

    /// The first address that is missing (unsigned).
    long address();
  }

  /// A mapping covers it, but whoever wrote the core left it out.
  ///
  /// @param from the first address that is missing (unsigned)
  record NotDumped(long from) implements Gap {
    @Override
    public long address() {
      return from;
    }
  }

  /// The core promises it, but the file ends before it.
  ///
  /// @param from the first address that is missing (unsigned)
  /// @param fileOffset where it should have been (bytes from the start of the core)
  record CutOff(long from, long fileOffset) implements Gap {
    @Override
    public long address() {
      return from;
    }
  }

  /// No mapping covers it: touching it would have been a fault.
  ///
  /// @param at the first such address (unsigned)
  record Unmapped(long at) implements Gap {
    @Override
    public long address() {
      return at;
    }
  }
}
