package dev.pumphandle.app.population;

/// How many cases share something.
///
/// @param name what they share: a host, a day, a reason
/// @param cases how many
public record Count(String name, long cases) {}
