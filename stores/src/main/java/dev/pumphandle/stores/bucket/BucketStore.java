package dev.pumphandle.stores.bucket;

import dev.pumphandle.stores.Listed;
import dev.pumphandle.stores.RangeCache;
import dev.pumphandle.stores.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The buckets of one cloud.
///
/// A place is a bucket and what the keys begin with, to the letter: `s3://bucket/cores/2026` lists
/// `cores/2026-11-01/…` as well. Objects named `*.json` are sidecars; folder markers are passed
/// over.
public final class BucketStore implements Store {
  private final Cloud cloud;
  private final Requests requests;
  private final Optional<RangeCache> cache;
  private final Map<String, FirstRead> firstReads = new ConcurrentHashMap<>();

  /// A store.
  ///
  /// @param cloud whose buckets
  /// @param requests how they are asked; may be shared with other stores, and is not closed here
  /// @param cache where ranges are kept that were fetched once
  public BucketStore(Cloud cloud, Requests requests, Optional<RangeCache> cache) {
    this.cloud = cloud;
    this.cache = cache;
    this.requests = requests;
  }

  /// Whether a place is this store's.
  public boolean knows(String place) {
    return cloud.knows(place);
  }

  @Override
  public Stream<Listed> list(String place) throws IOException {
    return list(place, Optional.empty());
  }

  @Override
  public Stream<Listed> list(String place, Optional<Instant> since) throws IOException {
    BucketPlace where = cloud.place(place);
    FirstRead firstRead = firstReads.computeIfAbsent(where.bucket().name(), _ -> new FirstRead());
    BucketWalk walk;
    try {
      walk =
          new BucketWalk(
              new BucketListing(where.bucket(), requests, firstRead, cache), where.prefix(), since);
    } catch (BucketFailure failure) {
      throw new IOException(where.bucket().name() + ": " + failure.getMessage(), failure);
    }
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            walk, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT),
        false);
  }

  @Override
  public String nameBelow(String place, String uri) throws IOException {
    BucketPlace where = cloud.place(place);
    String base = where.bucket().uri(where.base());
    if (!uri.startsWith(base)) {
      throw new IOException(uri + ": expected something below " + base);
    }
    return KeyUri.decoded(uri.substring(base.length()));
  }
}
