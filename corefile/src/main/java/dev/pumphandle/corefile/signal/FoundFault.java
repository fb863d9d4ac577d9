package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreThread;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.note.SigInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes the [FaultRegisters] of what a [FaultSearch] has found.
final class FoundFault {

  private static final List<String> SEGMENTS =
      List.of("fs_base", "gs_base", "ds", "es", "fs", "gs");

  private final CoreFile core;
  private final MemoryImage memory;

  FoundFault(CoreFile core, MemoryImage memory) {
    this.core = core;
    this.memory = memory;
  }

  /// A fault whose registers a frame has.
  ///
  /// @param handlers how many handlers of fatal signals were running (count)
  FaultRegisters framed(CoreThread thread, SignalFrame frame, int handlers) throws IOException {
    return framed(thread, frame, handlers, FaultRegisters.From.SIGFRAME);
  }

  /// The same, with the registers from where is said.
  FaultRegisters framed(
      CoreThread thread, SignalFrame frame, int handlers, FaultRegisters.From from)
      throws IOException {
    boolean fault = frame.isFault();
    boolean unsaid = frame.addressField() == 0;
    return new FaultRegisters(
        from == FaultRegisters.From.PRSTATUS
            ? thread.registers()
            : completed(frame.registers(), thread.registers()),
        from,
        thread,
        frame.signo(),
        OptionalInt.of(frame.code()),
        fault ? OptionalLong.of(frame.addressField()) : OptionalLong.empty(),
        frame.trap(),
        frame.error(),
        fault || unsaid ? OptionalInt.empty() : OptionalInt.of((int) frame.addressField()),
        fault || unsaid ? OptionalLong.empty() : OptionalLong.of(frame.addressField() >>> 32),
        handlers,
        residues(frame.registers().sp(), frame));
  }

  /// The kernel saves no segments in a frame: they stand as they stood, and the thread has them.
  private static Registers completed(Registers frame, Registers thread) {
    Registers complete = frame;
    if (frame.machine() == Machine.X86_64) {
      for (String segment : SEGMENTS) {
        OptionalLong value = thread.value(segment);
        if (value.isPresent()) {
          complete = complete.with(segment, value.getAsLong());
        }
      }
    }
    return complete;
  }

  /// A fault that no frame tells of: the thread's own registers, and what the kernel says of it.
  FaultRegisters plain(CoreThread thread, Optional<SigInfo> killing, int handlers)
      throws IOException {
    return new FaultRegisters(
        thread.registers(),
        FaultRegisters.From.PRSTATUS,
        thread,
        killing.map(SigInfo::signo).orElse(core.dyingThread().map(CoreThread::cursig).orElse(0)),
        killing.map(info -> OptionalInt.of(info.code())).orElse(OptionalInt.empty()),
        killing.map(FoundFault::address).orElse(OptionalLong.empty()),
        OptionalLong.empty(),
        OptionalLong.empty(),
        killing.map(SigInfo::senderPid).orElse(OptionalInt.empty()),
        killing.map(SigInfo::senderUid).orElse(OptionalLong.empty()),
        handlers,
        residues(thread.registers().sp(), null));
  }

  /// The address of a fault; a general protection fault has none, and says 0.
  private static OptionalLong address(SigInfo info) {
    return SignalFrame.isFaultSignal(info.signo()) && info.code() > 0
        ? OptionalLong.of(info.addressField())
        : OptionalLong.empty();
  }

  /// Frames below the stack pointer of the fault, nearest first, but for the fault's own.
  private List<SignalFrame> residues(long sp, @Nullable SignalFrame own) throws IOException {
    List<SignalFrame> below =
        new ArrayList<>(
            SignalFrames.around(core.machine(), memory, sp, sp - FaultSearch.BELOW, sp).stream()
                .filter(frame -> own == null || frame.at() != own.at())
                .toList());
    return below.reversed();
  }
}
