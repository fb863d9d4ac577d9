package dev.pumphandle.lab.crash;

import static dev.pumphandle.lab.crash.Patient.Place.MAIN;
import static dev.pumphandle.lab.crash.Patient.Place.THREAD;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Who falls ill of what: a small round to look at, and the full one that tests the doctors.
public final class Rounds {

  /// Every illness that a patient program knows; `CrashLabTest` holds it against `--list`.
  static final List<String> ILLNESSES =
      List.of(
          "return-null",
          "return-null-leaf",
          "return-null-pushed",
          "return-unmapped-pushed",
          "return-noncanonical-pushed",
          "return-null-pushed-pointer",
          "return-unmapped-pushed-pointer",
          "return-noncanonical-pushed-pointer",
          "return-small-pushed-forgotten",
          "return-unmapped-pushed-forgotten",
          "return-null-pushed-tail",
          "return-unmapped-pushed-tail",
          "return-unmapped-pushed-made",
          "return-null-releasing",
          "return-null-far",
          "return-unmapped-far",
          "return-null-catch",
          "return-small",
          "return-small-leaf",
          "return-unmapped",
          "return-unmapped-leaf",
          "return-text",
          "return-kernel",
          "return-heap",
          "return-data",
          "return-stack",
          "return-noncanonical",
          "return-noncanonical-imm",
          "return-noncanonical-rep",
          "shift-low-null",
          "shift-low-small",
          "shift-low-unmapped",
          "shift-low-noncanonical",
          "shift-low-heap",
          "shift-low-frame",
          "shift-high-null",
          "shift-high-small",
          "shift-high-unmapped",
          "shift-high-noncanonical",
          "shift-high-heap",
          "shift-low-sse-store",
          "shift-low-sse-load",
          "shift-high-sse-store",
          "shift-high-sse-load",
          "shift-low-sse-libc",
          "call-null",
          "call-null-table",
          "call-null-hook",
          "call-null-operation",
          "call-null-r11",
          "call-null-on-stack",
          "call-null-scaled",
          "call-null-below",
          "call-unmapped-below",
          "call-small",
          "call-unmapped",
          "call-unloaded",
          "call-heap",
          "call-data",
          "call-stack",
          "call-noncanonical",
          "call-noncanonical-memory",
          "jump-null",
          "jump-null-memory",
          "jump-null-inside",
          "jump-null-popped",
          "jump-unmapped-popped",
          "jump-unmapped",
          "jump-unmapped-inside",
          "jump-small",
          "jump-heap",
          "jump-noncanonical",
          "null-load",
          "null-store",
          "null-in-handler",
          "null-offset",
          "null-offset-store",
          "null-virtual",
          "null-strlen",
          "noncanonical-load",
          "noncanonical-store",
          "noncanonical-call",
          "noncanonical-strlen",
          "noncanonical-rbp",
          "wild-load",
          "wild-store",
          "wild-kernel",
          "wild-read-only",
          "wild-unmapped",
          "wild-strlen",
          "wild-bit",
          "wild-virtual",
          "unaligned-vector",
          "overflow-recursion",
          "overflow-mutual",
          "overflow-frame",
          "heap-double-free",
          "heap-corrupted-top",
          "heap-free-invalid",
          "heap-free-stack",
          "heap-broken-size",
          "abort",
          "abort-assert",
          "abort-uncaught",
          "abort-terminate",
          "abort-noexcept",
          "abort-pure-virtual",
          "abort-stack-smashed",
          "abort-fortified",
          "bus-past-end",
          "bus-unaligned",
          "illegal-ud2",
          "illegal-opcode",
          "illegal-overwritten",
          "privileged-hlt",
          "trap-int3",
          "trap-icebp",
          "divide-zero",
          "divide-overflow",
          "divide-real",
          "forbidden-call",
          "sent-segv",
          "sent-abrt",
          "sent-quit",
          "sent-fpe",
          "sent-self",
          "sent-raise",
          "sent-queue",
          "healthy");

  /// Every handler a patient can have, by what it does last; `-alt` means on an alternate stack.
  static final List<String> HANDLERS =
      List.of(
          "return",
          "return-alt",
          "raise",
          "raise-alt",
          "nodefer",
          "nodefer-alt",
          "abort",
          "abort-alt",
          "kill",
          "kill-alt",
          "pidfd",
          "pidfd-alt",
          "crash",
          "crash-alt",
          "plain",
          "plain-alt",
          "plain-abort",
          "plain-abort-alt");

