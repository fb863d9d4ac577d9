package dev.pumphandle.lab.fleet;

import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedDeath;
import dev.pumphandle.lab.forge.ForgedPatients;
import java.util.Map;
import java.util.OptionalLong;

/// Which process of paper dies a simulated crash: the same one whoever asks, so that a core and a
/// log tell of the same registers.
final class FleetPatients {

  /// The program that all of them run.
  static final String SERVICE = "courier";

  private static final String BUILD = "1.0";

  private FleetPatients() {}

  /// The process at its death.
  static ForgedDeath death(SimulatedCrash crash) {
    return ForgedPatients.death(
        disease(crash),
        SERVICE,
        BUILD,
        Math.toIntExact(crash.pid()),
        crash.death().hashCode(),
        called(crash),
        crash.text("top_word_in"),
        crash.facts().get("fault_address") instanceof Long address
            ? OptionalLong.of(address)
            : OptionalLong.empty());
  }

  /// Its program and libraries, by their place in a directory of debug files.
  static Map<String, ForgedCore> builds(SimulatedCrash crash) {
    return ForgedPatients.builds(SERVICE, BUILD, called(crash));
  }

  private static String disease(SimulatedCrash crash) {
    if (crash.has("control_arrived", "returned")) {
      if (crash.has("unwinder_at_work", true))
        return crash.has("exception_object", true)
            ? "unwinder-race-confirmed"
            : "unwinder-race-probable";
      if (crash.has("stack_alignment", "shifted-8")) return "lopsided-return";
      if (crash.has("signal_code", 128)) return "return-to-noncanonical";
      return crash.has("target", 0L) ? "return-to-null" : "return-to-heap";
    }
    if (crash.has("signal_number", 6))
      return crash.facts().containsKey("abort_message") ? "double-free" : "abort";
    return crash.facts().get("fault_address") instanceof Long address && address < 4096
        ? "null-field"
        : "wild-store";
  }

  // The function that the forge has on top for this way to die, under the simulated one's name.
  private static Map<String, String> called(SimulatedCrash crash) {
    String signature = crash.text("signature");
    String function = signature.substring(signature.lastIndexOf('|') + 1).strip();
    String way =
        switch (disease(crash)) {
          case "unwinder-race-confirmed", "unwinder-race-probable", "lopsided-return" -> "dispatch";
          case "return-to-noncanonical" -> "smashed";
          case "return-to-null", "return-to-heap" -> "serve";
          case "double-free" -> "free_twice";
          case "abort" -> "give_up";
          case "null-field" -> "load_field";
          default -> "store_word";
        };
    return Map.of(way, function);
  }
}
