package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.forge.Body.Place;
import java.util.List;

/// Diseases of `ret`: the slot that should hold the way back holds something else, or the stack
/// pointer is not where it should be.
final class ReturnDiseases {

  static final List<Disease> ALL =
      List.of(
          new Disease(
              "lopsided-return",
              "misaligned-stack",
              "returned",
              "shifted-8",
              ReturnDiseases::lopsidedReturn),
          new Disease(
              "lopsided-store",
              "misaligned-stack",
              "ran",
              "shifted-8",
              ReturnDiseases::lopsidedStore),
          Disease.returned("return-to-null", "return-to-null", b -> smashed(b, 0)),
          Disease.returned(
              "return-to-heap", "return-to-garbage", b -> smashed(b, b.heap().from() + 0x80)),
          Disease.returned(
              "return-to-noncanonical", "return-to-garbage", ReturnDiseases::noncanonical));

  private ReturnDiseases() {}

  /// `leave; ret` through an overwritten slot: rsp stands behind the slot, rbp is the caller's.
  private static Fault smashed(Body b, long target) {
    Place caller = b.calls("main", "serve", "dispatch");
    Place p = b.calls("main", "serve", "dispatch", "smashed");
    b.stack().word(p.fp() + 8, target);
    ForgedThread t = dying(b).at(target, p.fp() + 16, caller.fp());
    return target == 0
        ? Fault.page(1, 0, Fault.FETCH, t)
        : Fault.page(2, target, Fault.FETCH_DENIED, t);
  }

  /// A return to an address that cannot exist faults on the `ret` itself, with the word still on
  /// the stack.
  private static Fault noncanonical(Body b) {
    Place caller = b.calls("main", "serve", "dispatch");
    Place p = b.calls("main", "serve", "dispatch", "smashed");
    b.stack().word(p.fp() + 8, 0x4141_4141_4141_4141L);
    return Fault.protection(dying(b).at(b.at("exe", "smashed:ret"), p.fp() + 8, caller.fp()));
  }

  /// One push too many: `pop %rbp` takes a local, `ret` takes the saved frame pointer.
  private static Fault lopsidedReturn(Body b) {
    Place caller = b.calls("main", "serve", "dispatch");
    Place p = b.calls("main", "serve", "dispatch", "lopsided_return");
    long target = caller.fp();
    b.stack().word(p.fp() - 8, 3);
    return Fault.page(2, target, Fault.FETCH_DENIED, dying(b).at(target, p.fp() + 8, 3));
  }

  /// A caller that reserved 0x28 bytes; the callee's `movaps` faults.
  private static Fault lopsidedStore(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "lopsided_store", "aligned_store");
    return Fault.protection(dying(b).at(b.at("exe", "movaps"), p.sp(), p.fp()));
  }

  static ForgedThread dying(Body b) {
    return b.thread(b.process().pid());
  }
}
