package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the function that owns the stack now can tell of the one that has just left (x86-64).
///
/// Once the return address is off the stack, nothing names the function that sent control away. But
/// the next return address above tells, by the call before it, which function's frame the stack
/// pointer lies in now; and of that function's text only the calls and jumps at this depth of the
/// stack can have been the last.
///
/// Folklore: a `ret` with a constant leaves the word that it popped further down, where nobody
/// looks for it, and passed for a jump. Seen in hand-written code. Test: ScoreboardTest.
final class CallersText {

  /// How far above the stack pointer the frame's return address is looked for (bytes).
  private static final int REACH = 4096;

  /// Stale words pass for return addresses too; so many are tried.
  private static final int MOST_CANDIDATES = 8;

  /// How far below it (bytes).
  private static final int BELOW = 64;

  /// The most different functions asked, of one frame.
  private static final int MOST_CALLEES = 32;

  /// The most that a `ret` is believed to release besides its own word (bytes).
  private static final int MOST_RELEASED = 512;

  private final Evidence evidence;
  private final Registers registers;

  CallersText(Evidence evidence) {
    this.evidence = evidence;
    this.registers = evidence.registers();
  }

  /// The ways in which control can have left; [Leaving#NOT] where nobody can be asked.
  ///
  /// @throws IOException where the store cannot deliver
  Leaving ask() throws IOException {
    int tried = 0;
    long sp = registers.sp();
    // A `ret` that releases more may have left even the frame of its caller.
    long lowest = sp - BELOW;
    for (long at = lowest + Math.floorMod(8 - lowest, 16);
        at - sp < REACH && tried < MOST_CANDIDATES;
        at += 16) {
      if (!StackAlignment.holdsReturnAddress(evidence, at)) {
        continue;
      }
      tried++;
      long word = evidence.word(at).orElse(0);
      for (Instruction call : evidence.code().callsBefore(word).orElse(List.of())) {
        Optional<Leaving> told = askFrame(call, at);
        if (told.isPresent()) {
          return told.get();
        }
      }
    }
    return Leaving.NOT;
  }

  /// Asks the function that a call went to, if it can be the one whose frame this is.
  private Optional<Leaving> askFrame(Instruction call, long entry) throws IOException {
    Instruction meant = evidence.code().throughRetpoline(call);
    if (!(CallTarget.made(evidence, meant, registers.with("rsp", entry + 8))
            instanceof CallTarget.Known(long function))
        || !evidence.code().isCode(function)) {
      return Optional.empty();
    }
    return askText(evidence.text(throughStub(function)), entry);
  }

  /// A stub of the dynamic linker has no frame: it jumps at once.
  private long throughStub(long function) throws IOException {
    List<FunctionText.Transfer> all = evidence.text(function).transfers();
    return all.size() == 1
            && all.getFirst().is(InstructionKind.JUMP_INDIRECT)
            && all.getFirst().standsAt(0)
            && CallTarget.of(evidence, all.getFirst().instruction(), registers)
                instanceof CallTarget.Known(long target)
        ? target
        : function;
  }

  private Optional<Leaving> askText(FunctionText text, long entry) throws IOException {
    Map<Long, Leaving> asked = new HashMap<>();
    Leaving found = Leaving.NOT;
    boolean fits = false;
    for (FunctionText.Transfer transfer : text.transfers()) {
      if (transfer.depth().isEmpty()) {
        continue;
      }
      long sp = entry + transfer.depth().getAsLong();
      if (transfer.is(InstructionKind.JUMP_INDIRECT) && sp == registers.sp()) {
        found = found.or(Leaving.of(evidence, transfer, entry));
        fits = true;
      }
      boolean call =
          transfer.is(InstructionKind.CALL_DIRECT) || transfer.is(InstructionKind.CALL_INDIRECT);
      if (call && registers.sp() - sp >= 0 && registers.sp() - sp <= MOST_RELEASED) {
        Leaving callee = callee(transfer.instruction(), sp, asked);
        found = found.or(callee);
        fits |= sp == registers.sp() || !callee.equals(Leaving.NOT);
      }
    }
    return fits ? Optional.of(found) : Optional.empty();
  }

  /// What a call from here can have come to. A function that nothing names is one like most: it
  /// returns.
  private Leaving callee(Instruction call, long sp, Map<Long, Leaving> asked) throws IOException {
    Leaving plain = new Leaving(false, false, sp == registers.sp() && poppedHere(), false);
    if (!(CallTarget.made(evidence, call, registers.with("rsp", sp))
            instanceof CallTarget.Known(long function))
        || !evidence.code().isCode(function)) {
      return plain;
    }
    Leaving known = asked.get(function);
    if (known == null) {
      known = asked.size() < MOST_CALLEES ? Leaving.of(evidence, function, sp - 8) : plain;
      known = known.missing() ? known.or(plain) : known;
      asked.put(function, known);
    }
    return known;
  }

  private boolean poppedHere() throws IOException {
    return evidence.word(registers.sp() - 8).orElse(~registers.pc()) == registers.pc();
  }
}
