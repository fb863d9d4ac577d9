package dev.pumphandle.lab.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What the core of a simulated crash would show: facts named like the line list's columns.
///
/// Some facts say what happened (control returned to a word that is no code), others are signs that
/// come
/// with it more or less often (a stack off by eight, an exception in flight). A crash of another
/// kind
/// that is taken for the disease has the first and the usual signs.
enum Illness {
  /// Data through a null pointer.
  NULL_DEREFERENCE,
  /// Data at a wild address.
  WILD_POINTER,
  /// The C library noticed a broken heap.
  HEAP_CORRUPTION,
  /// The program gave up by itself.
  DELIBERATE_ABORT,
  /// A return to nowhere of no particular cause.
  LOST_RETURN,
  /// A processor that computes wrongly: the stack pointer is off by eight.
  SHIFTED_STACK,
  /// The unwinder overtaken by a signal.
  UNWINDER_RACE;

  /// How often each value of a sign is seen.
  private record Sign(String column, List<?> values, List<Double> shares) {}

  private static final List<Sign> USUAL =
      List.of(
          new Sign("stack_alignment", List.of("aligned", "unknown"), List.of(0.9, 0.1)),
          new Sign("exception_object", List.of(true, false), List.of(0.06, 0.94)),
          new Sign("unwinder_at_work", List.of(true, false), List.of(0.04, 0.96)),
          new Sign("operand_agrees", List.of(true, false), List.of(0.97, 0.03)),
          new Sign(
              "top_word_in",
              List.of("code", "stack", "heap", "small"),
              List.of(0.2, 0.3, 0.3, 0.2)));

  /// Where no instruction touched memory in vain, no operand can be held against an address.
  private static final List<Sign> ENDED =
      List.of(
          new Sign("stack_alignment", List.of("aligned", "unknown"), List.of(0.9, 0.1)),
          new Sign("exception_object", List.of(true, false), List.of(0.06, 0.94)),
          new Sign("unwinder_at_work", List.of(true, false), List.of(0.04, 0.96)),
          new Sign("fp_in", List.of("stack", "null-page"), List.of(0.95, 0.05)),
          new Sign(
              "top_word_in",
              List.of("code", "stack", "heap", "small"),
              List.of(0.2, 0.3, 0.3, 0.2)));

  /// A shifted epilogue pops its neighbours' words into the frame pointer too.
  private static final List<Sign> SHIFT =
      List.of(
          new Sign(
              "stack_alignment",
              List.of("shifted-8", "unknown", "aligned"),
              List.of(0.7, 0.2, 0.1)),
          new Sign("exception_object", List.of(true, false), List.of(0.06, 0.94)),
          new Sign("unwinder_at_work", List.of(true, false), List.of(0.04, 0.96)),
          new Sign(
              "fp_in",
              List.of("stack", "null-page", "heap", "small"),
              List.of(0.15, 0.55, 0.15, 0.15)),
          new Sign(
              "top_word_in",
              List.of("code", "stack", "heap", "small"),
              List.of(0.7, 0.1, 0.1, 0.1)));

  private static final List<Sign> RACE =
      List.of(
          new Sign("stack_alignment", List.of("aligned", "unknown"), List.of(0.97, 0.03)),
          new Sign("exception_object", List.of(true, false), List.of(0.8, 0.2)),
          new Sign("unwinder_at_work", List.of(true, false), List.of(0.75, 0.25)),
          new Sign("fp_in", List.of("stack", "null-page"), List.of(0.97, 0.03)),
          new Sign(
              "top_word_in",
              List.of("code", "stack", "heap", "small"),
              List.of(0.1, 0.7, 0.1, 0.1)));

  private static final long NO_CODE = 0x7f31_4a00_1000L;
  private static final long NOT_CANONICAL = 0x4141_0000_0000_0000L;

  /// One of the usual illnesses.
  static Illness usual(RandomGenerator random) {
    double u = random.nextDouble();
    if (u < 0.4) return NULL_DEREFERENCE;
    if (u < 0.7) return WILD_POINTER;
    return u < 0.85 ? HEAP_CORRUPTION : DELIBERATE_ABORT;
  }

  /// The facts of one crash.
  ///
  /// @param missing the share of signs that could not be had
  Map<String, Object> facts(RandomGenerator random, double missing) {
    Map<String, Object> facts = new LinkedHashMap<>();
    switch (this) {
      case NULL_DEREFERENCE -> killed(facts, 11, 1, 8L * random.nextInt(64));
      case WILD_POINTER -> killed(facts, 11, 1, 0x10_0000L + 16L * random.nextInt(1 << 24));
      case HEAP_CORRUPTION -> {
        killed(facts, 6, -6, 0);
        facts.put("abort_message", "free(): double free detected in tcache 2");
      }
      case DELIBERATE_ABORT -> killed(facts, 6, -6, 0);
      case LOST_RETURN, SHIFTED_STACK, UNWINDER_RACE -> lost(facts, random);
    }
    for (Sign sign : signs())
      if (random.nextDouble() >= missing) facts.put(sign.column(), drawn(sign, random));
    if (this == UNWINDER_RACE && Boolean.TRUE.equals(facts.get("exception_object"))) {
      facts.put("exception_landing_pad", 0x40_1234L);
      if (random.nextDouble() < 0.6) facts.put("landing_pad_agrees", true);
      facts.put("unwinder", "/usr/lib/x86_64-linux-gnu/libunwind.so.8.0.1");
    }
    return facts;
  }

  /// A word that is an address is gone to and fetched from in vain: the fault is there, and there
  /// is no instruction. A word that is none is refused on the `ret`, without an address.
  private void lost(Map<String, Object> facts, RandomGenerator random) {
    boolean refused = random.nextDouble() < (this == SHIFTED_STACK ? 0.4 : 0.1);
    long word = random.nextDouble() < 0.5 ? 0L : NO_CODE + 8L * random.nextInt(1 << 16);
    long target = refused ? word | NOT_CANONICAL : word;
    killed(facts, 11, refused ? 128 : 1, refused ? 0 : target);
    facts.put("control_arrived", "returned");
    if (refused) facts.put("instruction_kind", "ret");
    facts.put("target", target);
  }

  private static void killed(Map<String, Object> facts, int signal, int code, long address) {
    facts.put("signal_number", signal);
    facts.put("signal_name", signal == 6 ? "SIGABRT" : "SIGSEGV");
    facts.put("signal_code", code);
    facts.put("control_arrived", "ran");
    if (signal == 11) facts.put("fault_address", address);
  }

  private List<Sign> signs() {
    return switch (this) {
      case SHIFTED_STACK -> SHIFT;
      case UNWINDER_RACE -> RACE;
      case NULL_DEREFERENCE, WILD_POINTER -> USUAL;
      case HEAP_CORRUPTION, DELIBERATE_ABORT, LOST_RETURN -> ENDED;
    };
  }

  private static Object drawn(Sign sign, RandomGenerator random) {
    double u = random.nextDouble();
    int at = 0;
    while (at < sign.shares().size() - 1 && (u -= sign.shares().get(at)) >= 0) at++;
    return sign.values().get(at);
  }
}
