package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreThread;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.note.SigInfo;
import dev.pumphandle.corefile.stack.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The search for the fault registers of one core.
///
/// Three cases, by where the frame of the fault lies against the thread's stack pointer:
///
/// - *Live*: above it. The handler was still running; the frame's registers are the fault's. Of
///   several the outermost counts: a handler that crashed itself is not what killed the process.
/// - *Dead*: the handler had returned to the fault, and the signal came again, or a raise() that
///   had been blocked was delivered. NT_PRSTATUS then has the registers of the fault, and the frame
///   only adds what the second siginfo no longer says. It counts when its rip and rsp are those.
/// - None: NT_PRSTATUS it is.
///
/// Source: measured on 320 crashes under twelve kinds of handlers,
/// docs/concepts/fault-registers.md.
final class FaultSearch {

  /// Below the stack pointer: red zone, extended state and frame of one signal (bytes).
  static final int BELOW = 16 << 10;

  /// Above it, at first (bytes).
  static final int ABOVE = 64 << 10;

  /// Above it, where a handler must have run and its frame is not nearer (bytes).
  static final int FAR_ABOVE = 8 << 20;

  /// Above the stack pointers of threads that may have sent the signal (bytes).
  static final int OTHER_THREADS = 32 << 10;

  /// The most threads looked at that may have sent the signal (count).
  static final int MOST_THREADS = 256;

  /// Above the stack pointers of threads that wait in another system call (bytes).
  static final int WAITING = 8 << 10;

  /// The most of those (count): 2 MiB of stacks.
  static final int MOST_WAITING = 256;

  /// The most memory searched for an alternate stack that nothing points to (bytes).
  static final long MOST_ELSEWHERE = 4L << 20;

  private static final int ABORT = SignalFrame.SIGABRT;
  private static final int SI_USER = 0;

  /// More than what abort() and raise() take of the stack (bytes).
  private static final int ABORT_FRAME = 4096;

  /// A chain of handlers within handlers longer than this is no chain.
  private static final int MOST_NESTED = 16;

  private final CoreFile core;
  private final MemoryImage memory;
  private final Callers callers;
  private final FoundFault faults;

  FaultSearch(CoreFile core, MemoryImage memory, Callers callers) {
    this.core = core;
    this.memory = memory;
    this.callers = callers;
    this.faults = new FoundFault(core, memory);
  }

  FaultRegisters run() throws IOException {
    if (core.threads().isEmpty()) {
      throw new IllegalArgumentException("a core without threads has no registers");
    }
    Optional<CoreThread> dying = core.dyingThread();
    if (dying.isEmpty()) {
      return faults.plain(core.threads().getFirst(), Optional.empty(), 0);
    }
    CoreThread thread = dying.get();
    Optional<SigInfo> killing = core.sigInfo();
    boolean raised = raised(thread, killing);
    List<SignalFrame> live = live(thread, raised ? FAR_ABOVE : ABOVE);
    Optional<SignalFrame> outermost = outermost(live);
    if (outermost.isEmpty() && raised && killing.isPresent() && !live.isEmpty()) {
      Optional<FaultRegisters> again = struckAgain(thread, killing.get());
      if (again.isPresent()) {
        return again.get();
      }
    }
    if (outermost.isEmpty() && raised) {
      outermost = inferred(live, thread.cursig()).or(() -> forwarded(live, thread.cursig()));
    }
    if (outermost.isPresent()) {
      return faults.framed(thread, outermost.get(), fatal(live));
    }
    if (killing.isPresent() && raised) {
      Optional<FaultRegisters> found = sent(thread, killing.get());
      if (found.isPresent()) {
        return found.get();
      }
    }
    return faults.plain(thread, killing, fatal(live));
  }

  /// Whether the killing signal was sent rather than raised by an instruction: then a handler may
  /// have sent it. A core without a siginfo does not tell, so it may have.
  private static boolean raised(CoreThread thread, Optional<SigInfo> killing) {
    return killing
        .map(info -> info.code() <= 0)
        .orElse(SignalFrame.isFaultSignal(thread.cursig()) || thread.cursig() == ABORT);
  }

  private boolean fromItself(SigInfo killing) {
    OptionalInt sender = killing.senderPid();
    return sender.isPresent()
        && (sender.getAsInt() == core.processInfo().map(info -> info.pid()).orElse(-1)
            || core.threads().stream().anyMatch(t -> t.tid() == sender.getAsInt()));
  }

