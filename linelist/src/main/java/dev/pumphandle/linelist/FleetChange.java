package dev.pumphandle.linelist;

import java.time.Instant;
import java.util.Optional;

/// An entry of the fleet's calendar: one row of `changes`.
///
/// @param at when
/// @param kind what kind of change, such as `release` or `kernel`
/// @param what what changed to
/// @param cluster in which cluster; in all when empty
/// @param region in which region; in all when empty
/// @param node to which node; to more than one when empty
/// @param url where to read on
public record FleetChange(
    Instant at,
    String kind,
    String what,
    Optional<String> cluster,
    Optional<String> region,
    Optional<String> node,
    Optional<String> url) {

  /// A change of a whole cluster, or of the whole fleet.
  public FleetChange(Instant at, String kind, String what, Optional<String> cluster) {
    this(at, kind, what, cluster, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
