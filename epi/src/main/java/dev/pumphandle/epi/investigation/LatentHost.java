package dev.pumphandle.epi.investigation;

import java.util.List;

/// A hypothesis: behind these nodes stands one physical host that the inventory does not know. It
/// rests on who lived when, never on a name, and is nothing to deny a host by.
///
/// @param where the cluster (or region) and machine type that all of them share
/// @param nodes the nodes, in the order in which they fell ill
/// @param cases how many cases they had
/// @param places how many of them were alive at once at most
/// @param placesByChance the median of that if other nodes of the stratum had fallen ill instead
/// @param handovers how many of them began within an hour of another one's end
/// @param handoversByChance the median of that, likewise
/// @param p P(so few places or so many handovers by chance), times the number of questions asked
/// @param medianAgeDays how old they were at their first case (days)
/// @param medianAgeOfOthersDays how old the nodes were that were alive beside them then (days)
public record LatentHost(
    String where,
    List<String> nodes,
    int cases,
    int places,
    int placesByChance,
    int handovers,
    int handoversByChance,
    double p,
    double medianAgeDays,
    double medianAgeOfOthersDays) {

  /// Copies the nodes.
  public LatentHost {
    nodes = List.copyOf(nodes);
  }
}
