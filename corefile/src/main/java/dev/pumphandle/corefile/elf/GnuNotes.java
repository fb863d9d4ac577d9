package dev.pumphandle.corefile.elf;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Segment;
import java.io.IOException;
import java.util.Optional;

/// The notes of an executable, as far as we need them: the build-id.
public final class GnuNotes {

  private static final int BUILD_ID = 3;
  private static final ByteView GNU = ByteView.ofLatin1("GNU\0");

  /// The longest run of notes that is looked through (bytes).
  private static final long MAX_NOTES = 64 << 10;

  private GnuNotes() {}

  /// The build-id among the notes of every PT_NOTE of a file.
  static Optional<BuildId> buildId(ByteSource source, ProgramHeaders segments) throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.type(i) == Segment.NOTE && segments.fileOffset(i) >= 0) {
        Optional<BuildId> found = buildId(source, segments.fileOffset(i), segments.fileBytes(i));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// The build-id among the notes at `offset` of a file.
  static Optional<BuildId> buildId(ByteSource source, long offset, long bytes) throws IOException {
    return buildId(source.read(offset, (int) Math.clamp(bytes, 0, MAX_NOTES)));
  }

  /// The build-id among the notes of one PT_NOTE or note section; empty where there is none or the
  /// bytes end before it.
  ///
  /// Folklore: `.note.gnu.property` is padded to 8 bytes, all other notes to 4, and linkers put
  /// both kinds into one PT_NOTE or two. A step of 4 reads both, as the contents of a property note
  /// are a multiple of 8. Test: `theBuildIdBehindAPropertyNoteIsFound`.
  ///
  /// @param notes the notes' bytes, as far as they are there
  public static Optional<BuildId> buildId(ByteView notes) {
    long at = 0;
    while (notes.length() - at >= 12) {
      long nameBytes = notes.u32((int) at);
      long contentBytes = notes.u32((int) at + 4);
      int type = notes.s32((int) at + 8);
      long contentsAt = at + 12 + padded(nameBytes);
      if (contentsAt + contentBytes > notes.length()) {
        return Optional.empty();
      }
      if (type == BUILD_ID
          && nameBytes == 4
          && notes.startsWith((int) at + 12, GNU)
          && contentBytes > 0
          && contentBytes <= BuildId.MAX_BYTES) {
        return Optional.of(BuildId.of(notes.slice((int) contentsAt, (int) contentBytes)));
      }
      at = contentsAt + padded(contentBytes);
    }
    return Optional.empty();
  }

  private static long padded(long bytes) {
    return (bytes + 3) & ~3L;
  }
}
