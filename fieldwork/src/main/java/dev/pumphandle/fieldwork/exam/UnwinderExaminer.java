package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.memory.MemoryRead;
import dev.pumphandle.corefile.memory.Stretch;
import dev.pumphandle.corefile.signal.SignalFrame;
import dev.pumphandle.corefile.stack.StackWalk;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.EvidenceColumns;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// Signs that an exception was being unwound, and that a signal overtook the unwinder.
///
/// Source: GNU libunwind 1.6.2 src/x86_64/setcontext.S (the stack pointer is moved off the context
/// before the last registers are read from it); Itanium C++ ABI, Exception Handling §1.2
/// (struct _Unwind_Exception: class, cleanup, private_1, private_2).
///
/// Folklore: the race is not always a return to NULL. The context's slot may fall on the saved
/// vector registers of the signal frame (zero), on a saved rbp or rcx, on padding, or on the return
/// address to the restorer. Seen with a debugger that sent SIGUSR2 at that very instruction. Test:
/// ScoreboardTest.
final class UnwinderExaminer implements Examiner {

  /// "GNUCC++\0" as a big-endian number; the last byte is 1 for dependent exceptions.
  private static final long CXX_CLASS = 0x474E_5543_432B_2B00L;

  /// How far before an instruction the move of the stack pointer may lie (bytes): setcontext has
  /// four more instructions before it returns.
  private static final int NEAR = 24;

  /// How far below the stack pointer a context is looked for (bytes).
  private static final int CONTEXTS = 16 << 10;

  @Override
  public String name() {
    return "unwinder";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    Optional<LoadedFile> unwinder = supplier(evidence);
    row.put(EvidenceColumns.UNWINDER, unwinder.flatMap(LoadedFile::path));
    if (!evidence.isX86() || !evidence.struck()) {
      return;
    }
    residue(evidence, row, missing);
    exception(evidence, row, missing);
    row.put(EvidenceColumns.UNWINDER_AT_WORK, atWork(evidence, unwinder));
  }

  /// The dynamic linker takes the first library that supplies `_Unwind_RaiseException`: where GNU
  /// libunwind is loaded at all it was put before libgcc_s on purpose.
  private static Optional<LoadedFile> supplier(Evidence evidence) {
    Optional<LoadedFile> libunwind = loaded(evidence, "libunwind.so");
    return libunwind.isPresent() ? libunwind : loaded(evidence, "libgcc_s.so");
  }

  private static Optional<LoadedFile> loaded(Evidence evidence, String name) {
    return evidence.files().list().stream()
        .filter(file -> file.path().map(path -> path.contains("/" + name)).orElse(false))
        .findFirst();
  }

  private static void residue(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    long sp = stackBefore(evidence);
    Optional<SignalFrame> residue =
        evidence.fault().residues().stream()
            .filter(frame -> !frame.isFatal())
            .filter(frame -> frame.registers().sp() == sp)
            .findFirst()
            .or(
                () ->
                    evidence.fault().residues().stream()
                        .filter(frame -> !frame.isFatal() && frame.signo() != 0)
                        .findFirst());
    if (residue.isEmpty()) {
      return;
    }
    SignalFrame frame = residue.get();
    if (frame.signo() != 0) {
      row.put(EvidenceColumns.RESIDUAL_SIGNAL, frame.signo());
    }
    row.put(EvidenceColumns.RESIDUAL_SIGNAL_PC, frame.registers().pc());
    row.put(EvidenceColumns.RESIDUAL_SIGNAL_SP, frame.registers().sp());
    Optional<Boolean> moved = afterStackMove(evidence, frame.registers().pc());
    row.put(EvidenceColumns.RESIDUAL_IN_SETCONTEXT, moved);
    if (moved.isEmpty()) {
      missing.add(
          EvidenceColumns.RESIDUAL_IN_SETCONTEXT, evidence.textMissing(frame.registers().pc()));
    }
  }

  /// The stack pointer that setcontext had moved to: it pushes the return address, and a `ret` that
  /// was refused has not popped it again.
  private static long stackBefore(Evidence evidence) {
    boolean refused =
        evidence.control().arrived() == Control.Arrived.RETURNED
            && evidence.code().isCode(evidence.registers().pc());
    return evidence.registers().sp() + (refused ? 8 : 0);
  }

