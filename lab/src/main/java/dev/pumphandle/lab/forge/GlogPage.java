package dev.pumphandle.lab.forge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What glog's failure signal handler prints: the moment, the instruction pointer, the signal, and
/// the frames that the frame pointers lead to.
///
/// Source: google/glog v0.6 src/signalhandler.cc, DumpTimeInfo(), DumpSignalInfo(),
/// DumpStackFrameInfo(). The field after `from PID` is a fault's address too, cut to 32 bits.
final class GlogPage {

  private static final int MOST_FRAMES = 32;

  private final Body body;
  private final Fault fault;
  private final LiveMemory memory;

  GlogPage(Body body, Fault fault, LiveMemory memory) {
    this.body = body;
    this.fault = fault;
    this.memory = memory;
  }

  List<String> lines(Instant at) {
    long pc = fault.reg("rip");
    long from = fault.info().first();
    List<String> lines = new ArrayList<>();
    lines.add(
        "*** Aborted at %1$d (unix time) try \"date -d @%1$d\" if you are using GNU date ***"
            .formatted(at.getEpochSecond()));
    lines.add("PC: " + frame(pc));
    lines.add(
        "*** %s (@0x%x) received by PID %d (TID 0x%x) from PID %d; stack trace: ***"
            .formatted(
                fault.info().signo() == Fault.SIGABRT ? "SIGABRT" : "SIGSEGV",
                from,
                body.process().pid(),
                body.threads().getFirst().register("fs_base"),
                (int) from));
    lines.add("    @ %18s (unknown)".formatted(hex(body.at("libc", "__restore_rt"))));
    lines.add("    " + frame(pc));
    long fp = fault.reg("rbp");
    for (int i = 0; i < MOST_FRAMES; i++) {
      OptionalLong back = memory.word(fp + 8);
      OptionalLong next = memory.word(fp);
      if (back.isEmpty() || next.isEmpty() || back.getAsLong() == 0) break;
      lines.add("    " + frame(back.getAsLong()));
      if (Long.compareUnsigned(next.getAsLong(), fp) <= 0) break;
      fp = next.getAsLong();
    }
    return lines;
  }

  private String frame(long pc) {
    return "@ %18s %s".formatted(hex(pc), body.functionAt(pc).orElse("(unknown)"));
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
