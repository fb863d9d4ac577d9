package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.note.AuxVector;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether the stack pointer stands on a stack that somebody has just made: a coroutine's, or what
/// an attacker or a wild pointer took for one (x86-64).
///
/// Folklore: a context that makecontext() prepares is entered by a `ret` with the stack pointer as
/// after a call, and with a return address that no call has left. A NULL function in it looked like
/// a return on a stack that had shifted by 8, which is a sign of broken hardware. Seen with glibc
/// 2.36, and with hand-written switches of stacks, which may also jump. Test: ScoreboardTest.
final class FreshStack {

  /// How far up a caller is looked for (bytes).
  private static final int REACH = 512;

  private FreshStack() {}

  /// Whether no caller stands above the stack pointer, on memory that is neither the first thread's
  /// stack nor that of the thread that died.
  ///
  /// Source: Linux v6.12 fs/binfmt_elf.c, create_elf_tables(): the bytes of AT_RANDOM lie on the
  /// first stack; glibc nptl/allocatestack.c: a thread's control block lies on top of its stack.
  static boolean isUnder(Evidence evidence) throws IOException {
    long sp = evidence.registers().sp();
    Optional<Mapping> stack = evidence.memory().mappingAt(sp);
    OptionalLong random =
        evidence
            .core()
            .auxVector()
            .map(a -> a.value(AuxVector.AT_RANDOM))
            .orElse(OptionalLong.empty());
    OptionalLong block = evidence.registers().value("fs_base");
    if (stack.isEmpty()
        || random.isEmpty()
        || block.isEmpty()
        || stack.get().contains(random.getAsLong())
        || stack.get().contains(block.getAsLong())) {
      return false;
    }
    // Without the text nothing tells a made entry from a return address; but above the entry of a
    // stack that was just made there is no further one.
    long first = isUntoldEntry(evidence, sp) ? sp + 8 : sp;
    for (long at = first; at - sp < REACH && stack.get().contains(at); at += 8) {
      if (StackAlignment.holdsReturnAddress(evidence, at)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUntoldEntry(Evidence evidence, long at) throws IOException {
    OptionalLong word = evidence.word(at);
    return at % 16 == 8
        && word.isPresent()
        && evidence.code().isCode(word.getAsLong())
        && evidence.code().callsBefore(word.getAsLong()).isEmpty();
  }

  /// Whether a word stands where a return address should and is none: it points into code, and no
  /// call has left it; nor is the true one where a shift by 8 would have left it.
  ///
  /// @param at where it stands: at the stack pointer after the return
  static boolean isMadeEntry(Evidence evidence, long at) throws IOException {
    OptionalLong word = evidence.word(at);
    return word.isPresent()
        && evidence.code().isCode(word.getAsLong())
        && evidence.code().callsBefore(word.getAsLong()).filter(List::isEmpty).isPresent()
        && !StackAlignment.holdsReturnAddress(evidence, at - 16);
  }
}