  private static final List<String> FLAVOURS =
      List.of(
          "patient-O0",
          "patient-O0nofp",
          "patient-O2fp",
          "patient-nopie",
          "patient-static",
          "patient-spie",
          "patient-strip",
          "patient-retp");

  /// At least one illness of each family, to be crossed with what may hide it.
  private static final List<String> TYPICAL =
      List.of(
          "return-null",
          "return-unmapped",
          "return-noncanonical",
          "shift-low-small",
          "shift-high-null",
          "shift-low-sse-libc",
          "call-null",
          "call-unmapped",
          "jump-null",
          "jump-unmapped-inside",
          "null-offset",
          "noncanonical-load",
          "wild-load",
          "overflow-recursion",
          "heap-double-free",
          "abort",
          "bus-past-end",
          "illegal-ud2",
          "divide-zero");

  private static final int ALL_FILE_PAGES = 0x3f;

  private Rounds() {}

  /// A few dozen patients for a first look: every label once or more, and the two diseases of
  /// `OneBadHost` often enough to be seen. Runs in a few seconds on two processors.
  public static List<Patient> demo() {
    List<Patient> round = new ArrayList<>();
    for (String shift :
        List.of(
            "shift-low-small",
            "shift-low-frame",
            "shift-high-unmapped",
            "shift-low-sse-libc",
            "shift-low-heap",
            "shift-high-small",
            "shift-low-small",
            "shift-low-noncanonical"))
      round.add(Patient.of("patient-O2", shift).with("raise").among(13, THREAD));
    for (int gap : List.of(0, 1, 3, 5, 12, 15, 20))
      round.add(Patient.of(Patient.ANY_RACE, "race-" + gap).with("raise-alt"));
    for (String illness :
        List.of(
            "return-null",
            "return-unmapped",
            "return-noncanonical",
            "call-null",
            "call-unmapped",
            "jump-null",
            "null-offset",
            "null-virtual",
            "noncanonical-load",
            "wild-load",
            "wild-bit",
            "overflow-recursion",
            "heap-double-free",
            "heap-corrupted-top",
            "abort-assert",
            "abort-uncaught",
            "bus-past-end",
            "illegal-ud2",
            "divide-zero",
            "trap-int3",
            "sent-segv",
            "sent-quit",
            "forbidden-call")) round.add(Patient.of("patient-O2", illness));
    for (String handler : List.of("return", "raise", "nodefer", "abort", "kill-alt", "crash"))
      round.add(Patient.of("patient-O2", "null-load").with(handler).among(13, THREAD));
    return List.copyOf(round);
  }

  /// Whatever sends control to where no code is, in each way of building that changes how it does.
  public static List<Patient> transfers() {
    List<Patient> round = new ArrayList<>();
    for (String flavour : List.of("patient-O0", "patient-O2", "patient-O2fp", "patient-retp"))
      for (String illness : ILLNESSES)
        if (illness.matches("(return|shift|call|jump)-.*")) round.add(Patient.of(flavour, illness));
    return List.copyOf(round);
  }

  /// Some hundreds of patients: each illness, and typical ones crossed with ways of building,
  /// handlers, threads and what the kernel is told to leave out of the core. All different.
  public static List<Patient> full() {
    Set<Patient> round = new LinkedHashSet<>();
    for (String illness : ILLNESSES) round.add(Patient.of("patient-O2", illness));
    for (String flavour : FLAVOURS)
      for (String illness : TYPICAL) round.add(Patient.of(flavour, illness));
    for (String handler : HANDLERS)
      for (String illness : TYPICAL) {
        round.add(Patient.of("patient-O0", illness).with(handler));
        round.add(Patient.of("patient-O2", illness).with(handler).among(13, THREAD));
      }
    for (String illness : List.of("return-null", "shift-low-small", "call-null", "wild-load")) {
      Patient patient = Patient.of("patient-O2", illness);
      round.add(patient.filtered(0));
      round.add(patient.filtered(ALL_FILE_PAGES));
      round.add(patient.among(13, MAIN));
      round.add(patient.with("kill").among(1000, THREAD));
    }
    for (String handler : List.of("raise", "nodefer", "kill-alt"))
      for (String illness : List.of("sent-segv", "sent-quit", "trap-int3", "null-in-handler"))
        round.add(Patient.of("patient-O2", illness).with(handler));
    for (int gap = 0; gap < 26; gap++)
      for (String handler : List.of("none", "raise", "raise-alt"))
        round.add(Patient.of(Patient.ANY_RACE, "race-" + gap).with(handler));
    for (int gap = 1; gap < 24; gap += 2) round.add(Patient.of("race-replica", "race-" + gap));
    return List.copyOf(round);
  }
}
