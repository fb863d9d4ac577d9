package dev.pumphandle.app.collect;

import dev.pumphandle.stores.bucket.Pace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// What a round may cost.
///
/// @param bytes after how many bytes fetched nothing new is begun (bytes)
/// @param requests after how many requests to object stores nothing new is begun
/// @param pace how many requests to object stores may begin in a second
/// @param cache where ranges of objects are kept that were fetched once
/// @param cacheBytes how much it may hold (bytes)
public record Bounds(
    OptionalLong bytes, OptionalLong requests, Pace pace, Optional<Path> cache, long cacheBytes) {

  /// How much a cache may hold unless told otherwise (bytes).
  public static final long CACHE_BYTES = 1L << 30;

  /// None.
  public static final Bounds NONE =
      new Bounds(
          OptionalLong.empty(), OptionalLong.empty(), Pace.FREE, Optional.empty(), CACHE_BYTES);
}
