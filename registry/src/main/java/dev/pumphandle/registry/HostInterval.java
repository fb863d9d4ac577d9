package dev.pumphandle.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// A stretch of time in which one node lived with the same exposures: one row of `host_intervals`.
///
/// What is not known stays empty; nothing is extrapolated.
///
/// @param node the node's name, by which cases are joined
/// @param physicalHost the physical host under it
/// @param cluster the cluster
/// @param region the region
/// @param hostType the machine type
/// @param kernel the kernel
/// @param cpuModel the processor
/// @param serviceVersion the release that ran on it
/// @param startedAt when the node started, for its age
/// @param from when the stretch began
/// @param to when it ended
/// @param exceptionsPerSecond how many exceptions the service threw there, where somebody counted
public record HostInterval(
    String node,
    Optional<String> physicalHost,
    Optional<String> cluster,
    Optional<String> region,
    Optional<String> hostType,
    Optional<String> kernel,
    Optional<String> cpuModel,
    Optional<String> serviceVersion,
    Optional<Instant> startedAt,
    Instant from,
    Instant to,
    OptionalDouble exceptionsPerSecond) {}
