package dev.pumphandle.lab.fleet;

/// What was planted and where it came to lie.
///
/// @param cause the cause's word
/// @param attribute what is to be blamed, by the line list's column; empty when nothing is
/// @param value its value; two with ` & ` between for a pair
/// @param fromDay the day on which it began, from 0
/// @param shape `crisp` or `gradual`
/// @param cases how many cases it made
public record Planted(
    String cause, String attribute, String value, int fromDay, String shape, int cases) {}
