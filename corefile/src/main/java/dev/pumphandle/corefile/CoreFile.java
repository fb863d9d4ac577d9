package dev.pumphandle.corefile;

import dev.pumphandle.corefile.memory.MappingIndex;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.note.AuxVector;
import dev.pumphandle.corefile.note.FileMap;
import dev.pumphandle.corefile.note.Note;
import dev.pumphandle.corefile.note.PrPsInfo;
import dev.pumphandle.corefile.note.PrStatus;
import dev.pumphandle.corefile.note.SigInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One core dump, opened: its headers and notes are in memory, everything else is read by address
/// when asked.
///
/// After [#open], nothing here touches the store; only [MemoryImage] and what says `throws
/// IOException` does. Immutable and safe for many threads.
public final class CoreFile {

  private final CoreOpening opened;
  private final List<CoreThread> threads;
  private final Origin origin;
  private final MappingIndex mappings;
  private final MemoryImage memory;

  private CoreFile(CoreOpening opened) {
    this(opened, new MappingIndex(opened.segmentIndex(), first(opened.notes(), FileMap.class)));
  }

  private CoreFile(CoreOpening opened, MappingIndex mappings) {
    this.opened = opened;
    this.threads = threads(opened.notes());
    this.origin = OriginSigns.judge(opened.notes());
    this.mappings = mappings;
    this.memory =
        new MemoryImage(
            opened.source(), opened.fileBytes(), opened.segmentIndex(), mappings, opened.fetched());
  }

  /// Reads headers and notes: two ranged reads for an ordinary core, the first of 64 KiB.
  ///
  /// The source stays open and stays the caller's to close.
  ///
  /// @throws NotACoreException where it is another kind of file
  /// @throws UnsupportedCoreException where it is a dump of a kind that is not read here
  /// @throws TruncatedCoreException where it ends before or inside its headers
  /// @throws MalformedCoreException where its headers contradict the format
  /// @throws IOException where the store cannot deliver
  public static CoreFile open(ByteSource source) throws IOException {
    return new CoreFile(CoreOpening.of(source));
  }

  /// The same core with mappings that are known from elsewhere: from a copy of `/proc/pid/maps`
  /// beside it, or from a record that holds pieces of memory and what they lay in.
  ///
  /// @param known by address, none over another
  public CoreFile withMappings(List<Mapping> known) {
    return new CoreFile(opened, mappings.withMappings(known));
  }

  /// Where the bytes come from.
  public ByteSource source() {
    return opened.source();
  }

  /// The processor architecture.
  public Machine machine() {
    return opened.machine();
  }

  /// The ELF header.
  public ElfHeader header() {
    return opened.header();
  }

  /// The program headers in the file's order, unchecked; each is decoded when asked for.
  public List<Segment> segments() {
    return opened.segments();
  }

  /// The notes in the file's order, known and unknown.
  public List<Note> notes() {
    return opened.notes();
  }

  /// The notes of one type, in the file's order.
  public <N extends Note> List<N> notes(Class<N> type) {
    List<N> found = new ArrayList<>();
    for (Note note : opened.notes()) {
      if (type.isInstance(note)) {
        found.add(type.cast(note));
      }
    }
    return List.copyOf(found);
  }

  /// The threads in the file's order: first the one that the kernel killed first, which is not
  /// always the one that faulted.
  public List<CoreThread> threads() {
    return threads;
  }

  /// The thread that the fatal signal was delivered to; empty where there was none, as in a core
  /// that gcore took of a healthy process.
  ///
  /// Source: Linux v6.12 fs/binfmt_elf.c, fill_note_info(): "the first thread is the one that
  /// dumped"
  public Optional<CoreThread> dyingThread() {
    for (CoreThread thread : threads) {
      if (isFatal(thread)) {
        return Optional.of(thread);
      }
    }
    return Optional.empty();
  }

  /// The siginfo of the fatal signal; empty where there was none or the core does not say.
  public Optional<SigInfo> sigInfo() {
    return dyingThread().flatMap(CoreThread::sigInfo);
  }

  /// What the process was.
  public Optional<PrPsInfo> processInfo() {
    return first(PrPsInfo.class);
  }

  /// What the kernel told the program when it started.
  public Optional<AuxVector> auxVector() {
    return first(AuxVector.class);
  }

  /// Which file each file-backed mapping came from.
  public Optional<FileMap> fileMap() {
    return first(FileMap.class);
  }

  /// Who wrote the core, and how that is known.
  public Origin origin() {
    return origin;
  }

  /// The memory by address.
  public MemoryImage memory() {
    return memory;
  }

  /// The mappings by address: permissions from PT_LOAD, names from NT_FILE.
  public List<Mapping> mappings() {
    return mappings.list();
  }

  /// What is odd about the core, without being fatal.
  public List<Anomaly> anomalies() {
    return opened.anomalies();
  }

  /// How long the program headers say the core is: the largest `p_offset + p_filesz` (bytes).
  public long declaredLength() {
    return opened.declaredLength();
  }

  /// Whether the file is shorter than its program headers say, as far as that was known when it was
  /// opened.
  public boolean truncated() {
    return opened.fileBytes() < opened.declaredLength();
  }

  /// The same of a source that cannot tell its length before it is read, once memory has been
  /// read: the anomaly, where it has ended too early by now.
  ///
  /// @throws IOException where the store fails
  public Optional<Anomaly> cutLater() throws IOException {
    return opened.cutLater(source().knownLength());
  }

  private <N extends Note> Optional<N> first(Class<N> type) {
    return first(opened.notes(), type);
  }

  private static <N extends Note> Optional<N> first(List<Note> notes, Class<N> type) {
    for (Note note : notes) {
      if (type.isInstance(note)) {
        return Optional.of(type.cast(note));
      }
    }
    return Optional.empty();
  }

  /// Whether the thread's signal is one that it died of.
  ///
  /// gdb writes the signal that the thread had stopped with, which for a living process is none, or
  /// SIGTRAP at a breakpoint, SIGSTOP when attached, SIGINT when interrupted. Test:
  /// `gcoreOfALivingProcessHasNoDyingThread`.
  private boolean isFatal(CoreThread thread) {
    int signal = thread.cursig();
    return switch (origin.writer()) {
      case KERNEL, QEMU_USER, UNKNOWN -> signal != 0;
      case GCORE -> signal != 0 && signal != 2 && signal != 5 && signal != 19;
    };
  }

  /// Each status begins a thread; the notes up to the next status are its own.
  private static List<CoreThread> threads(List<Note> notes) {
    List<CoreThread> threads = new ArrayList<>();
    for (int i = 0; i < notes.size(); i++) {
      if (notes.get(i) instanceof PrStatus status) {
        int end = i + 1;
        while (end < notes.size() && !(notes.get(end) instanceof PrStatus)) {
          end++;
        }
        threads.add(new CoreThread(status, notes.subList(i, end)));
      }
    }
    return List.copyOf(threads);
  }

  @Override
  public String toString() {
    return source().name() + " (" + machine().label() + ", " + threads.size() + " threads)";
  }
}
