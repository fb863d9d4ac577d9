package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One core in an archive.
///
/// @param name its name there, which another may have as well
/// @param bytes its size as stored there (bytes); a promise of the archive's, nothing more
/// @param modifiedAt when it was last written, where the archive says so
/// @param said what a crash handler wrote beside it, under the handler's own names
/// @param body where its bytes are
public record Member(
    String name, long bytes, Optional<Instant> modifiedAt, Map<String, String> said, Body body) {

  /// Copies the map.
  public Member {
    said = Map.copyOf(said);
  }

  /// Where the bytes of a core are.
  public sealed interface Body {

    /// In the archive.
    ///
    /// @param bytes unpacked where they are packed; closing it does nothing
    record Inside(ByteSource bytes) implements Body {}

    /// In another object of this name, beside the archive.
    ///
    /// @param name the last part of its name
    record Beside(String name) implements Body {}

    /// Nowhere: the death is reported, the core was not kept.
    ///
    /// @param reason why, as a clause
    record Missing(String reason) implements Body {}

    /// There, but not to be opened.
    ///
    /// @param reason why, as a clause
    record Refused(String reason) implements Body {}
  }
}
