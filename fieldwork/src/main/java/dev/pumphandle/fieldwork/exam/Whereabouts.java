package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreThread;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Mapping;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Says what a word points to, in the address space of one core.
final class Whereabouts {

  private static final long PAGE = 4096;

  /// Linux maps nothing below. Source: Linux Documentation/admin-guide/sysctl/vm.rst, mmap_min_addr
  private static final long LEAST_MAPPED = 65536;

  private final CoreFile core;
  private final long[] stackPointers;

  Whereabouts(CoreFile core) {
    this.core = core;
    List<CoreThread> threads = core.threads();
    this.stackPointers = new long[threads.size()];
    for (int i = 0; i < stackPointers.length; i++) {
      stackPointers[i] = threads.get(i).registers().sp();
    }
    Arrays.sort(stackPointers);
  }

  WordKind of(long word) {
    if (word >= 0 && word < PAGE) {
      return WordKind.NULL_PAGE;
    }
    if (!isCanonical(word)) {
      return WordKind.NON_CANONICAL;
    }
    Optional<Mapping> mapping = core.memory().mappingAt(word);
    if (mapping.isEmpty()) {
      return word >= 0 && word < LEAST_MAPPED ? WordKind.SMALL : WordKind.UNMAPPED;
    }
    return of(mapping.get());
  }

  private WordKind of(Mapping mapping) {
    if (mapping.permissions().executable()) {
      return WordKind.CODE;
    }
    if (mapping.path().isPresent()) {
      return WordKind.FILE;
    }
    return holdsStackPointer(mapping) ? WordKind.STACK : WordKind.HEAP;
  }

  /// Addresses of user space are positive, so the sorted stack pointers can be searched signed.
  private boolean holdsStackPointer(Mapping mapping) {
    int at = Arrays.binarySearch(stackPointers, mapping.from());
    int next = at >= 0 ? at : -at - 1;
    return next < stackPointers.length && mapping.contains(stackPointers[next]);
  }

  /// Source: AMD64 Architecture Programmer's Manual vol. 2 §5.3.1 (with four levels of page tables,
  /// bits 63 to 47 are equal); Arm ARM D8.2.4 (bits 55 to 48 are equal; the top byte may be a tag).
  boolean isCanonical(long word) {
    if (core.machine() == Machine.X86_64) {
      long top = word >> 47;
      return top == 0 || top == -1;
    }
    long top = (word << 8) >> 56;
    return top == 0 || top == -1;
  }
}
