package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// A forged core for each label, with and without fatal-signal handlers, on both machines; each
/// with the truth about it.
///
/// The text of program and libraries is in the cores, so that call instructions can be checked. The
/// same list each time, byte for byte.
public final class ForgedPatients {

  /// Diseases that are also forged with each kind of handler.
  private static final Set<String> HANDLED =
      Set.of("return-to-null", "call-null", "null-field", "lopsided-return", "wild-store");

  private static final Set<String> TOLD_BY_TOP =
      Set.of("lopsided-return", "lopsided-store", "return-to-noncanonical");

  private static final int FIRST_PID = 4_000;

  private ForgedPatients() {}

  /// All of them, in the order of the labels.
  public static List<ForgedPatient> all() {
    return Stream.concat(Stream.concat(x86(), Stream.of(gcore())), ArmPatients.all().stream())
        .toList();
  }

  /// The names of all, in the same order.
  public static List<String> names() {
    return all().stream().map(ForgedPatient::name).toList();
  }

  private static Stream<ForgedPatient> x86() {
    List<ForgedPatient> patients = new ArrayList<>();
    int pid = FIRST_PID;
    for (Disease d : Disease.x86()) {
      patients.add(forge(d, Handler.NONE, "courier", "1.0", pid++, pid, true));
      if (HANDLED.contains(d.name()))
        for (Handler h : Handler.all())
          patients.add(forge(d, h, "courier", "1.0", pid++, pid, true));
    }
    return patients.stream();
  }

  /// One patient.
  ///
  /// @param withText whether text pages are in the core
  static ForgedPatient forge(
      Disease d, Handler h, String service, String version, int pid, long seed, boolean withText) {
    Body b = Body.x86(service, version, pid, seed).linked();
    if (!withText) b.withoutText();
    return struck(b, d, h).patient();
  }

  /// One patient without a handler at its death, the text of its program in the core.
  ///
  /// @param disease the name of one of the diseases on x86-64, see [#diseases()]
  /// @param seed equal seeds, equal bytes
  /// @param called other names for functions of its program
  /// @param top where the word on top of the stack shall point: `code`, `stack`, `heap` or `small`;
  /// anything else leaves it, and so do diseases that show in that very word
  /// @param address what a load or store shall strike; other diseases have no use for it
  public static ForgedDeath death(
      String disease,
      String service,
      String version,
      int pid,
      long seed,
      Map<String, String> called,
      String top,
      OptionalLong address) {
    Disease d =
        Disease.x86().stream()
            .filter(each -> each.name().equals(disease))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no disease " + disease));
    Disease topped =
        new Disease(
            d.name(), d.label(), d.control(), d.alignment(), b -> topped(b, d, top, address));
    return struck(Body.x86(service, version, pid, seed, called).linked(), topped, Handler.NONE);
  }

  private static Fault aimed(Body b, Disease d, OptionalLong address) {
    if (address.isPresent() && d.name().equals("null-field"))
      return AccessDiseases.reading(b, address.getAsLong());
    if (address.isPresent() && d.name().equals("wild-store"))
      return AccessDiseases.writing(b, address.getAsLong());
    return d.strike().apply(b);
  }

  private static Fault topped(Body b, Disease d, String top, OptionalLong address) {
    Fault fault = aimed(b, d, address);
    Long sp = fault.registers().get(b.machine().sp());
    if (sp == null || TOLD_BY_TOP.contains(d.name())) return fault;
    switch (top) {
      case "code" -> b.stack().word(sp, b.at("exe", "idle"));
      case "stack" -> b.stack().word(sp, b.stack().from() + 0x100);
      case "heap" -> b.stack().word(sp, b.heap().from() + 0x60);
      case "small" -> b.stack().word(sp, 0x2345);
      default -> {}
    }
    return fault;
  }

  /// The program and the libraries of such a patient, as they lie on disk, by their place in a
  /// directory of debug files: `.build-id/ab/cdef…`.
  public static Map<String, ForgedCore> builds(
      String service, String version, Map<String, String> called) {
    Map<String, ForgedCore> builds = new LinkedHashMap<>();
    for (ForgedElf elf : Body.x86(service, version, FIRST_PID, FIRST_PID, called).files()) {
      String id = HexFormat.of().formatHex(elf.buildId().orElseThrow());
      builds.put(".build-id/" + id.substring(0, 2) + "/" + id.substring(2), elf.onDisk());
    }
    return builds;
  }

  /// The names of the diseases that strike x86-64.
  public static List<String> diseases() {
    return Disease.x86().stream().map(Disease::name).toList();
  }

  private static ForgedDeath struck(Body b, Disease d, Handler h) {
    String service = b.process().name();
    int pid = b.process().pid();
    Fault f = d.strike().apply(b);
    SignalInfo last = h.run(b, f);
    b.with(bystander(b));
    String name = h == Handler.NONE ? d.name() : d.name() + "-" + h.word();
    Truth truth =
        new Truth(
            service,
            name,
            d.label(),
            d.control(),
            d.alignment(),
            f.info().signo(),
            f.info().code(),
            f.info().code() > 0 ? f.info().first() : 0,
            pid,
            pid,
            b.threads().size(),
            f.registers(),
            h.word(),
            "forged");
    ForgedPatient patient =
        new ForgedPatient(name, d.label(), b.forge().sigInfo(last).forge(), truth);
    return new ForgedDeath(b, f, patient);
  }

  /// A thread that has nothing to do with it.
  private static ForgedThread bystander(Body b) {
    Region own = Region.at(b.base("libunwind") - 0xc0_0000, 0x4000);
    b.with(own);
    Body.Place p =
        b.calls(
            own,
            new Body.Place(own.to() - 0x400, 0),
            b.at("libc", "start_thread>*rax"),
            "exe",
            "worker",
            "serve",
            "dispatch",
            "idle");
    p = b.calls(own, p, b.at("exe", "idle>wait"), "libc", "wait");
    return b.thread(b.process().pid() + 7)
        .with("orig_rax", 7)
        .at(b.at("libc", "behind-wait"), p.sp(), p.fp());
  }

  /// A healthy process, photographed by gdb's gcore.
  private static ForgedPatient gcore() {
    int pid = 3_999;
    Body b = Body.x86("courier", "1.0", pid, pid).linked();
    Body.Place p = b.calls("main", "serve", "dispatch", "idle");
    p = b.calls(b.stack(), p, b.at("exe", "idle>wait"), "libc", "wait");
    ForgedThread t =
        b.thread(pid).with("orig_rax", 7).at(b.at("libc", "behind-wait"), p.sp(), p.fp());
    b.with(t).with(bystander(b));
    CoreForge forge = b.forge();
    List<ForgedNote> notes = GcoreNotes.of(b.process(), b.threads(), b.auxv(), forge.regions());
    Truth truth =
        new Truth(
            "courier",
            "gcore",
            "not-a-crash",
            "none",
            "aligned",
            0,
            0,
            0,
            pid,
            pid,
            2,
            t.registers(),
            "none",
            "gdb's gcore of a healthy process");
    return new ForgedPatient("gcore", "not-a-crash", forge.onlyNotes(notes).forge(), truth);
  }
}
