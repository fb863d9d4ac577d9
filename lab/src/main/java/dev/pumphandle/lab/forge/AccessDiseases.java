package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.forge.Body.Place;
import java.util.List;

/// Diseases of loads, stores and instructions: the program counter is where it should be, its
/// operand is not.
final class AccessDiseases {

  private static final int RECURSION_BYTES = 0x30;

  static final List<Disease> ALL =
      List.of(
          Disease.ran("stack-overflow", "stack-overflow", AccessDiseases::overflow),
          Disease.ran("null-field", "null-dereference", b -> reading(b, 0x18)),
          Disease.ran("noncanonical-load", "non-canonical-access", AccessDiseases::noncanonical),
          Disease.ran(
              "wild-store", "wild-pointer", b -> writing(b, b.heap().from() + 0x4000_0000L)),
          Disease.ran("read-only-store", "wild-pointer", b -> wild(b, b.base("exe") + 0x40, 2, 7)),
          Disease.ran(
              "flipped-bit",
              "wild-pointer",
              b -> wild(b, b.heap().from() + 0x200 ^ 1L << 41, 1, Fault.WRITE)),
          Disease.ran("beyond-the-file", "bus-error", AccessDiseases::bus),
          Disease.ran(
              "undefined",
              "illegal-instruction",
              b -> instruction(b, "undefined", "ud2", Fault.SIGILL, 2, 6)),
          Disease.ran(
              "divide-by-zero",
              "arithmetic",
              b -> instruction(b, "divide", "idiv", Fault.SIGFPE, 1, 0)),
          Disease.ran("breakpoint", "trap", AccessDiseases::trap));

  private AccessDiseases() {}

  /// Reads a field of a structure that begins so far before an address that the field is at it:
  /// before zero too, as where the structure is worked out from a member that is missing.
  static Fault reading(Body b, long address) {
    return at(b, "load_field", "load:0x18", address - 0x18, address, 1, Fault.READ);
  }

  /// Writes where nothing is mapped.
  static Fault writing(Body b, long address) {
    return wild(b, address, 1, Fault.WRITE);
  }

  private static Fault at(
      Body b, String function, String mark, long rax, long address, int code, long error) {
    Place p = b.calls("main", "serve", "dispatch", function);
    ForgedThread t = ReturnDiseases.dying(b).with("rax", rax).with("rcx", 0x2a);
    return Fault.page(code, address, error, t.at(b.at("exe", mark), p.sp(), p.fp()));
  }

  private static Fault wild(Body b, long address, int code, long error) {
    return at(b, "store_word", "store:rax", address, address, code, error);
  }

  private static Fault noncanonical(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "load_word");
    ForgedThread t = ReturnDiseases.dying(b).with("rax", 0x6b6b_6b6b_6b6b_6b6bL);
    return Fault.protection(t.at(b.at("exe", "load:rax"), p.sp(), p.fp()));
  }

  private static Fault bus(Body b) {
    long page = b.heap().to() + 0x10_0000;
    b.with(
        Region.at(page, 0x1000).permissions("r--").file("/var/lib/ledger/index", 0x8000).dumped(0));
    Place p = b.calls("main", "serve", "dispatch", "load_word");
    ForgedThread t =
        ReturnDiseases.dying(b)
            .with("rax", page + 0x10)
            .at(b.at("exe", "load:rax"), p.sp(), p.fp());
    return new Fault(SignalInfo.fault(Fault.SIGBUS, 2, page + 0x10), 14, Fault.READ, t.registers());
  }

  private static Fault instruction(
      Body b, String function, String mark, int signal, int code, int trap) {
    Place p = b.calls("main", "serve", "dispatch", function);
    long pc = b.at("exe", mark);
    ForgedThread t = ReturnDiseases.dying(b).at(pc, p.sp(), p.fp());
    return Fault.of(SignalInfo.fault(signal, code, pc), trap, t);
  }

  private static Fault trap(Body b) {
    Place p = b.calls("main", "serve", "dispatch", "breakpoint");
    ForgedThread t = ReturnDiseases.dying(b).at(b.at("exe", "behind-int3"), p.sp(), p.fp());
    return Fault.of(SignalInfo.fault(Fault.SIGTRAP, Fault.SI_KERNEL, 0), 3, t);
  }

  /// A thread that calls itself until its stack meets the guard page; the `call` that cannot push
  /// faults.
  private static Fault overflow(Body b) {
    long from = b.base("libunwind") - 0x40_0000;
    Region own = Region.at(from, 0x4000);
    b.with(Region.at(from - 0x1000, 0x1000).permissions("---").dumped(0)).with(own);
    Place p =
        b.calls(
            own,
            new Place(own.to() - 0x400, 0),
            b.at("libc", "start_thread>*rax"),
            "exe",
            "worker",
            "serve",
            "dispatch",
            "recurse");
    long back = b.at("exe", "recurse>recurse");
    long sp = p.sp();
    long fp = p.fp();
    while (sp - RECURSION_BYTES >= from) {
      own.word(sp - 8, back).word(sp - 16, fp);
      fp = sp - 16;
      sp -= RECURSION_BYTES;
    }
    if (sp - from >= 16) {
      // one more call fits, but not the locals of the function it enters
      own.word(sp - 8, back).word(sp - 16, fp);
      fp = sp - 16;
      sp -= RECURSION_BYTES;
    }
    ForgedThread t = ReturnDiseases.dying(b).at(b.at("exe", "recurse:call"), sp, fp);
    return Fault.page(2, sp - 8, 7, t);
  }
}
