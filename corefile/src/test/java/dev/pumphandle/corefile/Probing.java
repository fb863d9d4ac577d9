package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.loaded.LoadedFiles;
import dev.pumphandle.corefile.memory.Span;
import dev.pumphandle.corefile.note.FileMap;
import dev.pumphandle.corefile.note.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Opens a hostile file and uses everything that an opened core offers: whatever it holds, it must
/// end as a core or as a named refusal, soon and in little memory.
public final class Probing {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();

  /// Ten times what is promised of one file (nanoseconds of processor time): a neighbour on the
  /// same processor doubles it, what grows with the square of a lie takes minutes.
  private static final long MAX_NANOS = 10_000_000_000L;

  /// What opening and using one file may allocate in all (bytes), garbage included.
  private static final long MAX_BYTES = 256L << 20;

  private Probing() {}

  /// What one file came to.
  ///
  /// @param core the opened core, where it is one
  /// @param refusal why not, where it is none
  public record Outcome(Optional<CoreFile> core, Optional<CoreFormatException> refusal) {}

  /// Opens and uses the file within the bounds.
  public static Outcome probe(ByteSource source) throws IOException {
    return within(source, true);
  }

  /// Opens the file within the bounds, which for the largest of all cores are not meant for reading
  /// it several times over.
  public static Outcome open(ByteSource source) throws IOException {
    return within(source, false);
  }

  private static Outcome within(ByteSource source, boolean use) throws IOException {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long started = THREADS.getCurrentThreadCpuTime();
    Outcome outcome;
    try {
      CoreFile core = CoreFile.open(source);
      if (use) {
        useEverything(core);
      }
      outcome = new Outcome(Optional.of(core), Optional.empty());
    } catch (CoreFormatException e) {
      assertThat(e.getMessage()).startsWith(source.name() + ": ").contains(" at offset 0x");
      assertThat(e.where().source()).isEqualTo(source.name());
      outcome = new Outcome(Optional.empty(), Optional.of(e));
    }
    assertThat(THREADS.getCurrentThreadCpuTime() - started)
        .as("processor time (ns)")
        .isLessThan(MAX_NANOS);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
        .as("allocated (bytes)")
        .isLessThan(MAX_BYTES);
    return outcome;
  }

  private static void useEverything(CoreFile core) throws IOException {
    assertThat(core.anomalies()).hasSizeLessThanOrEqualTo(65);
    assertThat(core.toString()).isNotEmpty();
    List<Span> stacks = new ArrayList<>();
    for (CoreThread thread : core.threads()) {
      Registers registers = thread.registers();
      assertThat(registers.all()).isNotEmpty();
      stacks.add(new Span(registers.sp() - 128, 4096));
    }
    for (Note note : core.notes()) {
      assertThat(note.toString()).isNotEmpty();
      if (note instanceof FileMap map) {
        map.entries();
      }
    }
    core.processInfo().ifPresent(info -> assertThat(info.name() + info.arguments()).isNotNull());
    core.sigInfo().ifPresent(info -> assertThat(info.address()).isNotNull());
    core.auxVector().ifPresent(vector -> assertThat(vector.all()).isNotNull());
    assertThat(inOrder(core.mappings())).isTrue();
    var memory = core.memory().preload(stacks);
    for (Span span : stacks.subList(0, Math.min(64, stacks.size()))) {
      memory.readUpTo(span.from(), span.bytes());
    }
    LoadedFiles files = LoadedFiles.of(core, memory);
    files.vdsoImage();
    LoadedFiles.linkMapOf(core);
  }

  /// Whether every mapping is a range and begins where or after the one before ends.
  private static boolean inOrder(List<Mapping> mappings) {
    long end = 0;
    for (Mapping mapping : mappings) {
      if (Long.compareUnsigned(mapping.from(), end) < 0
          || Long.compareUnsigned(mapping.from(), mapping.to()) >= 0) {
        return false;
      }
      end = mapping.to();
    }
    return true;
  }
}
