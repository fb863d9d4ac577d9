package dev.pumphandle.corefile;

/// Something odd about a core that did not stop the reading.
///
/// @param where the place
/// @param kind which oddity, for counting
/// @param detail what is odd, as a sentence for people
public record Anomaly(Where where, Kind kind, String detail) {

  /// The oddities told apart.
  public enum Kind {
    /// The file ends before what its program headers promise.
    FILE_CUT,
    /// The file ends inside its notes: later notes are unknown.
    NOTES_CUT,
    /// There is not a single note.
    NO_NOTES,
    /// A note's sizes reach past the notes that hold it: this and later notes are unknown.
    NOTE_MALFORMED,
    /// A note is smaller than what it should hold: kept as unknown.
    NOTE_SHORT,
    /// More notes than are kept (see `note.NoteSection`).
    NOTES_BOUNDED,
    /// The number of program headers is lost; it was inferred from where the notes begin.
    SEGMENT_COUNT_INFERRED,
    /// A segment's addresses or offsets wrap around, or its file part is larger than its memory:
    /// ignored or clipped.
    SEGMENT_MALFORMED,
    /// Segments claim the same addresses: the one at the lower address keeps them.
    SEGMENTS_OVERLAP,
    /// The file map's count, ranges or names contradict its size.
    FILE_MAP_MALFORMED,
    /// The auxiliary vector has no end mark.
    AUXV_UNENDED,
    /// Two notes name the same thread.
    THREAD_REPEATED,
    /// The link map is a circle, is cut, or leads out of the core.
    LINK_MAP_MALFORMED,
    /// More oddities than are kept; the detail says how many.
    AND_MORE
  }

  /// The anomaly as one line: place, kind, detail.
  @Override
  public String toString() {
    return where + ": " + detail;
  }
}
