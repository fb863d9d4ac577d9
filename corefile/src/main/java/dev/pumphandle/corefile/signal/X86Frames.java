package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds x86-64 signal frames in a stretch of stack, by the marks that the kernel leaves in the
/// extended state above each.
///
/// Source: Linux v6.12 arch/x86/kernel/signal_64.c, x64_setup_rt_frame(); arch/x86/include/asm/
/// sigframe.h, struct rt_sigframe; arch/x86/include/uapi/asm/sigcontext.h, struct _fpx_sw_bytes,
/// struct sigcontext_64. The extended state is aligned to 64 bytes and the frame ends just below
/// it: its first word is congruent to 8 modulo 16, as after a call.
///
/// Folklore: the second magic behind the extended state is gone from frames whose handler has
/// returned and whose stack was used again, and the siginfo of some is overwritten too; so neither
/// is asked for. The pointer from the frame to its extended state and the code segment were right
/// in every frame seen. Test: SignalFramesTest.
final class X86Frames {

  /// FP_XSTATE_MAGIC1.
  private static final long MAGIC = 0x4650_5853L;

  private static final int MAGIC_AT = 464;
  private static final int EXTENDED_SIZE_AT = MAGIC_AT + 4;
  private static final int XSTATE_SIZE_AT = MAGIC_AT + 16;

  /// The legacy area and the XSAVE header; nothing smaller is written where the magic is.
  private static final long LEAST_XSTATE = 576;

  /// Room for AMX tiles and what comes after them (bytes).
  private static final long MOST_XSTATE = 32 << 10;

  /// From the frame's beginning to its extended state (bytes).
  static final int FRAME_TO_STATE = 456;

  private static final int GREGS = 48;
  private static final int FPSTATE_POINTER = 232;
  private static final int SIGINFO = 312;
  private static final int FRAME_BYTES = 440;

  /// User code segment. Source: Linux arch/x86/include/asm/segment.h, __USER_CS
  private static final int USER_CS = 0x33;

  private static final List<String> ORDER =
      List.of(
          "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rdi", "rsi", "rbp", "rbx", "rdx",
          "rax", "rcx", "rsp", "rip", "eflags");

  private static final int CSGSFS = GREGS + 18 * 8;
  private static final int ERR = GREGS + 19 * 8;
  private static final int TRAPNO = GREGS + 20 * 8;
  private static final int CR2 = GREGS + 22 * 8;

  private X86Frames() {}

  /// Adds the frames that lie wholly within the bytes, lowest first.
  ///
  /// @param bytes memory
  /// @param from the address of its first byte (unsigned)
  static void find(ByteView bytes, long from, List<SignalFrame> found) {
    int first = (int) (-(from - MAGIC_AT) & 63);
    for (int at = first; at + 20 <= bytes.length(); at += 64) {
      if (bytes.u32(at) == MAGIC && at >= MAGIC_AT + FRAME_TO_STATE) {
        at(bytes, from, at - MAGIC_AT - FRAME_TO_STATE).ifPresent(found::add);
      }
    }
  }

  private static Optional<SignalFrame> at(ByteView bytes, long from, int frame) {
    int state = frame + FRAME_TO_STATE;
    long xstate = bytes.u32(state + XSTATE_SIZE_AT);
    long extended = bytes.u32(state + EXTENDED_SIZE_AT);
    if (xstate < LEAST_XSTATE
        || xstate > MOST_XSTATE
        || extended < xstate
        || extended > xstate + 64
        || bytes.u64(frame + FPSTATE_POINTER) != from + state
        || bytes.u16(frame + CSGSFS) != USER_CS) {
      return Optional.empty();
    }
    int signo = bytes.s32(frame + SIGINFO);
    Registers registers = registers(bytes.slice(frame, FRAME_BYTES));
    boolean told =
        HandedInfo.isPlausible(bytes, frame + SIGINFO, bytes.u64(frame + TRAPNO))
            && !(HandedInfo.isOfInstruction(bytes, frame + SIGINFO)
                && SignalFrame.inSystemCall(registers));
    return Optional.of(
        new SignalFrame(
            from + frame,
            from + state + extended,
            told ? signo : 0,
            told ? bytes.s32(frame + SIGINFO + 8) : 0,
            told ? bytes.u64(frame + SIGINFO + 16) : 0,
            registers,
            OptionalLong.of(bytes.u64(frame + TRAPNO)),
            OptionalLong.of(bytes.u64(frame + ERR)),
            OptionalLong.of(bytes.u64(frame + CR2)),
            bytes.u64(frame)));
  }

  private static Registers registers(ByteView frame) {
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < ORDER.size(); i++) {
      values.put(ORDER.get(i), frame.u64(GREGS + 8 * i));
    }
    values.put("cs", (long) frame.u16(CSGSFS));
    // struct sigcontext_64: cs, gs, fs, ss, two bytes each.
    values.put("ss", (long) frame.u16(CSGSFS + 6));
    return Registers.of(Machine.X86_64, values);
  }
}
