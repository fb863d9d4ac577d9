package dev.pumphandle.corefile;

import dev.pumphandle.corefile.elf.ProgramHeaders;
import dev.pumphandle.corefile.memory.FetchedRanges;
import dev.pumphandle.corefile.note.Note;
import dev.pumphandle.corefile.note.NoteSection;
import java.io.IOException;
import java.util.List;

/// The reads that opening a core takes: as few as can be, none larger than its bound.
final class HeadReader {

  /// The most program headers that are read; the kernel's own bound on mappings is 65,530 unless
  /// raised.
  static final int MAX_SEGMENTS = 1 << 20;

  /// Notes up to this size are read at once and kept whole (bytes): some 4,000 threads with
  /// AVX-512.
  static final int WHOLE_NOTES = 16 << 20;

  /// Larger notes are walked in windows of this size (bytes), keeping copies of what is small.
  static final int WINDOW = 4 << 20;

  /// Notes are not looked for beyond this (bytes).
  static final long MAX_NOTE_BYTES = 512L << 20;

  /// The most note segments that are looked at.
  static final int MAX_SECTIONS = 16;

  private final ByteSource source;
  private long fileBytes;
  private final AnomalyLog anomalies;
  private FetchedRanges fetched;
  private long noteBytes;

  HeadReader(ByteSource source, long fileBytes, ByteView first, AnomalyLog anomalies) {
    this.source = source;
    this.fileBytes = first.length() < CoreOpening.FIRST_READ ? first.length() : fileBytes;
    this.anomalies = anomalies;
    this.fetched = FetchedRanges.NONE.with(0, first);
  }

  FetchedRanges fetched() {
    return fetched;
  }

  /// The length of the file, learned on the way where a read came back short (bytes).
  long fileBytes() {
    return fileBytes;
  }

  /// The program header table, whole.
  ProgramHeaders programHeaders(ElfHeader header) throws IOException {
    long at = header.programHeadersAt();
    long count = header.programHeaderCount();
    if (count == 0 || at < ElfHeader.BYTES) {
      throw new MalformedCoreException(
          new Where(source.name(), "ELF header.e_phnum", 56),
          "no program headers",
          "at least one behind the ELF header",
          count + " at offset 0x" + Long.toHexString(at));
    }
    if (count == ElfHeader.EXTENDED_COUNT) {
      count = extendedCount(header);
    }
    if (count == 0 || count > MAX_SEGMENTS) {
      throw new MalformedCoreException(
          new Where(source.name(), "section header[0].sh_info", header.sectionHeadersAt() + 44),
          "an impossible number of program headers",
          "1 to " + MAX_SEGMENTS,
          Long.toString(count));
    }
    long bytes = count * ProgramHeaders.ENTRY_BYTES;
    if (at > fileBytes - bytes) {
      throw new TruncatedCoreException(
          new Where(source.name(), "program headers", at), bytes, Math.max(0, fileBytes - at));
    }
    return new ProgramHeaders(view(at, (int) bytes, notesBehind(at, (int) bytes)));
  }

  /// The notes of every PT_NOTE; a core has one, and no more than a few are looked at.
  List<Note> notes(ProgramHeaders segments, Machine machine) throws IOException {
    NoteSection section = new NoteSection(machine, source.name(), anomalies);
    int sections = 0;
    for (int i = 0; i < segments.size() && !section.stopped(); i++) {
      if (segments.type(i) != Segment.NOTE) {
        continue;
      }
      if (sections++ == MAX_SECTIONS) {
        bounded(segments.fileOffset(i), "more than " + MAX_SECTIONS + " note segments");
        break;
      }
      walk(section, i, segments.fileOffset(i), segments.fileBytes(i));
    }
    return section.notes();
  }

  private void walk(NoteSection section, int index, long offset, long bytes) throws IOException {
    if (offset < 0 || bytes < 0 || offset + bytes < 0) {
      anomalies.add(
          Anomaly.Kind.NOTE_MALFORMED,
          new Where(source.name(), "segment[" + index + "]", 0),
          "p_offset + p_filesz wraps around: its notes are unknown");
      return;
    }
    long inFile = Math.max(0, Math.min(bytes, fileBytes - offset));
    noteBytes += inFile;
    if (noteBytes > WHOLE_NOTES) {
      walkInWindows(section, offset, bytes, inFile);
      return;
    }
    ByteView view = upTo(offset, (int) inFile, offset + inFile);
    int done = section.walk(view, offset, bytes);
    if (view.length() < bytes && !section.stopped()) {
      section.cut(view, done, offset);
    }
  }

