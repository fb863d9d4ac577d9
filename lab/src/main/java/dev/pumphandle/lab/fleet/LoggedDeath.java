package dev.pumphandle.lab.fleet;

import java.nio.file.Path;
import java.time.Instant;

/// A simulated death that a log tells of: the truth about it.
///
/// @param log the file
/// @param node where
/// @param pid the process
/// @param at when, by the node's clock, which may be wrong
/// @param speaker who tells it: `sentinel`, `glog` or `kernel`
/// @param label the label that the process's core would get
/// @param cause what was really behind it, as [SimulatedCrash#cause]
/// @param alone whether no core and no row tells of it
public record LoggedDeath(
    Path log,
    String node,
    long pid,
    Instant at,
    String speaker,
    String label,
    String cause,
    boolean alone) {}
