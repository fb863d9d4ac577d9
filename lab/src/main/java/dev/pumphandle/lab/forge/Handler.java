package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.forge.Body.Place;
import java.util.List;
import java.util.Map;

/// What a fatal-signal handler does to the evidence before the process dies.
///
/// Each answers the signal that NT_SIGINFO shows in the end, after it has written signal frames and
/// the handler's own frames and added the threads.
enum Handler {
  /// There is none: the kernel kills at the fault.
  NONE("none") {
    @Override
    SignalInfo run(Body b, Fault f) {
      b.with(dying(b, f, f.info().signo()));
      return f.info();
    }
  },
  /// On an alternate stack; raises the signal again while it is blocked and returns: the signal
  /// arrives at sigreturn, with the fault's registers.
  RAISE("raise-alt") {
    @Override
    SignalInfo run(Body b, Fault f) {
      Region alt = Region.at(b.heap().to() + 0x20_0000, 0x4000);
      b.with(alt);
      new SignalFrame(
              f.info(),
              f.registers(),
              f.trap(),
              f.error(),
              f.cr2(),
              restorer(b),
              alt.from(),
              alt.size())
          .push(alt, "sigframe.", b.machine(), Body.XSTATE);
      b.with(dying(b, f, f.info().signo()));
      return SignalInfo.sent(f.info().signo(), -6, b.process().pid(), 1000);
    }
  },
  /// Calls abort(): the process dies inside libc, with SIGABRT.
  ABORT("abort") {
    @Override
    SignalInfo run(Body b, Fault f) {
      Place p = entered(b, f, "on_fatal_abort");
      Fault own =
          AbortDiseases.raised(b, b.stack(), p, b.at("exe", "on_fatal_abort>abort"), "abort");
      b.with(dying(b, own, Fault.SIGABRT));
      return own.info();
    }
  },
  /// Calls kill(getpid()): the kernel kills whichever thread takes the signal first.
  KILL("kill") {
    @Override
    SignalInfo run(Body b, Fault f) {
      int pid = b.process().pid();
      Place p = entered(b, f, "on_fatal_kill");
      b.stack().word(p.sp() - 8, b.at("exe", "on_fatal_kill>kill"));
      Region other = Region.at(b.base("libunwind") - 0x80_0000, 0x4000);
      b.with(other);
      Place idle =
          b.calls(
              other,
              new Place(other.to() - 0x400, 0),
              b.at("libc", "start_thread>*rax"),
              "exe",
              "worker",
              "serve",
              "dispatch",
              "idle");
      idle = b.calls(other, idle, b.at("exe", "idle>wait"), "libc", "wait");
      b.with(
          b.thread(pid + 1)
              .cursig(f.info().signo())
              .with("orig_rax", 7)
              .at(b.at("libc", "behind-wait"), idle.sp(), idle.fp()));
      b.with(
          b.thread(pid)
              .with("rdi", pid)
              .with("rsi", f.info().signo())
              .with("orig_rax", 62)
              .at(b.at("libc", "behind-kill"), p.sp() - 8, p.fp()));
      return SignalInfo.sent(f.info().signo(), 0, pid, 1000);
    }
  },
  /// Crashes itself, reading address 0.
  CRASHED("crash") {
    @Override
    SignalInfo run(Body b, Fault f) {
      Place p = entered(b, f, "on_fatal_broken");
      ForgedThread t = b.thread(b.process().pid()).at(b.at("exe", "handler:load"), p.sp(), p.fp());
      b.with(t.cursig(Fault.SIGSEGV));
      return SignalInfo.fault(Fault.SIGSEGV, 1, 0);
    }
  };

  private final String word;

  Handler(String word) {
    this.word = word;
  }

  abstract SignalInfo run(Body b, Fault f);

  /// The word for it in [Truth#handler].
  String word() {
    return word;
  }

  /// The handlers that leave something to find.
  static List<Handler> all() {
    return List.of(RAISE, ABORT, KILL, CRASHED);
  }

  private static long restorer(Body b) {
    return b.at("libc", "__restore_rt");
  }

  private static ForgedThread dying(Body b, Fault f, int cursig) {
    Map<String, Long> registers = f.registers();
    return b.thread(b.process().pid()).with(registers).cursig(cursig);
  }

  /// The signal frame on the interrupted stack, and the handler's own frame below it.
  private static Place entered(Body b, Fault f, String handler) {
    long frame =
        SignalFrame.onSameStack(f.info(), f.registers(), f.trap(), f.error(), f.cr2(), restorer(b))
            .push(b.stack(), "sigframe.", b.machine(), Body.XSTATE);
    return b.calls(b.stack(), new Place(frame + 8, f.reg("rbp")), restorer(b), "exe", handler);
  }
}
