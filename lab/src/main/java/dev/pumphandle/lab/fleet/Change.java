package dev.pumphandle.lab.fleet;

/// An entry of the fleet's calendar.
///
/// @param at when (seconds since the first day began)
/// @param kind `release` or `kernel`
/// @param what what changed to
/// @param where the cluster, or empty for everywhere
public record Change(long at, String kind, String what, String where) {}
