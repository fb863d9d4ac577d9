package dev.pumphandle.lab.fleet;

/// A stretch of time in which one virtual machine ran on one physical host with one kernel and one
/// release. Names are numbers here; [Names] spells them.
///
/// @param vm which virtual machine
/// @param host which physical host
/// @param kernel which kernel
/// @param release which release of the service
/// @param bornAt when the virtual machine started (seconds since the first day began, may be below
///     zero)
/// @param from when the stretch began (seconds, likewise)
/// @param to when it ended (seconds)
public record Tenancy(int vm, int host, int kernel, int release, long bornAt, long from, long to) {}
