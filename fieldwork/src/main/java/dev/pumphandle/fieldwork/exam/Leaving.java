package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.code.InstructionKind;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// By which of its ways out a function can have sent control to the place of death and left the
/// stack pointer where it is.
///
/// Folklore: after `push %rdi; ret` the word below the stack pointer is the instruction pointer and
/// the stack pointer is 8 off, as after a return on a stack that had shifted; but nothing shifted,
/// the function never popped its own return address. No compiler ends a function so; context
/// switches, trampolines and generated code do. After `pop %rcx; jmp *%rcx` everything looks like a
/// return that was none. Seen in 13 builds of a program that sends control away in both ways,
/// called directly, through a pointer, and by a tail jump. Test: ScoreboardTest.
///
/// @param here it jumps, through a register or a word that holds the place of death still
/// @param somewhere it jumps, and where to can no longer be told
/// @param returns a return of it takes the word that is the place of death
/// @param missing none of its text could be read
record Leaving(boolean here, boolean somewhere, boolean returns, boolean missing) {

  /// It leaves otherwise.
  static final Leaving NOT = new Leaving(false, false, false, false);

  private static final Leaving HERE = new Leaving(true, false, false, false);
  private static final Leaving SOMEWHERE = new Leaving(false, true, false, false);
  private static final Leaving RETURNS = new Leaving(false, false, true, false);
  private static final Leaving MISSING = new Leaving(false, false, false, true);

  /// The longest chain of jumps from function to function: a stub and a tail call or two.
  private static final int MOST_JUMPS = 6;

  Leaving or(Leaving other) {
    return new Leaving(
        here || other.here,
        somewhere || other.somewhere,
        returns || other.returns,
        missing || other.missing);
  }

  /// Asks a function.
  ///
  /// @param function where it begins
  /// @param entry the stack pointer as it was entered, where its return address stands
  /// @throws IOException where the store cannot deliver
  static Leaving of(Evidence evidence, long function, long entry) throws IOException {
    return new Search(evidence).from(function, entry, MOST_JUMPS);
  }

  /// Asks one jump of a function whose text has been read.
  ///
  /// @param entry the stack pointer as the function was entered
  static Leaving of(Evidence evidence, FunctionText.Transfer jump, long entry) throws IOException {
    return new Search(evidence).jump(jump, entry, MOST_JUMPS);
  }

  /// Follows jumps from function to function, each once.
  private static final class Search {

    private final Evidence evidence;
    private final Registers registers;
    private final Set<Long> seen = new HashSet<>();

    Search(Evidence evidence) {
      this.evidence = evidence;
      this.registers = evidence.registers();
    }

    Leaving from(long function, long entry, int jumps) throws IOException {
      if (!seen.add(function)) {
        return NOT;
      }
      FunctionText text = evidence.text(function);
      Leaving found = text.begun() ? NOT : MISSING;
      for (FunctionText.Transfer transfer : text.transfers()) {
        if (transfer.is(InstructionKind.RET)) {
          found = returns(transfer, entry) ? found.or(RETURNS) : found;
        } else if (transfer.is(InstructionKind.JUMP_INDIRECT)) {
          found = found.or(jump(transfer, entry, jumps));
        }
      }
      return found;
    }

    /// A plain return, or one to a word that the function has put on the stack for it. A return
    /// that by the text itself takes another word is no way that a function is meant to end. One
    /// that was refused is where control still is, and has popped nothing.
    private boolean returns(FunctionText.Transfer ret, long entry) throws IOException {
      if (ret.depth().isEmpty()) {
        return false;
      }
      long depth = ret.depth().getAsLong();
      boolean meant = depth == 0 || (depth < 0 && ret.lowered());
      if (ret.at() == registers.pc()) {
        return meant && entry + depth == registers.sp();
      }
      return meant
          && entry + depth + 8 + ret.released() == registers.sp()
          && evidence.word(entry + depth).orElse(~registers.pc()) == registers.pc();
    }

    private Leaving jump(FunctionText.Transfer jump, long entry, int jumps) throws IOException {
      boolean known = jump.depth().isPresent();
      long sp = entry + jump.depth().orElse(0);
      if (CallTarget.of(evidence, jump.instruction(), registers)
          instanceof CallTarget.Known(long target)) {
        if (target == registers.pc()) {
          // Zero stands in many registers: where the depth is not known either, it tells nothing.
          boolean telling = known ? sp == registers.sp() : target != 0;
          return telling ? HERE : known ? NOT : SOMEWHERE;
        }
        if (evidence.code().isCode(target) && jumps > 0 && known) {
          Leaving further = from(target, sp, jumps - 1);
          return further.equals(NOT) && sp == registers.sp() ? SOMEWHERE : further;
        }
      }
      return known && sp != registers.sp() ? NOT : SOMEWHERE;
    }
  }
}
