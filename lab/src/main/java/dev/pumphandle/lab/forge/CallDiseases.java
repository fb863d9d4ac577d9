package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.forge.Body.Place;
import java.util.List;

/// Diseases of `call` and `jmp`: a pointer to a function that is none.
final class CallDiseases {

  static final List<Disease> ALL =
      List.of(
          Disease.called(
              "call-null", "call-through-null", b -> call(b, "call_null", "call_null>*rax", 0)),
          Disease.called("call-null-virtual", "call-through-null", CallDiseases::virtual),
          Disease.jumped("jump-null", "jump-to-null", CallDiseases::jump),
          Disease.called(
              "call-heap",
              "call-to-garbage",
              b -> call(b, "call_pointer", "call>*rdx", b.heap().from() + 0x300)),
          Disease.called("call-noncanonical", "call-to-garbage", CallDiseases::noncanonical));

  private CallDiseases() {}

  private static Fault call(Body b, String function, String back, long target) {
    Place p = b.calls("main", "serve", "dispatch", function);
    return called(b, p, b.at("exe", back), target, ReturnDiseases.dying(b).with("rdx", target));
  }

  private static Fault virtual(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "call_virtual");
    long object = b.heap().from() + 0x100;
    long table = object + 0x100;
    b.heap().word(object, table).word(table + 8, b.at("exe", "serve"));
    ForgedThread t = ReturnDiseases.dying(b).with("rdi", object).with("rax", table);
    return called(b, p, b.at("exe", "call_virtual>*"), 0, t);
  }

  /// The call has pushed its return address; what lies below is left over from earlier calls.
  private static Fault called(Body b, Place p, long back, long target, ForgedThread t) {
    b.stack().word(p.sp() - 8, back).word(p.sp() - 16, 5);
    t.at(target, p.sp() - 8, p.fp());
    return target == 0
        ? Fault.page(1, 0, Fault.FETCH, t)
        : Fault.page(2, target, Fault.FETCH_DENIED, t);
  }

  private static Fault noncanonical(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "call_pointer");
    ForgedThread t = ReturnDiseases.dying(b).with("rdx", 0x6b6b_6b6b_6b6b_6b6bL);
    return Fault.protection(t.at(b.at("exe", "call:rdx"), p.sp(), p.fp()));
  }

  /// A tail jump after the epilogue: on top of the stack lies the way back to the caller of the
  /// function that jumped.
  private static Fault jump(Body b) {
    Place caller = b.calls("main", "serve", "dispatch");
    Place p = b.calls("main", "serve", "dispatch", "hop");
    return Fault.page(1, 0, Fault.FETCH, ReturnDiseases.dying(b).at(0, p.fp() + 8, caller.fp()));
  }
}
