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

  /// How the second record of a death ends that was uploaded twice.
  static final String AGAIN = ".again";

  /// Copies the facts.
  public SimulatedCrash {
    facts = Map.copyOf(facts);
  }

  /// The name that all records of this death begin with: one death may have been uploaded twice.
  public String death() {
    return repeats() ? uri.substring(0, uri.length() - AGAIN.length()) : uri;
  }

  /// Whether this is the second record of a death.
  public boolean repeats() {
    return uri.endsWith(AGAIN);
  }

  /// A fact as text, empty where it is not known.
  String text(String column) {
    Object value = facts.get(column);
    return value == null ? "" : value.toString();
  }

  /// Whether a fact has this value.
  boolean has(String column, Object value) {
    return value.equals(facts.get(column));
  }
}