  /// The frames from the thread's stack pointer outwards, each handler's interrupted stack pointer
  /// leading to the next stretch: from an alternate stack back to the thread's own. Those that a
  /// walk over the callers passes over are none of running handlers.
  private List<SignalFrame> live(CoreThread thread, int above) throws IOException {
    List<SignalFrame> chain = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long sp = thread.registers().sp();
    Optional<SignalFrame> next = nearestAbove(sp, above, seen);
    List<Frame> walk = next.isEmpty() ? List.of() : callers.of(thread.registers());
    while (next.isPresent() && seen.size() < MOST_NESTED) {
      SignalFrame frame = next.get();
      seen.add(frame.at());
      if (!PassedOver.by(walk, frame)) {
        chain.add(frame);
        sp = frame.registers().sp();
      }
      next = nearestAbove(sp, above, seen);
    }
    return chain;
  }

  private Optional<SignalFrame> nearestAbove(long sp, int above, Set<Long> seen)
      throws IOException {
    int reach = Math.min(above, ABOVE);
    while (true) {
      for (SignalFrame frame : SignalFrames.around(core.machine(), memory, sp, sp, sp + reach)) {
        if (!seen.contains(frame.at())) {
          return Optional.of(frame);
        }
      }
      if (reach >= above) {
        return Optional.empty();
      }
      reach = Math.min(above, reach * 4);
    }
  }

  private static Optional<SignalFrame> outermost(List<SignalFrame> live) {
    Optional<SignalFrame> found = Optional.empty();
    for (SignalFrame frame : live) {
      if (frame.isFatal()) {
        found = Optional.of(frame);
      }
    }
    return found;
  }

  /// The outermost frame without a siginfo whose trap fits the signal that killed.
  private Optional<SignalFrame> inferred(List<SignalFrame> live, int killing) {
    return live.stream()
        .flatMap(frame -> inferred(frame, killing).stream())
        .reduce((_, outer) -> outer);
  }

  private Optional<SignalFrame> inferred(SignalFrame frame, int killing) {
    boolean writing = (frame.error().orElse(0) & 2) != 0;
    boolean mapped =
        frame.pageFaultAddress().isPresent()
            && memory
                .mappingAt(frame.pageFaultAddress().getAsLong())
                .filter(m -> m.path().isPresent())
                .map(Mapping::permissions)
                .filter(p -> writing ? p.writable() : p.readable())
                .isPresent();
    return frame.inferred(killing, mapped);
  }

  /// The frame of a signal that another process had sent, and that its handler raised again; or
  /// that its handler took for a fault, and gave up with abort() over, as that of a JVM does.
  private Optional<SignalFrame> forwarded(List<SignalFrame> live, int signo) {
    return live.stream()
        .filter(frame -> frame.signo() == signo || (signo == ABORT && fromAnother(frame)))
        .reduce((_, outer) -> outer);
  }

  private boolean fromAnother(SignalFrame frame) {
    int sender = (int) frame.addressField();
    return SignalFrame.isFaultSignal(frame.signo())
        && frame.code() == SI_USER
        && sender != core.processInfo().map(info -> info.pid()).orElse(sender);
  }

  private static int fatal(List<SignalFrame> live) {
    return (int) live.stream().filter(SignalFrame::isFatal).count();
  }

  /// The fault behind a signal that was sent, the cheapest places first: below this thread's stack
  /// pointer; on the stacks of threads that may have sent it; on alternate stacks that nothing
  /// points
  /// to any more; on the stacks of all others.
  ///
  /// kill(getpid(), …) may strike any thread, and the kernel writes that one first: the fault is on
  /// the stack of another, whose handler is waiting to die, or has returned to the fault and was
  /// stopped there.
  private Optional<FaultRegisters> sent(CoreThread struck, SigInfo killing) throws IOException {
    Optional<FaultRegisters> found = below(List.of(struck), killing);
    if (found.isPresent() || !fromItself(killing)) {
      return found.isPresent() ? found : elsewhere(List.of(struck), killing);
    }
    List<CoreThread> suspects =
        core.threads().stream()
            .filter(t -> t != struck && SystemCall.mayHaveSent(core.machine(), t.registers()))
            .limit(MOST_THREADS)
            .toList();
    found = handling(suspects, OTHER_THREADS, killing);
    if (found.isEmpty()) {
      found = below(suspects, killing);
    }
    if (found.isEmpty()) {
      List<CoreThread> all = new ArrayList<>(suspects);
      all.addFirst(struck);
      found = elsewhere(all, killing);
    }
    if (found.isPresent()) {
      return found;
    }
    Set<CoreThread> looked = new HashSet<>(suspects);
    return handling(
        core.threads().stream()
            .filter(t -> t != struck && !looked.contains(t))
            .limit(MOST_WAITING)
            .toList(),
        WAITING,
        killing);
  }

