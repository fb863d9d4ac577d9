package dev.pumphandle.lab.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must be true of a patient's registers because of how its program was built.
final class Construction {

  private static final Map<String, Set<Integer>> SIGNALS =
      Map.of(
          "heap-corruption-abort", Set.of(6),
          "deliberate-abort", Set.of(6),
          "bus-error", Set.of(7),
          "illegal-instruction", Set.of(4),
          "arithmetic", Set.of(8),
          "trap", Set.of(5),
          "non-canonical-access", Set.of(7, 11),
          "sent-by-user", Set.of(3, 6, 8, 11),
          "other", Set.of(11, 31),
          "not-a-crash", Set.of(0));

  private Construction() {}

  /// One line for each thing that contradicts the program.
  static List<String> faults(JsonNode truth) {
    List<String> faults = new ArrayList<>();
    String label = truth.get("label").asText();
    String illness = truth.get("illness").asText();
    int signal = truth.get("signal").asInt();
    int code = truth.get("code").asInt();
    long rip = number(truth.get("registers").get("rip"));
    long rsp = number(truth.get("registers").get("rsp"));
    long below = number(truth.get("stack").get(15));
    boolean odd = Math.floorMod(rsp, 16) == 8;
    boolean fetch = truth.get("pc_in").asText().charAt(2) != 'x';

    check(faults, SIGNALS.getOrDefault(label, Set.of(11)).contains(signal), truth, "signal");
    check(faults, !label.endsWith("null") || rip == 0, truth, "rip is not 0");
    boolean returned = truth.get("control").asText().equals("returned");
    // These pop more than one word, so that rip's lies further down.
    boolean more = illness.endsWith("-releasing") || illness.endsWith("-far");
    check(faults, !returned || !fetch || more || below == rip, truth, "the popped word is not rip");
    // A function that pushes an address and returns to it leaves rsp as it was at its entry.
    boolean pushed = illness.contains("-pushed");
    if (label.startsWith("return-to-") && fetch)
      check(faults, odd == pushed, truth, "rsp is misaligned after a plain return");
    if (label.equals("misaligned-stack"))
      check(faults, odd != (code == 128 && returned), truth, "rsp is not where a shift puts it");
    if (label.startsWith("call-") && truth.get("control").asText().equals("called") && fetch)
      check(faults, odd, truth, "rsp is not as a call leaves it");
    if (label.equals("null-dereference"))
      check(faults, Long.compareUnsigned(address(truth), 4096) < 0, truth, "address");
    if (illness.startsWith("noncanonical") || illness.contains("-sse-"))
      check(faults, code == 128, truth, "not a general protection fault");
    if (label.equals("sent-by-user")) check(faults, code <= 0, truth, "si_code");
    return faults;
  }

  private static void check(List<String> faults, boolean holds, JsonNode truth, String what) {
    if (!holds)
      faults.add(truth.get("case").asText() + ": " + what + ": " + truth.get("registers"));
  }

  private static long address(JsonNode truth) {
    return truth.has("address") ? number(truth.get("address")) : -1;
  }

  private static long number(JsonNode hex) {
    return hex.isNull() ? -1 : Long.parseUnsignedLong(hex.asText().substring(2), 16);
  }
}
