package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.code.Decoder;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Looks for an indirect jump in a function that was called: a stub of the dynamic linker, or a
/// tail
/// call.
final class TailJump {

  /// What a function's text says. Later ones say more.
  enum Finding {
    /// Its text was read, and no indirect jump is in it.
    NONE,
    /// Its text could not be read.
    TEXT_MISSING,
    /// It jumps, and where to can no longer be told.
    SOMEWHERE,
    /// It jumps through a register or a word that still holds the address in question.
    HERE
  }

  /// The most instructions followed, and the most text read (bytes) from each place.
  private static final int MOST_INSTRUCTIONS = 400;

  private static final int TEXT = 1024;

  private final Evidence evidence;
  private int followed;

  TailJump(Evidence evidence) {
    this.evidence = evidence;
  }

  /// Follows a function's text, and its direct jumps, in search of an indirect jump.
  ///
  /// @param function where it begins
  /// @param registers the registers as they stand now: a jump changes none
  /// @param wanted the address in question
  Finding from(long function, Registers registers, long wanted) throws IOException {
    Deque<Long> places = new ArrayDeque<>();
    Set<Long> seen = new HashSet<>();
    places.add(function);
    Finding finding = Finding.NONE;
    while (!places.isEmpty() && followed < MOST_INSTRUCTIONS) {
      long place = places.remove();
      if (seen.add(place)) {
        Finding one = straight(place, registers, wanted, places);
        finding = one.compareTo(finding) > 0 ? one : finding;
      }
    }
    return finding;
  }

  private Finding straight(long from, Registers registers, long wanted, Deque<Long> places)
      throws IOException {
    ByteView text = evidence.code().upTo(from, TEXT);
    if (text.length() == 0 || !evidence.code().isCode(from)) {
      return Finding.TEXT_MISSING;
    }
    Finding finding = Finding.NONE;
    Machine machine = evidence.core().machine();
    for (int at = 0; at < text.length() && followed++ < MOST_INSTRUCTIONS; ) {
      Optional<Instruction> decoded =
          Decoder.decode(machine, text.slice(at, text.length() - at), from + at);
      if (decoded.isEmpty()) {
        break;
      }
      Instruction instruction =
          decoded.get().kind() == InstructionKind.JUMP_DIRECT
              ? evidence.code().throughRetpoline(decoded.get())
              : decoded.get();
      if (instruction.kind() == InstructionKind.JUMP_INDIRECT) {
        return goesTo(instruction, registers, wanted) ? Finding.HERE : Finding.SOMEWHERE;
      }
      if (instruction.kind() == InstructionKind.JUMP_DIRECT) {
        instruction.target().ifPresent(places::add);
        break;
      }
      if (instruction.kind() == InstructionKind.RET) {
        // Past the first return there may be another path of the same function, or another
        // function: what is found there says less.
        break;
      }
      at += instruction.length();
    }
    return finding;
  }

  private boolean goesTo(Instruction jump, Registers registers, long wanted) throws IOException {
    return CallTarget.of(evidence, jump, registers) instanceof CallTarget.Known(long function)
        && function == wanted;
  }
}
