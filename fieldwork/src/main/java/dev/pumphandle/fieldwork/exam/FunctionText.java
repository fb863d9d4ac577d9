package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.code.Decoder;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import dev.pumphandle.corefile.code.StackEffect;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The text of a function from its beginning, followed along all its branches, with the place of
/// the stack pointer at each transfer of control (x86-64; on AArch64 only the jumps are told).
///
/// Only what the instructions say counts: a processor that computes wrongly is not in the text,
/// which is why a return on a shifted stack is told from a return that the function means.
///
/// Source: Intel SDM vol. 2, RET, CALL, JMP; [StackEffect] for the stack pointer.
///
/// @param transfers its transfers of control, as far as its text is at hand
/// @param begun whether any of its text is: a line of the sentinel has the first 16 bytes of what
///   was called last
record FunctionText(List<Transfer> transfers, boolean begun) {

  /// The most instructions followed, and the most text read (bytes) from each place.
  private static final int MOST_INSTRUCTIONS = 1000;

  private static final int TEXT = 1024;

  FunctionText {
    transfers = List.copyOf(transfers);
  }

  /// One return, jump to elsewhere, or call.
  ///
  /// @param instruction it
  /// @param at its address
  /// @param depth the stack pointer just before it, less the stack pointer as the function was
  ///   entered (bytes); empty where the text does not tell
  /// @param lowered whether the stack pointer last went down: then a return takes what the function
  ///   has put there for it
  /// @param released what a `ret` releases besides the address that it pops (bytes)
  record Transfer(
      Instruction instruction, long at, OptionalLong depth, boolean lowered, int released) {

    boolean is(InstructionKind kind) {
      return instruction.kind() == kind;
    }

    boolean standsAt(long bytes) {
      return depth.isPresent() && depth.getAsLong() == bytes;
    }
  }

  private record Place(long at, OptionalLong depth, OptionalLong frame, boolean lowered) {}

  /// Reads a function; [Evidence#text] remembers it.
  ///
  /// @param function where it begins
  /// @throws IOException where the store cannot deliver
  static FunctionText read(Evidence evidence, long function) throws IOException {
    Reader reader = new Reader(evidence);
    OptionalLong depth = evidence.isX86() ? OptionalLong.of(0) : OptionalLong.empty();
    reader.places.add(new Place(function, depth, OptionalLong.empty(), false));
    while (!reader.places.isEmpty() && reader.followed < MOST_INSTRUCTIONS) {
      Place place = reader.places.remove();
      if (!reader.seen.contains(place.at())) {
        reader.straight(place);
      }
    }
    return new FunctionText(reader.transfers, reader.begun);
  }

  /// Follows one function.
  private static final class Reader {

    private final Evidence evidence;
    private final Deque<Place> places = new ArrayDeque<>();
    private final Set<Long> seen = new HashSet<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private int followed;
    private boolean begun;
    private OptionalLong depth = OptionalLong.empty();
    private OptionalLong frame = OptionalLong.empty();
    private boolean lowered;

    Reader(Evidence evidence) {
      this.evidence = evidence;
    }

    void straight(Place place) throws IOException {
      depth = place.depth();
      frame = place.frame();
      lowered = place.lowered();
      ByteView text =
          evidence.code().isCode(place.at())
              ? evidence.code().upTo(place.at(), TEXT)
              : ByteView.EMPTY;
      boolean goesOn = true;
      int at = 0;
      while (goesOn && followed++ < MOST_INSTRUCTIONS && seen.add(place.at() + at)) {
        ByteView rest = text.slice(at, text.length() - at);
        Optional<Instruction> decoded =
            Decoder.decode(evidence.core().machine(), rest, place.at() + at);
        if (decoded.isEmpty()) {
          return;
        }
        begun = true;
        Instruction instruction = evidence.code().throughRetpoline(decoded.get());
        goesOn = transfer(instruction, rest, place.at() + at);
        at += instruction.length();
      }
    }

    /// Takes one instruction in; whether what follows it is reached.
    private boolean transfer(Instruction instruction, ByteView code, long at) throws IOException {
      return switch (instruction.kind()) {
        case RET -> {
          if (isNear(code)) {
            add(instruction, at, released(code));
          }
          yield false;
        }
        case JUMP_INDIRECT -> {
          add(instruction, at, 0);
          yield false;
        }
        case JUMP_DIRECT -> {
          instruction.target().ifPresent(this::branch);
          yield false;
        }
        case CALL_DIRECT, CALL_INDIRECT -> {
          add(instruction, at, 0);
          // A call that does not come back may be the last instruction of its function.
          yield evidence.walk().oneFunction(at, at + instruction.length()).orElse(true);
        }
        case UNDEFINED, BREAKPOINT -> false;
        case SSE_ALIGNED, DIVIDE, PRIVILEGED, LOAD, STORE, OTHER -> {
          instruction.target().ifPresent(this::branch);
          if (evidence.isX86()) {
            apply(StackEffect.of(code, instruction.length()));
          }
          yield true;
        }
      };
    }

    private void add(Instruction instruction, long at, int released) {
      transfers.add(new Transfer(instruction, at, depth, lowered, released));
    }

    private void branch(long target) {
      places.add(new Place(target, depth, frame, lowered));
    }

    private void apply(StackEffect effect) {
      switch (effect) {
        case StackEffect.Moves(int bytes) -> move(bytes);
        case StackEffect.LosesFrame(int bytes) -> {
          frame = OptionalLong.empty();
          move(bytes);
        }
        case StackEffect.SetsFrame() -> frame = depth;
        case StackEffect.FromFrame(int bytes, boolean pops) -> {
          depth = plus(frame, bytes);
          frame = pops ? OptionalLong.empty() : frame;
          lowered = false;
        }
        case StackEffect.Unknown() -> depth = OptionalLong.empty();
      }
    }

    private void move(int bytes) {
      depth = plus(depth, bytes);
      lowered = bytes == 0 ? lowered : bytes < 0;
    }

    private static OptionalLong plus(OptionalLong to, int bytes) {
      return to.isPresent() ? OptionalLong.of(to.getAsLong() + bytes) : to;
    }

    /// C3 is `ret`, C2 the one with a constant; a prefix may stand before either.
    private boolean isNear(ByteView code) {
      return evidence.isX86() && (opcode(code) == 0xC3 || opcode(code) == 0xC2);
    }

    private static int released(ByteView code) {
      return opcode(code) == 0xC2 ? code.u16(prefix(code) + 1) : 0;
    }

    private static int opcode(ByteView code) {
      return code.u8(prefix(code));
    }

    private static int prefix(ByteView code) {
      return code.u8(0) == 0xF2 || code.u8(0) == 0xF3 ? 1 : 0;
    }
  }
}
