package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;
import java.util.List;
import java.util.Optional;

/// Thunks that take the place of indirect calls and jumps: they put the target on the stack and
/// return to it, so that the processor never predicts where to.
///
/// ```
/// thunk: call 2f            e8 …
/// 1:     pause; lfence      f3 90 0f ae e8
///        jmp 1b             eb f9
/// 2:     mov %rax,(%rsp)    48 89 04 24
///        ret                c3
/// ```
///
/// Source: P. Turner, Retpoline: a software construct for preventing branch-target-injection
/// (2018); GCC `-mindirect-branch=thunk` and Clang `-mretpoline` emit it, Clang with padding before
/// the second label.
///
/// Folklore: a call through NULL in a program built so dies just as a return to NULL on a stack
/// that is 8 off: control did arrive by a `ret`. Seen in all of 12 programs built with either
/// compiler. Test: ScoreboardTest.
final class Retpoline {

  /// So many bytes of a thunk are looked at: a call, the trap and the padding, the move.
  static final int LENGTH = 48;

  /// The trap, the longest padding and the move before the return (bytes).
  static final int BEFORE_RET = 28;

  private static final int MOVE = 4;

  private static final int CALL = 5;
  private static final ByteView TRAP =
      ByteView.of(
          new byte[] {
            (byte) 0xf3, (byte) 0x90, 0x0f, (byte) 0xae, (byte) 0xe8, (byte) 0xeb, (byte) 0xf9
          });
  private static final List<String> REGISTERS =
      List.of(
          "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
          "r13", "r14", "r15");

  private Retpoline() {}

  /// The register that a thunk goes to, if this is one.
  ///
  /// @param text of a function, from its first byte
  static Optional<String> thunk(ByteView text) {
    if (text.length() < CALL + TRAP.length()
        || text.u8(0) != 0xe8
        || !text.startsWith(CALL, TRAP)) {
      return Optional.empty();
    }
    int move = CALL + text.s32(1);
    return move >= CALL + TRAP.length() && move + MOVE <= text.length()
        ? moved(text.slice(move, MOVE))
        : Optional.empty();
  }

  /// The register that a thunk is about to go to, if these are the bytes before its `ret`.
  ///
  /// @param text the [#BEFORE_RET] bytes before it
  static Optional<String> beforeRet(ByteView text) {
    boolean trapped = false;
    for (int at = 0; at + TRAP.length() + MOVE <= text.length(); at++) {
      trapped |= text.startsWith(at, TRAP);
    }
    return trapped ? moved(text.slice(text.length() - MOVE, MOVE)) : Optional.empty();
  }

  /// The register that has just been put on top of the stack by `mov %reg,(%rsp)`, if this is that.
  ///
  /// Source: Intel SDM vol. 2, MOV: REX.W 89 /r, here with SIB byte 24 (base rsp, no index).
  private static Optional<String> moved(ByteView move) {
    if (move.length() != MOVE
        || (move.u8(0) & 0xfb) != 0x48
        || move.u8(1) != 0x89
        || (move.u8(2) & 0xc7) != 0x04
        || move.u8(3) != 0x24) {
      return Optional.empty();
    }
    int number = ((move.u8(0) & 0x04) << 1) | ((move.u8(2) >> 3) & 7);
    return Optional.of(REGISTERS.get(number));
  }
}
