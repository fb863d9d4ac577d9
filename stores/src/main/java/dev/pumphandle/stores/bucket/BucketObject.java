package dev.pumphandle.stores.bucket;

import java.time.Instant;
import java.util.Map;

/// One object as a listing shows it.
///
/// @param key its name in the bucket
/// @param bytes its size (bytes)
/// @param version its ETag or generation: changes whenever the content does
/// @param modifiedAt when it was last written, by the store's clock
/// @param metadata what was written beside it: metadata and tags, as far as the listing tells
public record BucketObject(
    String key, long bytes, String version, Instant modifiedAt, Map<String, String> metadata) {

  /// Copies the map.
  public BucketObject {
    metadata = Map.copyOf(metadata);
  }
}
