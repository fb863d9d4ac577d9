/// A fleet's inventory and calendar, read from what others export: tables, snapshots of Kubernetes,
/// answers of Prometheus, what hypervisors and clouds say of the physical host.
///
/// Readers give reports, as they stand in the file; [dev.pumphandle.fieldwork.fleet.NodeTimeline]
/// works out what they say together. Nothing is extrapolated: before the first sighting, after the
/// last and in gaps nobody knows.
@NullMarked
package dev.pumphandle.fieldwork.fleet;

import org.jspecify.annotations.NullMarked;
