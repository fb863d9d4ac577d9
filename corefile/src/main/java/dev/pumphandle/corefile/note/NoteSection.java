package dev.pumphandle.corefile.note;

import dev.pumphandle.corefile.Anomaly;
import dev.pumphandle.corefile.AnomalyLog;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Where;
import java.util.ArrayList;
import java.util.List;

/// A walk over the notes of a core: each becomes a [Note], none is lost.
///
/// Folklore: *alignment.* gABI says that names and contents of 64-bit notes are padded to 8 bytes;
/// no Linux core has ever done so. The kernel pads to 4 (fs/binfmt_elf.c, notesize(), writenote())
/// and says `p_align` 0 (up to v5.17) or 4; gdb pads to 4 as well. Only `.note.gnu.property` in
/// executables is padded to 8. So a core's notes are walked in steps of 4 whatever `p_align` says.
/// Test: `notesArePaddedToFourBytesWhateverTheAlignmentFieldSays`.
///
/// Folklore: *the owner's NUL.* `namesz` counts the trailing NUL, but some writers leave it out;
/// both are read. Test: `anOwnerWithoutItsNulIsKnownAllTheSame`.
public final class NoteSection {

  /// The most notes that are kept; some 60,000 threads have as many.
  static final int MAX_NOTES = 1 << 18;

  /// The most contents that are copied while [#dropBulk] is on (bytes): some 190,000 threads'
  /// registers.
  static final long MAX_COPIED = 64L << 20;

  /// The three words before a name (bytes).
  private static final int HEADER_BYTES = 12;

  /// The longest owner that is kept whole (bytes); no known one has more than 16.
  private static final int MAX_OWNER = 64;

  private static final ByteView CORE = ByteView.ofLatin1(NoteType.CORE);
  private static final ByteView LINUX = ByteView.ofLatin1(NoteType.LINUX);

  private final Machine machine;
  private final String source;
  private final AnomalyLog anomalies;
  private final List<Note> notes = new ArrayList<>();
  private boolean stopped;
  private boolean dropBulk;
  private long copiedBytes;

  /// A walk that has not yet met a note.
  ///
  /// @param source the name of the core, for anomalies
  /// @param anomalies where oddities are written down
  public NoteSection(Machine machine, String source, AnomalyLog anomalies) {
    this.machine = machine;
    this.source = source;
    this.anomalies = anomalies;
  }

  /// From here on, keeps copies of what is small and leaves out each thread's bulky state (vector
  /// registers), so that a window over an enormous section can be let go.
  public void dropBulk() {
    dropBulk = true;
  }

  /// Whether nothing after this can be trusted to be a note.
  public boolean stopped() {
    return stopped;
  }

  /// The notes so far, in the file's order.
  public List<Note> notes() {
    return List.copyOf(notes);
  }

  /// Walks the notes that are whole in `view`.
  ///
  /// @param view the section from some note's beginning on, as far as it was read
  /// @param fileOffset where `view` begins (bytes from the start of the core)
  /// @param sectionBytes how long the section is from there on (bytes), at least as long as `view`
  /// @return how far it got: the position of the first note that is not whole in `view` (bytes); up
  ///     to three bytes past its end where the last note's padding lies there
  public int walk(ByteView view, long fileOffset, long sectionBytes) {
    int at = 0;
    while (!stopped && view.length() - at >= HEADER_BYTES) {
      long nameBytes = view.u32(at);
      long contentBytes = view.u32(at + 4);
      if (nameBytes == 0 && contentBytes == 0 && view.u32(at + 8) == 0) {
        stopped = true; // padding: no note is without owner, type and contents
        break;
      }
      if (notes.size() == MAX_NOTES) {
        stop(Anomaly.Kind.NOTES_BOUNDED, fileOffset + at, "more than " + MAX_NOTES + " notes");
        break;
      }
      long contentsAt = at + HEADER_BYTES + padded(nameBytes);
      if (contentsAt + contentBytes > sectionBytes) {
        stop(
            Anomaly.Kind.NOTE_MALFORMED,
            fileOffset + at,
            "sizes of " + nameBytes + " and " + contentBytes + " bytes reach past the notes' end");
        break;
      }
      if (contentsAt + contentBytes > view.length()) {
        break; // not whole in this view
      }
      add(view, at, (int) contentsAt, (int) contentBytes, fileOffset);
      at = (int) (contentsAt + padded(contentBytes));
    }
    return at;
  }

  /// Takes what is there of the note at `at`, which the end of the file cuts: half a file map still
  /// names files.
  ///
  /// @param view the section as far as the file has it
  /// @param at where the cut note begins in `view` (bytes)
  /// @param fileOffset where `view` begins (bytes from the start of the core)
  public void cut(ByteView view, int at, long fileOffset) {
    stopped = true;
    String detail = "the file ends inside the notes";
    if (view.length() - at >= HEADER_BYTES) {
      long contentsAt = at + HEADER_BYTES + padded(view.u32(at));
      if (contentsAt < view.length()) {
        int left = (int) (view.length() - contentsAt);
        detail += ": needs " + view.u32(at + 4) + " bytes, the file has " + left + " left";
        add(view, at, (int) contentsAt, left, fileOffset);
      }
    }
    anomalies.add(
        Anomaly.Kind.NOTES_CUT, new Where(source, path(notes.size()), fileOffset + at), detail);
  }

  private void add(ByteView view, int at, int contentsAt, int contentBytes, long fileOffset) {
    String owner = owner(view, at + HEADER_BYTES, view.u32(at));
    int type = view.s32(at + 8);
    ByteView contents = view.slice(contentsAt, contentBytes);
    NoteHead head = new NoteHead(owner, type, fileOffset + contentsAt, contents);
    Note note = NoteDecoding.decode(head, machine);
    if (note instanceof UnknownNote && NoteDecoding.isKnown(head)) {
      anomalies.add(
          Anomaly.Kind.NOTE_SHORT,
          new Where(source, path(notes.size()) + " " + head, head.fileOffset()),
          "too short for what it should hold, found " + contentBytes + " bytes");
    }
    if (dropBulk) {
      if (NoteDecoding.isBulk(note)) {
        return;
      }
      copiedBytes += contentBytes;
      if (copiedBytes > MAX_COPIED) {
        stop(Anomaly.Kind.NOTES_BOUNDED, head.fileOffset(), "more than fits in memory");
        return;
      }
      ByteView copy = ByteView.of(contents.toArray());
      note = NoteDecoding.decode(new NoteHead(owner, type, head.fileOffset(), copy), machine);
    }
    notes.add(note);
  }

  private void stop(Anomaly.Kind kind, long offset, String detail) {
    stopped = true;
    anomalies.add(kind, new Where(source, path(notes.size()), offset), detail);
  }

  private static String path(int index) {
    return "note[" + index + "]";
  }

  private static String owner(ByteView view, int at, long nameBytes) {
    if (nameBytes <= 5 && view.startsWith(at, CORE) && (nameBytes == 4 || view.u8(at + 4) == 0)) {
      return NoteType.CORE;
    }
    if (nameBytes <= 6 && view.startsWith(at, LINUX) && (nameBytes == 5 || view.u8(at + 5) == 0)) {
      return NoteType.LINUX;
    }
    return view.cString(at, (int) Math.min(nameBytes, MAX_OWNER));
  }

  private static long padded(long bytes) {
    return (bytes + 3) & ~3L;
  }
}
