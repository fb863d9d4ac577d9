package dev.pumphandle.app.population;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How often one label was given, how surely, and when.
///
/// @param label the label
/// @param version the case definition's version; 0 for `other`
/// @param confirmed cases of that tier
/// @param probable cases of that tier
/// @param suspect cases of that tier
/// @param all cases of any tier or none
/// @param curve counts over equal spans of the population's time
/// @param first the earliest onset, where any is known
/// @param last the latest
public record LabelCount(
    String label,
    long version,
    long confirmed,
    long probable,
    long suspect,
    long all,
    List<Long> curve,
    Optional<Instant> first,
    Optional<Instant> last) {
  public LabelCount {
    curve = List.copyOf(curve);
  }
}
