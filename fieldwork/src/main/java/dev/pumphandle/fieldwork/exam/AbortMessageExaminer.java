package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.memory.MemoryRead;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.EvidenceColumns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
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
  private static final int PAGE = 4096;

  /// The most of the library's data that is searched (bytes), and the longest text kept.
  private static final int MOST_DATA = 512 << 10;

  private static final int LONGEST_TEXT = 400;

  /// The largest buffer that a message was given (bytes).
  private static final long LARGEST = 1 << 20;

  @Override
  public String name() {
    return "abort message";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    int killing = evidence.core().dyingThread().map(t -> t.cursig()).orElse(0);
    if (evidence.fault().signo() != SIGABRT && killing != SIGABRT) {
      return;
    }
    Set<Long> looked = new HashSet<>();
    for (Mapping data : libraryData(evidence.core())) {
      int length = (int) Math.min(data.dumpedBytes(), MOST_DATA);
      ByteView words = evidence.memory().readUpTo(data.from(), length).bytes();
      for (int at = 0; at + 8 <= words.length(); at += 8) {
        long word = words.u64(at);
        if (word != 0 && word % PAGE == 0 && looked.add(word)) {
          Optional<String> text = textAt(evidence, word);
          if (text.isPresent()) {
            row.put(EvidenceColumns.ABORT_MESSAGE, text.get());
            return;
          }
        }
      }
    }
    missing.add(EvidenceColumns.ABORT_MESSAGE, "no such text was found in memory");
  }

  /// The writable mappings of the C library, and of the program where it is linked in; each with
  /// the
  /// zero-filled data behind it, which has no name.
  private static List<Mapping> libraryData(CoreFile core) {
    List<Mapping> all = core.mappings();
    List<Mapping> data = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Mapping mapping = all.get(i);
      boolean writable = mapping.permissions().writable() && mapping.dumpedBytes() > 0;
      boolean libc = mapping.path().filter(AbortMessageExaminer::isLibc).isPresent();
      boolean behind =
          i > 0
              && mapping.path().isEmpty()
              && all.get(i - 1).to() == mapping.from()
              && all.get(i - 1).path().isPresent()
              && all.get(i - 1).permissions().writable();
      if (writable && (libc || behind)) {
        data.add(libc ? 0 : data.size(), mapping);
      }
    }
    return data;
  }

  private static boolean isLibc(String path) {
    return path.contains("/libc.so") || path.contains("/libc-2");
  }

  private static Optional<String> textAt(Evidence evidence, long address) throws IOException {
    Optional<Mapping> mapping = evidence.memory().mappingAt(address);
    if (mapping.isEmpty()
        || mapping.get().path().isPresent()
        || !mapping.get().permissions().writable()
        || !(evidence.memory().read(address, LONGEST_TEXT + 4)
            instanceof MemoryRead.Present(ByteView page))) {
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