  private void walkInWindows(NoteSection section, long offset, long bytes, long inFile)
      throws IOException {
    section.dropBulk();
    long limit = Math.min(inFile, MAX_NOTE_BYTES);
    long at = 0;
    int window = WINDOW;
    while (at < limit && !section.stopped()) {
      ByteView view = source.read(offset + at, (int) Math.min(window, limit - at));
      int done = section.walk(view, offset + at, bytes - at);
      boolean whole = done > 0 || section.stopped();
      if (!whole && (view.length() < window || window == WHOLE_NOTES)) {
        break; // the last note is cut, or larger than any window
      }
      // A note that is larger than the window is looked at through a larger one.
      window = whole ? WINDOW : WHOLE_NOTES;
      at += done;
    }
    if (!section.stopped() && at < bytes) {
      bounded(offset + at, "notes from here on are unknown, of " + bytes + " bytes in all");
    }
  }

  private void bounded(long offset, String detail) {
    anomalies.add(Anomaly.Kind.NOTES_BOUNDED, new Where(source.name(), "notes", offset), detail);
  }

  /// The number of program headers where `e_phnum` cannot hold it.
  ///
  /// Source: Linux v6.12 fs/binfmt_elf.c, fill_extnum_info(): `sh_info` of section header 0
  ///
  /// Folklore: the kernel writes that section header at the very end of the core, so a cut core has
  /// lost it. But the notes begin right behind the table, and the first entry says where. Test:
  /// `aCutCoreWithTooManySegmentsInfersTheirCount`.
  private long extendedCount(ElfHeader header) throws IOException {
    long at = header.sectionHeadersAt();
    if (at > 0 && at <= fileBytes - 64) {
      ByteView last = upTo(at, 64, at + 64);
      if (last.length() == 64) {
        return last.u32(44);
      }
    }
    ByteView first = view(header.programHeadersAt(), ProgramHeaders.ENTRY_BYTES, 0);
    ProgramHeaders start = new ProgramHeaders(first);
    long tableBytes =
        start.size() == 0 || start.type(0) != Segment.NOTE
            ? 0
            : start.fileOffset(0) - header.programHeadersAt();
    if (tableBytes <= 0 || tableBytes / ProgramHeaders.ENTRY_BYTES < ElfHeader.EXTENDED_COUNT) {
      throw new TruncatedCoreException(
          new Where(source.name(), "section header[0]", at), 64, Math.max(0, fileBytes - at));
    }
    long count = tableBytes / ProgramHeaders.ENTRY_BYTES;
    anomalies.add(
        Anomaly.Kind.SEGMENT_COUNT_INFERRED,
        new Where(source.name(), "section header[0]", at),
        "lost with the end of the file; " + count + " program headers fit before the notes");
    return count;
  }

  /// Where the notes behind a table that passes the first read probably end, so that one read
  /// brings both (bytes).
  private long notesBehind(long tableAt, int tableBytes) throws IOException {
    long tableEnd = tableAt + tableBytes;
    ByteView known = fetched.find(tableAt, ProgramHeaders.ENTRY_BYTES);
    if (known == null || fetched.find(tableAt, tableBytes) != null) {
      return tableEnd;
    }
    ProgramHeaders start = new ProgramHeaders(known);
    long notesAt = start.fileOffset(0);
    long notesBytes = start.fileBytes(0);
    boolean behind =
        start.type(0) == Segment.NOTE
            && notesAt >= tableEnd
            && notesAt <= tableEnd + CoreOpening.FIRST_READ
            && notesBytes > 0
            && notesBytes <= WHOLE_NOTES;
    return behind ? Math.min(fileBytes, notesAt + notesBytes) : tableEnd;
  }

  /// The bytes `[offset, offset + length)`, which the file has; where not all of them are there
  /// yet, one read brings them and what follows up to `upTo`. What the first read had of them is
  /// read again: at most 64 KiB, and no copy to join the two.
  ///
  /// @throws TruncatedCoreException where the file turns out to end before
  private ByteView view(long offset, int length, long upTo) throws IOException {
    ByteView view = upTo(offset, length, upTo);
    if (view.length() < length) {
      throw new TruncatedCoreException(
          new Where(source.name(), "core", offset), length, view.length());
    }
    return view;
  }

  /// As [#view]; shorter where the file turns out to end before.
  private ByteView upTo(long offset, int length, long upTo) throws IOException {
    ByteView known = length == 0 ? ByteView.EMPTY : fetched.find(offset, length);
    if (known != null) {
      return known;
    }
    int wanted = (int) (Math.max(upTo, offset + length) - offset);
    ByteView read = source.read(offset, wanted);
    fetched = fetched.with(offset, read);
    if (read.length() < wanted) {
      fileBytes = Math.min(fileBytes, source.knownLength().orElse(offset + read.length()));
    }
    return read.slice(0, Math.min(length, read.length()));
  }
}
