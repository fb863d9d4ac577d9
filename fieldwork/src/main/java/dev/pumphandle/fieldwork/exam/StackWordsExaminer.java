package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreThread;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.memory.Span;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.StackColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The words around the stack pointer, from the red zone up, each with what it points to.
///
/// A word that is no address, no small integer and not zero may be a piece of somebody's data: it
/// is
/// left out, and only its place is kept, unless the workspace retains words.
///
/// Source of the 128 bytes: AMD64 System V ABI §3.2.2, the red zone.
final class StackWordsExaminer implements Examiner {

  static final int BELOW = 128;
  static final int ABOVE = 512;

  @Override
  public String name() {
    return "stack words";
  }

  @Override
  public List<Span> wants(CoreFile core) {
    CoreThread thread = core.dyingThread().orElse(core.threads().getFirst());
    return List.of(new Span(thread.registers().sp() - BELOW, BELOW + ABOVE));
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    long from = (evidence.registers().sp() & -8) - BELOW;
    List<OptionalLong> words = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    boolean any = false;
    for (int at = 0; at < BELOW + ABOVE; at += 8) {
      OptionalLong word = evidence.word(from + at);
      any |= word.isPresent();
      String kind = word.isPresent() ? kind(evidence, word.getAsLong()) : "absent";
      kinds.add(kind);
      words.add(kind.equals("data") && !evidence.retainWords() ? OptionalLong.empty() : word);
    }
    row.put(StackColumns.STACK_WORDS_FROM, from);
    if (!any) {
      missing.add(StackColumns.STACK_WORDS, "the stack at sp is not in the core");
      return;
    }
    row.put(StackColumns.STACK_WORDS, words);
    row.put(StackColumns.STACK_WORD_KINDS, kinds);
  }

  private static String kind(Evidence evidence, long word) throws IOException {
    WordKind kind = evidence.kind(word);
    return switch (kind) {
      case CODE -> isReturnAddress(evidence, word) ? "return-address" : kind.word();
      case STACK, HEAP, FILE, NULL_PAGE, SMALL -> kind.word();
      case NON_CANONICAL, UNMAPPED -> evidence.isData(word) ? "data" : WordKind.SMALL.word();
    };
  }

  private static boolean isReturnAddress(Evidence evidence, long word) throws IOException {
    Optional<List<Instruction>> calls = evidence.code().callsBefore(word);
    return calls.isPresent() && !calls.get().isEmpty();
  }
}
