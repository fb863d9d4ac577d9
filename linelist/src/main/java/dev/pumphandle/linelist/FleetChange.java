package dev.pumphandle.linelist;

import java.time.Instant;
import java.util.Optional;

/// An entry of the fleet's calendar: one row of `changes`.
///
/// @param at when
/// @param kind what kind of change, such as `release` or `kernel`
/// @param what what changed to
/// @param cluster where; everywhere when empty
public record FleetChange(Instant at, String kind, String what, Optional<String> cluster) {}
