package dev.pumphandle.corefile.loaded;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Segment;
import dev.pumphandle.corefile.elf.BuildId;
import dev.pumphandle.corefile.elf.GnuNotes;
import dev.pumphandle.corefile.elf.ProgramHeaders;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.MemoryRead;
import dev.pumphandle.corefile.memory.PartialRead;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// What the ELF header at the start of a mapped file tells, read from the core's own pages.
///
/// @param bias what was added to the file's addresses (wraps)
/// @param to the first address after its last PT_LOAD (unsigned)
/// @param entry its entry point in the process (unsigned)
/// @param dynamic where its dynamic section is in the process (unsigned)
/// @param buildId its identity, where the page that states it was dumped
record MappedHeader(
    long bias, long to, long entry, OptionalLong dynamic, Optional<BuildId> buildId) {

  private static final ByteView MAGIC = ByteView.ofLatin1("\u007fELF\u0002\u0001");

  /// How much of a file's first page is looked at (bytes).
  static final int PAGE = 4096;

  /// The most program headers that are believed; linkers make some ten.
  private static final int MAX_SEGMENTS = 512;

  /// The longest note segment that is looked through for a build-id (bytes).
  private static final int MAX_NOTES = 16 << 10;

  /// Reads the header mapped at `base`; empty where there is none, or it was not dumped.
  ///
  /// @throws IOException where the store cannot deliver
  static Optional<MappedHeader> read(MemoryImage memory, long base) throws IOException {
    ByteView page = memory.readUpTo(base, PAGE).bytes();
    if (page.length() < 64 || !page.startsWith(0, MAGIC)) {
      return Optional.empty();
    }
    int type = page.u16(16);
    if ((type != 2 && type != 3) || page.u16(54) != ProgramHeaders.ENTRY_BYTES) {
      return Optional.empty();
    }
    Optional<ProgramHeaders> table = segments(memory, base, page);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    ProgramHeaders segments = table.get();
    long bias = base - segments.lowestAddress();
    int dynamic = segments.first(Segment.DYNAMIC);
    return Optional.of(
        new MappedHeader(
            bias,
            segments.highestAddress() + bias,
            page.u64(24) + bias,
            dynamic < 0 ? OptionalLong.empty() : OptionalLong.of(segments.vaddr(dynamic) + bias),
            buildId(memory, segments, bias)));
  }

  private static Optional<ProgramHeaders> segments(MemoryImage memory, long base, ByteView page)
      throws IOException {
    long at = page.u64(32);
    int bytes = Math.min(MAX_SEGMENTS, page.u16(56)) * ProgramHeaders.ENTRY_BYTES;
    if (at < 64 || at > 1 << 20 || bytes == 0) {
      return Optional.empty();
    }
    if (at + bytes <= page.length()) {
      return Optional.of(new ProgramHeaders(page.slice((int) at, bytes)));
    }
    return switch (memory.read(base + at, bytes)) {
      case MemoryRead.Present present -> Optional.of(new ProgramHeaders(present.bytes()));
      case MemoryRead.Gap _ -> Optional.empty();
    };
  }

  /// Tolerant: a note segment whose page was not dumped is passed over.
  private static Optional<BuildId> buildId(MemoryImage memory, ProgramHeaders segments, long bias)
      throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.type(i) == Segment.NOTE) {
        int bytes = (int) Math.min(MAX_NOTES, Math.max(0, segments.memoryBytes(i)));
        PartialRead notes = memory.readUpTo(segments.vaddr(i) + bias, bytes);
        Optional<BuildId> found = GnuNotes.buildId(notes.bytes());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
