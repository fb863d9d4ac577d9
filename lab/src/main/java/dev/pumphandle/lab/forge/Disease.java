package dev.pumphandle.lab.forge;

import java.util.List;
import java.util.function.Function;

/// One way to die: what it is called, what an examination must find, and how it strikes a [Body].
///
/// @param name      in a few words with dashes
/// @param label     the label that it must get
/// @param control   how control arrived at the program counter
/// @param alignment of the stack at the fault
/// @param strike    writes the traces into memory and answers the fault
record Disease(
    String name, String label, String control, String alignment, Function<Body, Fault> strike) {

  static final String ALIGNED = "aligned";

  static Disease ran(String name, String label, Function<Body, Fault> strike) {
    return new Disease(name, label, "ran", ALIGNED, strike);
  }

  static Disease returned(String name, String label, Function<Body, Fault> strike) {
    return new Disease(name, label, "returned", ALIGNED, strike);
  }

  static Disease called(String name, String label, Function<Body, Fault> strike) {
    return new Disease(name, label, "called", ALIGNED, strike);
  }

  static Disease jumped(String name, String label, Function<Body, Fault> strike) {
    return new Disease(name, label, "jumped", ALIGNED, strike);
  }

  /// All that strike x86-64, in the order of the labels.
  static List<Disease> x86() {
    return List.of(
            RaceDiseases.ALL,
            ReturnDiseases.ALL,
            CallDiseases.ALL,
            AccessDiseases.ALL,
            AbortDiseases.ALL)
        .stream()
        .flatMap(List::stream)
        .toList();
  }
}
