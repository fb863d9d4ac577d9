package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.forge.Body.Place;
import java.util.List;

/// Deaths by a signal that was sent: aborts of the C library and of the program, kills from
/// outside, forbidden system calls.
final class AbortDiseases {

  static final List<Disease> ALL =
      List.of(
          Disease.ran(
              "double-free",
              "heap-corruption-abort",
              b -> {
                message(b, "free(): double free detected in tcache 2\n");
                return abort(
                    b,
                    "free_twice",
                    "free",
                    "_int_free",
                    "malloc_printerr",
                    "__libc_message",
                    "abort");
              }),
          Disease.ran(
              "assertion",
              "deliberate-abort",
              b -> {
                message(
                    b,
                    "courier: src/route.cc:118: Route& next(Hop): Assertion `hop.ttl > 0' failed.\n");
                return abort(b, "check", "__assert_fail", "abort");
              }),
          Disease.ran("abort", "deliberate-abort", b -> abort(b, "give_up", "abort")),
          Disease.ran(
              "killed-with-segv",
              "sent-by-user",
              b -> sent(b, SignalInfo.sent(Fault.SIGSEGV, 0, 1, 0))),
          Disease.ran(
              "watchdog", "sent-by-user", b -> sent(b, SignalInfo.sent(Fault.SIGABRT, 0, 1, 0))),
          Disease.ran("forbidden-call", "other", AbortDiseases::forbidden));

  private AbortDiseases() {}

  /// The C library keeps the text it prints before abort() in an anonymous page: size, then text;
  /// `__abort_msg` points at it.
  ///
  /// Source: glibc 2.36 sysdeps/posix/libc_fatal.c, __libc_message(); assert/assert.c.
  private static void message(Body b, String text) {
    long page = b.base("libunwind") - 0x8000;
    Region r = Region.at(page, 0x1000);
    r.blob("", page, new Blob().u32(0x1000).cString(text));
    b.with(r).saying(text.strip());
    b.data("libc").word(b.base("libc") + ForgedElf.dataAt(Software.ABORT_MESSAGE), page);
  }

  /// From a function of the program through the C library into tgkill.
  private static Fault abort(Body b, String function, String... library) {
    Place p = b.calls("main", "serve", "dispatch", function);
    return raised(b, b.stack(), p, b.at("exe", function + ">" + library[0]), library);
  }

  /// Frames of the C library below `from`, with `raise` and its system call at their end.
  static Fault raised(Body b, Region stack, Place from, long back, String... library) {
    Place p = b.calls(stack, from, back, "libc", library);
    String last = library[library.length - 1];
    p =
        b.calls(
            stack,
            p,
            b.at("libc", last + ">raise"),
            "libc",
            "raise",
            "__pthread_kill_implementation");
    int pid = b.process().pid();
    ForgedThread t =
        ReturnDiseases.dying(b)
            .with("rdi", pid)
            .with("rsi", pid)
            .with("rdx", Fault.SIGABRT)
            .with("orig_rax", 234)
            .at(b.at("libc", "behind-tgkill"), p.sp(), p.fp());
    return Fault.of(SignalInfo.sent(Fault.SIGABRT, -6, pid, 1000), 0, t);
  }

  private static ForgedThread waiting(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "idle");
    p = b.calls(b.stack(), p, b.at("exe", "idle>wait"), "libc", "wait");
    return ReturnDiseases.dying(b)
        .with("rax", -4)
        .with("orig_rax", 7)
        .at(b.at("libc", "behind-wait"), p.sp(), p.fp());
  }

  private static Fault sent(Body b, SignalInfo info) {
    return Fault.of(info, 0, waiting(b));
  }

  /// A system call that seccomp answers with SIGSYS.
  private static Fault forbidden(Body b) {
    ForgedThread t = waiting(b).with("rax", 7);
    long second = 7 | 0xc000003eL << 32; // si_syscall, si_arch
    return Fault.of(new SignalInfo(Fault.SIGSYS, 1, t.register("rip"), second), 0, t);
  }
}
