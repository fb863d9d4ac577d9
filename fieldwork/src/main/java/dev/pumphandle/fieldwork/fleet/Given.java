package dev.pumphandle.fieldwork.fleet;

import java.time.Instant;
import java.util.Optional;

/// What is known of a file besides its content.
///
/// @param source its name, for messages and for the stamp in it
/// @param at when it was made, as the user said
/// @param modified when it was written, as the file system says
/// @param cluster the cluster it is about, as the user said
/// @param node the node it is about, as the user said; for files that tell of one node only
/// @param physicalLabel the label of nodes that names the physical host, where somebody sets one
/// @param unknownColumns whether columns that nobody knows are passed over
public record Given(
    String source,
    Optional<Instant> at,
    Instant modified,
    Optional<String> cluster,
    Optional<String> node,
    Optional<String> physicalLabel,
    boolean unknownColumns) {

  /// When the file was made: as the user said, else as its name says.
  Optional<Instant> said() {
    return at.or(() -> Moments.inName(source));
  }

  /// When the file was made: as the user said, else as its name says, else when it was written.
  Instant moment() {
    return said().orElse(modified);
  }
}
