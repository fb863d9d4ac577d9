package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.forge.Body.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Patients on AArch64, where a return takes x30 and leaves no popped slot behind.
///
/// Source: Arm Architecture Reference Manual, ESR_ELx: exception class 0x20 is an instruction
/// abort, 0x24 a data abort from a lower level.
final class ArmPatients {

  private static final long FETCH = 0x8200_0006L;
  private static final long READ = 0x9200_0006L;

  private record Case(String name, String label, String control, Function<Body, Fault> strike) {}

  private static final List<Case> CASES =
      List.of(
          new Case("arm-return-to-null", "return-to-null", "returned", ArmPatients::smashed),
          new Case("arm-call-null", "call-through-null", "called", ArmPatients::call),
          new Case("arm-jump-null", "jump-to-null", "jumped", ArmPatients::jump),
          new Case("arm-null-field", "null-dereference", "ran", ArmPatients::load),
          new Case("arm-undefined", "illegal-instruction", "ran", ArmPatients::undefined),
          new Case("arm-abort", "deliberate-abort", "ran", ArmPatients::abort));

  private ArmPatients() {}

  static List<ForgedPatient> all() {
    List<ForgedPatient> patients = new ArrayList<>();
    int pid = 6_000;
    for (Case c : CASES) patients.add(forge(c, pid++, false));
    for (Case c : CASES.subList(0, 4)) patients.add(forge(c, pid++, true));
    return patients;
  }

  /// @param handled whether a handler called abort(): the fault's registers are in a signal frame
  /// then
  private static ForgedPatient forge(Case c, int pid, boolean handled) {
    Body b = Body.arm("gazette", "2.1", pid, pid).linked();
    Fault f = c.strike().apply(b);
    SignalInfo last = f.info();
    if (handled) {
      long restorer = b.at("vdso", "__kernel_rt_sigreturn");
      long frame =
          SignalFrame.onSameStack(f.info(), f.registers(), 0, f.error(), f.info().first(), restorer)
              .push(b.stack(), "sigframe.", b.machine(), 0);
      // the frame record above the signal frame continues the chain; lr is the vDSO's sigreturn
      long record = frame + 4688;
      Place p = b.calls(b.stack(), new Place(frame, record), restorer, "exe", "on_fatal_abort");
      Fault own = raised(b, p, b.at("exe", "on_fatal_abort>abort"));
      b.with(b.thread(pid).with(own.registers()).cursig(Fault.SIGABRT));
      last = own.info();
    } else b.with(b.thread(pid).with(f.registers()).cursig(last.signo()));
    String name = handled ? c.name() + "-abort" : c.name();
    Truth truth =
        new Truth(
            "gazette",
            name,
            c.label(),
            c.control(),
            "aligned",
            f.info().signo(),
            f.info().code(),
            f.info().code() > 0 ? f.info().first() : 0,
            pid,
            pid,
            1,
            f.registers(),
            handled ? "abort" : "none",
            "forged");
    return new ForgedPatient(name, c.label(), b.forge().sigInfo(last).forge(), truth);
  }

  private static ForgedThread at(Body b, long pc, long sp, long fp, long lr) {
    return b.thread(b.process().pid()).at(pc, sp, fp).with("x30", lr);
  }

  /// The epilogue loads a zero into x30 and returns to it.
  private static Fault smashed(Body b) {
    Place caller = b.calls("main", "serve", "dispatch");
    Place p = b.calls("main", "serve", "dispatch", "smashed");
    b.stack().word(p.sp() + 8, 0);
    return Fault.page(1, 0, FETCH, at(b, 0, caller.sp(), caller.fp(), 0));
  }

  private static Fault call(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "call_null");
    return Fault.page(1, 0, FETCH, at(b, 0, p.sp(), p.fp(), b.at("exe", "call_null>*x0")));
  }

  /// `br x0` in a function without a frame: x30 still leads back to its caller's direct call.
  private static Fault jump(Body b) {
    Place p = b.calls("main", "serve", "dispatch");
    return Fault.page(1, 0, FETCH, at(b, 0, p.sp(), p.fp(), b.at("exe", "dispatch>hop")));
  }

  private static Fault load(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "load_field");
    long pc = b.at("exe", "load:0x18");
    return Fault.page(1, 0x18, READ, at(b, pc, p.sp(), p.fp(), b.at("exe", "dispatch>load_field")));
  }

  private static Fault undefined(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "undefined");
    long pc = b.at("exe", "udf");
    ForgedThread t = at(b, pc, p.sp(), p.fp(), b.at("exe", "dispatch>undefined"));
    return Fault.of(SignalInfo.fault(Fault.SIGILL, 1, pc), 0, t);
  }

  private static Fault abort(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "give_up");
    return raised(b, p, b.at("exe", "give_up>abort"));
  }

  private static Fault raised(Body b, Place from, long back) {
    Place p =
        b.calls(b.stack(), from, back, "libc", "abort", "raise", "__pthread_kill_implementation");
    int pid = b.process().pid();
    ForgedThread t =
        at(
                b,
                b.at("libc", "behind-tgkill"),
                p.sp(),
                p.fp(),
                b.at("libc", "raise>__pthread_kill_implementation"))
            .with("x0", 0)
            .with("x8", 131);
    return Fault.of(SignalInfo.sent(Fault.SIGABRT, -6, pid, 1000), 0, t);
  }
}
