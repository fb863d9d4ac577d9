package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds AArch64 signal frames in a stretch of stack, by the record of floating-point state that
/// opens each frame's extension area.
///
/// Source: Linux v6.12 arch/arm64/kernel/signal.c, struct rt_sigframe, setup_sigframe(): the
/// siginfo at 0, the ucontext at 128; arch/arm64/include/uapi/asm/sigcontext.h, struct sigcontext
/// (at 176 of the ucontext: fault_address, 31 registers, sp, pc, pstate, then records aligned to
/// 16), FPSIMD_MAGIC, ESR_MAGIC.
final class Aarch64Frames {

  private static final long FPSIMD_MAGIC = 0x4650_8001L;
  private static final long FPSIMD_BYTES = 528;
  private static final long ESR_MAGIC = 0x4553_5201L;

  private static final int CONTEXT = 128 + 176;
  private static final int FAULT_ADDRESS = CONTEXT;
  private static final int X0 = CONTEXT + 8;
  private static final int SP = X0 + 31 * 8;
  private static final int PC = SP + 8;
  private static final int PSTATE = PC + 8;

  /// The first record (bytes from the frame's beginning).
  static final int RECORDS = CONTEXT + 288;

  private static final int RECORDS_BYTES = 4096;

  private Aarch64Frames() {}

  static void find(ByteView bytes, long from, List<SignalFrame> found) {
    int first = (int) (-(from - RECORDS) & 15);
    for (int at = first; at + 8 <= bytes.length(); at += 16) {
      if (at >= RECORDS && bytes.u32(at) == FPSIMD_MAGIC && bytes.u32(at + 4) == FPSIMD_BYTES) {
        at(bytes, from, at - RECORDS).ifPresent(found::add);
      }
    }
  }

  private static Optional<SignalFrame> at(ByteView bytes, long from, int frame) {
    int signo = bytes.s32(frame);
    long pstate = bytes.u64(frame + PSTATE);
    // The low four bits of pstate are the exception level: user code runs at 0.
    if (signo < 1 || signo > 64 || (pstate & 15) != 0 || pstate >>> 32 != 0) {
      return Optional.empty();
    }
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < 31; i++) {
      values.put("x" + i, bytes.u64(frame + X0 + 8 * i));
    }
    values.put("sp", bytes.u64(frame + SP));
    values.put("pc", bytes.u64(frame + PC));
    values.put("pstate", pstate);
    boolean fault = SignalFrame.isFaultSignal(signo) && bytes.s32(frame + 8) > 0;
    return Optional.of(
        new SignalFrame(
            from + frame,
            from + frame + RECORDS + RECORDS_BYTES,
            signo,
            bytes.s32(frame + 8),
            fault ? bytes.u64(frame + FAULT_ADDRESS) : bytes.u64(frame + 16),
            Registers.of(Machine.AARCH64, values),
            OptionalLong.empty(),
            syndrome(bytes, frame + RECORDS),
            OptionalLong.empty(),
            0));
  }

  /// The exception syndrome, from the records that follow each other up to an empty one.
  private static OptionalLong syndrome(ByteView bytes, int records) {
    int at = records;
    int end = Math.min(records + RECORDS_BYTES, bytes.length() - 16);
    while (at < end) {
      long magic = bytes.u32(at);
      long size = bytes.u32(at + 4);
      if (magic == ESR_MAGIC) {
        return OptionalLong.of(bytes.u64(at + 8));
      }
      if (magic == 0 || size < 16 || size > RECORDS_BYTES) {
        break;
      }
      at += (int) size;
    }
    return OptionalLong.empty();
  }
}
