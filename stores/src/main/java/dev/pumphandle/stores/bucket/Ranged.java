package dev.pumphandle.stores.bucket;

import dev.pumphandle.corefile.ByteView;
import java.util.Map;

/// What one ranged read brought.
///
/// @param bytes the bytes
/// @param metadata what the answer told beside them, which the listing did not
public record Ranged(ByteView bytes, Map<String, String> metadata) {

  /// Copies the map.
  public Ranged {
    metadata = Map.copyOf(metadata);
  }
}
