package dev.pumphandle.app.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the user said about inventory files.
///
/// @param at when they were made
/// @param cluster what cluster they are about, where they do not say so
/// @param node what node they are about, where they do not say so
/// @param physicalLabel the label of nodes that names the physical host
/// @param widest the longest time between two sightings that is bridged
/// @param skipUnknown whether columns that nobody knows are passed over
public record FleetWishes(
    Optional<Instant> at,
    Optional<String> cluster,
    Optional<String> node,
    Optional<String> physicalLabel,
    Optional<Duration> widest,
    boolean skipUnknown) {}