  /// Whether one of the instructions just before is `mov displacement(%rdi),%rsp`: 48 8b 67 with
  /// one
  /// byte, 48 8b a7 with four.
  private static Optional<Boolean> afterStackMove(Evidence evidence, long pc) throws IOException {
    ByteView text = evidence.code().upTo(pc - NEAR, NEAR);
    if (text.length() < NEAR) {
      return evidence.code().isCode(pc) ? Optional.empty() : Optional.of(false);
    }
    for (int at = 0; at + 4 <= NEAR; at++) {
      boolean move = text.u8(at) == 0x48 && text.u8(at + 1) == 0x8B;
      int modRm = text.u8(at + 2);
      if (move && (modRm == 0x67 || (modRm == 0xA7 && at + 7 <= NEAR))) {
        return Optional.of(true);
      }
    }
    return Optional.of(false);
  }

  private static void exception(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    OptionalLong rax = evidence.registers().value("rax");
    if (rax.isEmpty()
        || !(evidence.memory().read(rax.getAsLong(), 32)
            instanceof MemoryRead.Present(ByteView header))
        || (header.u64(0) & ~0xFFL) != CXX_CLASS) {
      row.put(EvidenceColumns.EXCEPTION_OBJECT, false);
      return;
    }
    row.put(EvidenceColumns.EXCEPTION_OBJECT, true);
    long handler = header.u64(24);
    if (!evidence.code().isCode(handler)) {
      return;
    }
    row.put(EvidenceColumns.EXCEPTION_LANDING_PAD, handler);
    Optional<Boolean> agrees = landingWasLost(evidence, handler);
    row.put(EvidenceColumns.LANDING_PAD_AGREES, agrees);
    if (agrees.isEmpty()) {
      missing.add(
          EvidenceColumns.LANDING_PAD_AGREES,
          "a handler has run on this stack since, over the place of the unwinder's context");
    }
  }

  /// Whether control was on its way to a landing pad and the context that held its address is gone.
  ///
  /// When setcontext has done its work unharmed, its context still lies below the stack pointer,
  /// with this very stack pointer and the landing pad's address side by side (offsets 0xa0 and
  /// 0xa8). A crash in a catch block leaves it there; a signal that overtook setcontext has written
  /// over it. Two things look alike: the frame of the fatal signal, which holds the address of the
  /// fault, and the unwinder's cursor, which holds the pair but not the exception two words before.
  private static Optional<Boolean> landingWasLost(Evidence evidence, long handler)
      throws IOException {
    long sp = evidence.registers().sp();
    for (Stretch below : evidence.memory().stretches(sp - CONTEXTS, CONTEXTS)) {
      if (holdsContext(evidence, below.bytes(), handler)) {
        return Optional.of(false);
      }
    }
    StackWalk walk = evidence.walk();
    if (walk.hasLandingPads(handler).filter(has -> !has).isPresent()) {
      return Optional.of(false);
    }
    return switch (evidence.fault().from()) {
      // The sentinel looks below the stack pointer before anybody else can write there.
      case PRSTATUS, LOG -> Optional.of(true);
      case SIGFRAME -> Optional.empty();
    };
  }

  private static boolean holdsContext(Evidence evidence, ByteView below, long handler)
      throws IOException {
    long sp = evidence.registers().sp();
    long object = evidence.registers().value("rax").orElse(0);
    for (int at = 16; at + 16 <= below.length(); at += 8) {
      long landing = below.u64(at + 8);
      if (below.u64(at) == sp
          && below.u64(at - 16) == object
          && landing != evidence.registers().pc()
          && evidence.code().isCode(landing)
          && evidence.walk().oneFunction(handler, landing).orElse(true)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the unwinder's own code stands just below the stack pointer, where functions that have
  /// returned leave their traces.
  private static boolean atWork(Evidence evidence, Optional<LoadedFile> unwinder)
      throws IOException {
    if (unwinder.isEmpty()) {
      return false;
    }
    LoadedFile file = unwinder.get();
    if (file.contains(evidence.registers().pc())) {
      return true;
    }
    for (Stretch around : evidence.memory().stretches(evidence.registers().sp() - 128, 256)) {
      for (int at = 0; at + 8 <= around.bytes().length(); at += 8) {
        long word = around.bytes().u64(at);
        if (file.contains(word) && evidence.code().isCode(word)) {
          return true;
        }
      }
    }
    return false;
  }
}
