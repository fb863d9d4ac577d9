package dev.pumphandle.fieldwork.fleet;

import java.time.Instant;

/// Two files say different things of one node at one time.
///
/// @param node the node
/// @param column of what
/// @param at since when
/// @param one a value
/// @param onePlace file and line of that
/// @param other the other value
/// @param otherPlace file and line of that
/// @param kept which was kept; empty when neither was
public record Conflict(
    String node,
    String column,
    Instant at,
    String one,
    String onePlace,
    String other,
    String otherPlace,
    String kept) {

  /// For a person.
  public String sentence() {
    return node
        + ": "
        + column
        + " from "
        + at
        + " is "
        + one
        + " in "
        + onePlace
        + " and "
        + other
        + " in "
        + otherPlace
        + "; "
        + (kept.isEmpty() ? "left empty" : "kept " + kept);
  }
}
