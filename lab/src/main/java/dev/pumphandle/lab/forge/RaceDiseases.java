package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.forge.Body.Place;
import java.util.List;
import java.util.Map;

/// The unwinder race: an alarm arrives after libunwind's `setcontext` has moved rsp above the
/// context it still reads from, and the kernel
/// builds its signal frame over that context. `push %rcx; ret` then returns to whatever the frame
/// put where rip was.
final class RaceDiseases {

  static final List<Disease> ALL =
      List.of(
          Disease.returned("unwinder-race-confirmed", "unwinder-race", b -> race(b, false, true)),
          Disease.returned("unwinder-race-to-stack", "unwinder-race", b -> race(b, true, true)),
          Disease.returned("unwinder-race-probable", "unwinder-race", b -> race(b, false, false)));

  /// "GNUCC++\0" as a little-endian number.
  private static final long GNU_CXX = 0x474e_5543_432b_2b00L;

  private RaceDiseases() {}

  /// @param toStack false when the slot of rip lies in the empty upper halves of the XSAVE image,
  /// true when it falls on a saved stack address
  /// @param residue whether the alarm's frame is still there
  private static Fault race(Body b, boolean toStack, boolean residue) {
    Place landing = b.calls("main", "serve", "dispatch", "catcher");
    Place p = b.calls("main", "serve", "dispatch", "catcher", "thrower");
    p = b.calls(b.stack(), p, b.at("exe", "thrower>__cxa_throw"), "libstdcxx", "__cxa_throw");
    b.calls(
        b.stack(),
        p,
        b.at("libstdcxx", "__cxa_throw>unwind"),
        "libunwind",
        "_Unwind_RaiseException",
        "_ULx86_64_resume");

    long exception = b.heap().from() + 0x480;
    b.heap()
        .word(exception - 0x10, b.at("exe", "landing-pad"))
        .word(exception, GNU_CXX)
        .word(exception + 8, b.at("libstdcxx", "_ZL23__gxx_exception_cleanup"))
        .word(exception + 24, b.at("exe", "catcher>thrower"));
    long fpState = landing.sp() - 128 - (Body.XSTATE + 4) & -64L;
    long context = fpState + 600 - 0xa8;
    ForgedThread t =
        ReturnDiseases.dying(b)
            .with("rax", exception)
            .with("rdx", 1)
            .with("rdi", context)
            .with("r11", b.at("libunwind", "_Ux86_64_setcontext"))
            .with("rcx", 0x1234)
            .at(b.at("libunwind", "setcontext:rip"), landing.sp(), landing.fp());
    if (residue) alarm(b, t.registers());
    long target = toStack ? landing.fp() : 0;
    b.stack().word(landing.sp() - 8, target);
    t.with("rcx", 0).with("rdi", 0).at(target, landing.sp(), landing.fp());
    return target == 0
        ? Fault.page(1, 0, Fault.FETCH, t)
        : Fault.page(2, target, Fault.FETCH_DENIED, t);
  }

  private static void alarm(Body b, Map<String, Long> interrupted) {
    SignalInfo timer = SignalInfo.timer(Fault.SIGUSR2, 0);
    SignalFrame.onSameStack(timer, interrupted, 0, 0, 0, b.at("libc", "__restore_rt"))
        .push(b.stack(), "alarm.", b.machine(), Body.XSTATE);
    long pc = interrupted.getOrDefault("rip", 0L);
    b.with(new Body.Interrupted(timer, pc, interrupted.getOrDefault("rsp", 0L)));
  }
}
