package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.time.Instant;
import java.util.Optional;

/// One file in an archive, whatever it is.
///
/// @param name its name as the archive has it
/// @param bytes its size as stored (bytes)
/// @param modifiedAt when it was last written
/// @param content what it holds
record Entry(String name, long bytes, Optional<Instant> modifiedAt, Content content) {

  /// What an entry holds.
  sealed interface Content {
    /// Bytes, the first of which are at hand.
    ///
    /// @param source all of them
    /// @param head the first ones, as they are in `source`; empty where they are not at hand
    record Legible(ByteSource source, ByteView head) implements Content {}

    /// Something that is not read here.
    ///
    /// @param reason why, as a clause
    record Illegible(String reason) implements Content {}
  }
}