  /// The frame of a handler that has returned to the very place where the thread stands: it says
  /// more than any frame above, which tells only where another handler was called.
  ///
  /// Folklore: a fault within the handler of a signal that was raised, and a fatal-signal handler
  /// that raises again. The outer handler had asked for no siginfo, so that its frame looked like
  /// that of the second signal. Seen with SIGUSR1. Test: the lab's `null-in-handler`.
  private Optional<FaultRegisters> struckAgain(CoreThread thread, SigInfo killing)
      throws IOException {
    Optional<FaultRegisters> found = below(List.of(thread), killing);
    if (found.isEmpty()) {
      found = elsewhere(List.of(thread), killing);
    }
    return found.filter(
        fault -> fault.from() == FaultRegisters.From.PRSTATUS && fault.code().orElse(0) > 0);
  }

  /// The frame of a handler that has returned, below a thread's stack pointer.
  private Optional<FaultRegisters> below(List<CoreThread> threads, SigInfo killing)
      throws IOException {
    for (CoreThread thread : threads) {
      long sp = thread.registers().sp();
      Optional<FaultRegisters> below =
          matching(frames(sp, sp - BELOW, sp), List.of(thread), killing);
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  /// The same, on an alternate stack.
  private Optional<FaultRegisters> elsewhere(List<CoreThread> threads, SigInfo killing)
      throws IOException {
    long budget = MOST_ELSEWHERE;
    for (Mapping mapping : alternateStacks()) {
      if (mapping.dumpedBytes() > budget) {
        break;
      }
      budget -= mapping.dumpedBytes();
      Optional<FaultRegisters> found =
          matching(frames(mapping.from(), mapping.from(), mapping.to()), threads, killing);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private List<SignalFrame> frames(long sp, long from, long to) throws IOException {
    return SignalFrames.around(core.machine(), memory, sp, from, to);
  }

  /// Memory that may be an alternate stack, smallest first: no thread runs on it.
  private List<Mapping> alternateStacks() {
    Set<Long> stacks = new HashSet<>();
    for (CoreThread thread : core.threads()) {
      memory.mappingAt(thread.registers().sp()).ifPresent(m -> stacks.add(m.from()));
    }
    return core.mappings().stream()
        .filter(m -> m.permissions().writable() && m.dumpedBytes() > 0)
        .filter(m -> !stacks.contains(m.from()))
        .sorted(Comparator.comparingLong(Mapping::dumpedBytes))
        .toList();
  }

  private Optional<FaultRegisters> matching(
      List<SignalFrame> frames, List<CoreThread> threads, SigInfo killing) throws IOException {
    for (SignalFrame found : frames) {
      SignalFrame frame = inferred(found, killing.signo()).orElse(found);
      if (!frame.isFatal() || (frame.signo() != killing.signo() && killing.signo() != ABORT)) {
        continue;
      }
      for (CoreThread thread : threads) {
        if (frame.registers().pc() == thread.registers().pc()
            && frame.registers().sp() == thread.registers().sp()) {
          return Optional.of(faults.framed(thread, frame, 0, FaultRegisters.From.PRSTATUS));
        }
        if (!frame.isFault() && near(frame.registers().sp(), thread.registers().sp())) {
          return Optional.of(faults.framed(thread, frame, 0, FaultRegisters.From.SIGFRAME));
        }
      }
    }
    return Optional.empty();
  }

  /// abort() does not come back to where it raised the signal when its handler returns: it goes on
  /// to raise it again.
  private static boolean near(long sp, long other) {
    return Math.abs(sp - other) < ABORT_FRAME;
  }

  private Optional<FaultRegisters> handling(List<CoreThread> threads, int above, SigInfo killing)
      throws IOException {
    for (CoreThread thread : threads) {
      List<SignalFrame> live = live(thread, above);
      Optional<SignalFrame> frame =
          outermost(live)
              .or(() -> inferred(live, killing.signo()))
              .or(() -> forwarded(live, killing.signo()));
      if (frame.isPresent()
          && (frame.get().signo() == killing.signo() || killing.signo() == ABORT)) {
        return Optional.of(faults.framed(thread, frame.get(), fatal(live)));
      }
    }
    return Optional.empty();
  }
}
