package dev.pumphandle.stores.bucket;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One object as a listing shows it.
///
/// @param key its name in the bucket
/// @param bytes its size (bytes)
/// @param version its ETag or generation: changes whenever the content does
/// @param modifiedAt when it was last written, by the store's clock
/// @param metadata what was written beside it: metadata and tags, as far as the listing tells
/// @param storageClass the store's word for how it is stored, where the listing says it: `Hot`,
///     `STANDARD_IA`, `NEARLINE`; reading costs accordingly
public record BucketObject(
    String key,
    long bytes,
    String version,
    Instant modifiedAt,
    Map<String, String> metadata,
    Optional<String> storageClass) {

  /// An object of which the store does not say how it is stored.
  public BucketObject(
      String key, long bytes, String version, Instant modifiedAt, Map<String, String> metadata) {
    this(key, bytes, version, modifiedAt, metadata, Optional.empty());
  }

  /// Copies the map.
  public BucketObject {
    metadata = Map.copyOf(metadata);
  }
}
