package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.code.InstructionKind;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.MemoryRead;
import dev.pumphandle.corefile.memory.Span;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.EvidenceColumns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What glibc said before it aborted.
///
/// It keeps the text in a page of its own, `struct { unsigned size; char msg[]; }`, so that
/// debuggers
/// find it through the private symbol `__abort_msg`. Here it is found without symbols: some
/// page-aligned word in the C library's writable data points to anonymous memory that begins with
/// its own size, a whole number of pages, and goes on with text.
///
/// Source: glibc 2.36 sysdeps/posix/libc_fatal.c, __libc_message(); assert/assert.c,
/// __assert_fail_base(); include/stdlib.h, struct abort_msg_s.
final class AbortMessageExaminer implements Examiner {

  private static final int SIGABRT = 6;
  private static final int SIGSEGV = 11;
  private static final int PAGE = 4096;

  /// The most of the library's data that is searched (bytes), and the longest text kept.
  private static final int MOST_DATA = 512 << 10;

  private static final int LONGEST_TEXT = 400;

  private static final int TEXT_AND_SIZE = LONGEST_TEXT + 4;

  /// The most words that are followed, and the most mappings searched where there is no C library.
  private static final int MOST_PLACES = 64;

  private static final int MOST_OTHERS = 4;

  /// The largest buffer that a message was given (bytes).
  private static final long LARGEST = 1 << 20;

  @Override
  public String name() {
    return "abort message";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    if (!aborted(evidence)) {
      return;
    }
    for (Mapping data : libraryData(evidence.core())) {
      int length = (int) Math.min(data.dumpedBytes(), MOST_DATA);
      List<Long> places = places(evidence, evidence.memory().readUpTo(data.from(), length).bytes());
      MemoryImage fetched =
          evidence
              .memory()
              .preload(places.stream().map(at -> new Span(at, TEXT_AND_SIZE)).toList());
      for (long place : places) {
        Optional<String> text = textAt(fetched, place);
        if (text.isPresent()) {
          row.put(EvidenceColumns.ABORT_MESSAGE, text.get());
          return;
        }
      }
    }
    missing.add(EvidenceColumns.ABORT_MESSAGE, "no such text was found in memory");
  }

  /// Whether abort() may have been called. The first process of a container is spared its own
  /// SIGABRT, and abort() then executes `hlt`, which is not allowed.
  ///
  /// Source: Linux v6.12 kernel/signal.c, sig_task_ignored(), SIGNAL_UNKILLABLE; glibc 2.36
  /// stdlib/abort.c, ABORT_INSTRUCTION
  private static boolean aborted(Evidence evidence) {
    return evidence.fault().signo() == SIGABRT
        || (evidence.fault().signo() == SIGSEGV
            && evidence
                .instruction()
                .filter(i -> i.kind() == InstructionKind.PRIVILEGED)
                .isPresent());
  }

  /// Words that may point to the message: it has a page of anonymous memory of its own.
  private static List<Long> places(Evidence evidence, ByteView words) {
    Set<Long> places = new LinkedHashSet<>();
    for (int at = 0; at + 8 <= words.length() && places.size() < MOST_PLACES; at += 8) {
      long word = words.u64(at);
      if (word != 0
          && word % PAGE == 0
          && evidence
              .memory()
              .mappingAt(word)
              .filter(m -> m.path().isEmpty() && m.permissions().writable())
              .isPresent()) {
        places.add(word);
      }
    }
    return List.copyOf(places);
  }

  /// The writable mappings of the C library, or of the program where it is linked in; each with the
  /// zero-filled data behind it, which has no name.
  private static List<Mapping> libraryData(CoreFile core) {
    List<Mapping> library = new ArrayList<>();
    List<Mapping> others = new ArrayList<>();
    Optional<String> before = Optional.empty();
    long end = 0;
    for (Mapping mapping : core.mappings()) {
      Optional<String> file = mapping.path();
      if (file.isEmpty() && mapping.from() == end) {
        file = before;
      }
      if (file.isPresent() && mapping.permissions().writable() && mapping.dumpedBytes() > 0) {
        (isLibc(file.get()) ? library : others).add(mapping);
      }
      before = mapping.permissions().writable() ? mapping.path() : Optional.empty();
      end = mapping.to();
    }
    return library.isEmpty() ? others.stream().limit(MOST_OTHERS).toList() : library;
  }

  private static boolean isLibc(String path) {
    return path.contains("/libc.so") || path.contains("/libc-2");
  }

  private static Optional<String> textAt(MemoryImage memory, long address) throws IOException {
    if (!(memory.read(address, TEXT_AND_SIZE) instanceof MemoryRead.Present(ByteView page))) {
      return Optional.empty();
    }
    long size = page.u32(0);
    if (size == 0 || size % PAGE != 0 || size > LARGEST) {
      return Optional.empty();
    }
    int end = page.indexOf(0, 4);
    int length = (end < 0 ? page.length() : end) - 4;
    if (length < 4) {
      return Optional.empty();
    }
    for (int at = 4; at < 4 + length; at++) {
      int c = page.u8(at);
      if (c < 0x20 && c != '\n' && c != '\t') {
        return Optional.empty();
      }
    }
    String text = new String(page.slice(4, length).toArray(), StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
