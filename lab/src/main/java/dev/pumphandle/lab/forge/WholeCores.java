package dev.pumphandle.lab.forge;

/// Rich and honest cores that the hostile ones are made of.
final class WholeCores {

  private WholeCores() {}

  /// A process on x86-64 that died in a fatal-signal handler: signal frame, libraries, link map,
  /// all kinds of notes, two threads.
  static CoreForge x86() {
    return x86(Body.x86("courier", "1.0", 4711, 1).linked());
  }

  /// The same around a body that something was done to.
  static CoreForge x86(Body b) {
    Fault f = ReturnDiseases.ALL.get(2).strike().apply(b);
    SignalInfo last = Handler.ABORT.run(b, f);
    b.with(b.thread(4712).at(b.at("libc", "behind-wait"), b.heap().from() + 0x1000, 0));
    return b.forge()
        .sigInfo(last)
        .note(Notes.prXFpReg())
        .note(new ForgedNote("GNU", 3, new Blob().zeros(20)))
        .note(new ForgedNote("LINUX", 0x2f2f, new Blob().cString("nobody knows")));
  }

  /// A process on AArch64 that died in a fatal-signal handler.
  static ForgedCore arm() {
    return ArmPatients.all().getLast().core();
  }
}
