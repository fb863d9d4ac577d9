package dev.pumphandle.lab.fleet;

import java.util.Map;

/// One record of a crash as an uploader would have left it.
///
/// @param uri the object's name, unique
/// @param at when the process died, by a clock that may be wrong (seconds since the first day
/// began)
/// @param pid the process
/// @param facts what the core shows and what its sidecar says, named like the line list's columns;
///     texts, booleans, ints and longs
/// @param cause what was really behind it: a planted cause's word, `endemic`, or `other`; goes into
/// the
///     truth file and nowhere else
public record SimulatedCrash(
    String uri, long at, long pid, Map<String, Object> facts, String cause) {

  /// Copies the facts.
  public SimulatedCrash {
    facts = Map.copyOf(facts);
  }
}
