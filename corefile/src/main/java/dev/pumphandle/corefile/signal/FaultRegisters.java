package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreThread;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.memory.MemoryImage;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The registers when the fault happened, wherever they were found, and the signal as it struck.
///
/// @param registers the registers
/// @param from where they were found
/// @param thread the thread that faulted
/// @param signo the signal that struck; 0 where there was none
/// @param code its `si_code`; empty where nothing tells
/// @param address the address that could not be used, for a fault (unsigned)
/// @param trap the processor's trap number, where a frame tells
/// @param error the page-fault error bits (x86-64) or the syndrome (AArch64), where a frame tells
/// @param senderPid who sent the signal, when somebody did
/// @param senderUid and as which user (unsigned)
/// @param handlerFrames frames of fatal signals whose handlers were still running (count)
/// @param residues frames below the stack pointer of the fault: signals that had struck before, and
///   whose handlers had returned; nearest first
public record FaultRegisters(
    Registers registers,
    From from,
    CoreThread thread,
    int signo,
    OptionalInt code,
    OptionalLong address,
    OptionalLong trap,
    OptionalLong error,
    OptionalInt senderPid,
    OptionalLong senderUid,
    int handlerFrames,
    List<SignalFrame> residues) {

  /// Where fault registers can be found.
  public enum From {
    /// In the thread's NT_PRSTATUS: no handler stood between the fault and death.
    PRSTATUS,
    /// In a signal frame: a handler ran, and was still running or had raised again.
    SIGFRAME,
    /// Outside any core: a handler wrote them into a log as the signal struck.
    LOG
  }

  /// Copies the list.
  public FaultRegisters {
    residues = List.copyOf(residues);
  }

  /// Finds the fault registers of a core.
  ///
  /// Reads the stack around the dying thread's stack pointer; more only where the evidence says
  /// that a handler ran and its frame was not found there (see FaultSearch for the bounds).
  ///
  /// @param core a core with at least one thread
  /// @param memory its memory, perhaps with ranges fetched before
  /// @throws IOException where the store cannot deliver
  /// @throws IllegalArgumentException if the core has no thread
  public static FaultRegisters of(CoreFile core, MemoryImage memory) throws IOException {
    return of(core, memory, Callers.UNKNOWN);
  }

  /// The same, where somebody can tell who called whom: frames that handlers have left behind are
  /// then known from those of running handlers.
  ///
  /// @param callers asked only where a signal frame was found above a stack pointer
  /// @throws IOException where the store cannot deliver
  /// @throws IllegalArgumentException if the core has no thread
  public static FaultRegisters of(CoreFile core, MemoryImage memory, Callers callers)
      throws IOException {
    return new FaultSearch(core, memory, callers).run();
  }
}
