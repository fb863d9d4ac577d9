package dev.pumphandle.corefile;

import dev.pumphandle.corefile.elf.ProgramHeaders;
import dev.pumphandle.corefile.memory.FetchedRanges;
import dev.pumphandle.corefile.memory.SegmentIndex;
import dev.pumphandle.corefile.note.AuxVector;
import dev.pumphandle.corefile.note.FileMap;
import dev.pumphandle.corefile.note.Note;
import dev.pumphandle.corefile.note.PrStatus;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What opening a core brings: headers, notes, an index of segments, anomalies.
///
/// @param fileBytes the length of the file (bytes); [#UNKNOWN] where the source cannot tell yet
/// @param declaredLength the length that the program headers promise (bytes)
/// @param fetched the ranges of the file that were read on the way
record CoreOpening(
    ByteSource source,
    long fileBytes,
    Machine machine,
    ElfHeader header,
    ProgramHeaders segments,
    List<Note> notes,
    SegmentIndex segmentIndex,
    FetchedRanges fetched,
    List<Anomaly> anomalies,
    long declaredLength) {

  /// How much is read first (bytes): an ordinary core's headers and most or all of its notes.
  static final int FIRST_READ = 64 << 10;

  /// Stands for a length that the source cannot tell before it is read to its end: no length at
  /// all, so that reads find out where it ends.
  static final long UNKNOWN = Long.MAX_VALUE;

  static CoreOpening of(ByteSource source) throws IOException {
    String name = source.name();
    long known = source.knownLength().orElse(UNKNOWN);
    ByteView first = source.read(0, (int) Math.min(FIRST_READ, known));
    Machine machine = Refusals.refuseUnlessCore(first, name);
    ElfHeader header = ElfHeader.decode(first, name);
    AnomalyLog anomalies = new AnomalyLog();
    HeadReader head = new HeadReader(source, known, first, anomalies);
    ProgramHeaders segments = head.programHeaders(header);
    if (segments.first(Segment.NOTE) < 0 && segments.first(Segment.LOAD) < 0) {
      throw new MalformedCoreException(
          new Where(name, "program headers", header.programHeadersAt()),
          "neither notes nor memory",
          "PT_NOTE or PT_LOAD among them",
          segments.size() + " entries of other types");
    }
    SegmentIndex index = new SegmentIndex(segments, name, anomalies);
    long declared = declaredLength(segments);
    if (known < declared) {
      cut(name, known, declared, anomalies);
    }
    List<Note> notes = head.notes(segments, machine);
    long fileBytes = head.fileBytes();
    if (known == UNKNOWN && fileBytes < declared) {
      cut(name, fileBytes, declared, anomalies);
    }
    Refusals.refuseForeignNotes(notes, name);
    Refusals.refuseKernelMemory(index, name);
    noteAnomalies(notes, name, anomalies);
    return new CoreOpening(
        source,
        fileBytes,
        machine,
        header,
        segments,
        notes,
        index,
        head.fetched(),
        anomalies.all(name),
        declared);
  }

  private static void cut(String name, long fileBytes, long declared, AnomalyLog anomalies) {
    anomalies.add(Anomaly.Kind.FILE_CUT, new Where(name, "core", fileBytes), promised(declared));
  }

  private static String promised(long declared) {
    return "the file ends here, but its program headers promise " + declared + " bytes";
  }

  /// What is to be said where the source has come to its end only after opening, and too early;
  /// empty where that is not so, or was known when the core was opened.
  Optional<Anomaly> cutLater(OptionalLong length) {
    return fileBytes == UNKNOWN && length.orElse(UNKNOWN) < declaredLength
        ? Optional.of(
            new Anomaly(
                new Where(source.name(), "core", length.getAsLong()),
                Anomaly.Kind.FILE_CUT,
                promised(declaredLength)))
        : Optional.empty();
  }

  private static long declaredLength(ProgramHeaders segments) {
    long declared = 0;
    for (int i = 0; i < segments.size(); i++) {
      long offset = segments.fileOffset(i);
      long bytes = segments.fileBytes(i);
      if (offset >= 0 && bytes > 0 && offset + bytes > 0) {
        declared = Math.max(declared, offset + bytes);
      }
    }
    return declared;
  }

  private static void noteAnomalies(List<Note> notes, String name, AnomalyLog anomalies) {
    if (notes.isEmpty()) {
      anomalies.add(Anomaly.Kind.NO_NOTES, new Where(name, "core", 0), "has no notes");
    }
    Set<Integer> tids = new HashSet<>();
    for (Note note : notes) {
      Where where = new Where(name, note.head().toString(), note.fileOffset());
      if (note instanceof PrStatus status && !tids.add(status.tid())) {
        anomalies.add(
            Anomaly.Kind.THREAD_REPEATED, where, "thread " + status.tid() + " stands here again");
      } else if (note instanceof FileMap map && !map.complete()) {
        anomalies.add(
            Anomaly.Kind.FILE_MAP_MALFORMED,
            where,
            "claims "
                + Long.toUnsignedString(map.declaredCount())
                + " entries, has "
                + map.entries().size()
                + " whole ones");
      } else if (note instanceof AuxVector auxv && !auxv.ended()) {
        anomalies.add(Anomaly.Kind.AUXV_UNENDED, where, "has no AT_NULL");
      }
    }
  }
}
