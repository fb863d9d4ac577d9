package dev.pumphandle.stores.bucket;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.SourceChangedException;
import dev.pumphandle.stores.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How the bytes of one listed object are reached, and what that came to.
final class BucketAccess implements StoredObject.Access {
  private static final int LARGEST_SIDECAR = 1 << 20;

  /// How often a store may say that an object is gone or changed, and show it unchanged when looked
  /// at, before we stop asking.
  private static final int CONTRADICTIONS = 4;

  private final BucketListing listing;
  private final BucketObject object;
  private final Optional<BucketObject> sidecar;
  private final LongAdder requests = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<String, String> metadata = new ConcurrentHashMap<>();

  BucketAccess(BucketListing listing, BucketObject object, Optional<BucketObject> sidecar) {
    this.listing = listing;
    this.object = object;
    this.sidecar = sidecar;
  }

  static StoredObject object(
      BucketListing listing, BucketObject object, Optional<BucketObject> sidecar) {
    return new StoredObject(
        listing.bucket().uri(object.key()),
        object.bytes(),
        object.version(),
        object.modifiedAt(),
        object.metadata(),
        new BucketAccess(listing, object, sidecar));
  }

  String uri() {
    return listing.bucket().uri(object.key());
  }

  FirstRead firstRead() {
    return listing.firstRead();
  }

  @Override
  public ByteSource raw() {
    return new BucketSource(this, object);
  }

  @Override
  public Optional<ByteView> sidecar() throws IOException {
    if (sidecar.isEmpty()) {
      return Optional.empty();
    }
    BucketObject beside = sidecar.get();
    if (beside.bytes() > LARGEST_SIDECAR) {
      throw new IOException(
          listing.bucket().uri(beside.key())
              + ": expected a sidecar of at most 1 MiB, found "
              + beside.bytes()
              + " bytes");
    }
    return Optional.of(
        beside.bytes() == 0 ? ByteView.EMPTY : fetch(beside, 0, (int) beside.bytes()));
  }

  @Override
  public StoredObject.Told told() {
    return new StoredObject.Told(requests.sum(), bytes.sum(), metadata);
  }

  @Override
  public Optional<StoredObject> renewed() throws IOException {
    Optional<BucketObject> now = find(object.key());
    Optional<BucketObject> beside =
        sidecar.isPresent() ? find(sidecar.get().key()) : Optional.empty();
    return now.map(found -> object(listing, found, beside));
  }

  @Override
  public Optional<StoredObject> beside(String name) throws IOException {
    String directory = object.key().substring(0, object.key().lastIndexOf('/') + 1);
    return find(directory + name).map(found -> object(listing, found, Optional.empty()));
  }

  /// Fetches a range of one version of an object; what was listed is what is read, or it throws.
  ByteView fetch(BucketObject wanted, long offset, int length) throws IOException {
    String name = listing.bucket().uri(wanted.key());
    Optional<ByteView> kept =
        listing.cache().flatMap(cache -> cache.get(name, wanted.version(), offset, length));
    if (kept.isPresent()) {
      return kept.get();
    }
    for (int again = 0; again < CONTRADICTIONS; again++) {
      try {
        Ranged answer =
            listing
                .requests()
                .make(
                    listing.bucket(),
                    Traffic.Verb.GET,
                    name,
                    length,
                    () -> whole(wanted, offset, length));
        bytes.add(length);
        metadata.putAll(answer.metadata());
        listing
            .cache()
            .ifPresent(cache -> cache.put(name, wanted.version(), offset, answer.bytes()));
        return answer.bytes();
      } catch (BucketFailure failure) {
        Optional<BucketObject> now = find(wanted.key());
        if (now.isEmpty()) {
          throw new IOException(name + ": has gone since it was listed", failure);
        }
        if (!now.get().version().equals(wanted.version())) {
          throw new SourceChangedException(name);
        }
        // It is there and as it was: whatever stands between us and the store was wrong.
      }
    }
    throw new IOException(
        name + ": the store says that it is gone or changed, and shows it as it was");
  }

  private Ranged whole(BucketObject wanted, long offset, int length) throws IOException {
    requests.increment();
    Ranged answer = listing.bucket().read(wanted, offset, length);
    listing.requests().traffic().brought(answer.bytes().length(), wanted.storageClass());
    if (answer.bytes().length() != length) {
      throw new BucketFailure(
          BucketFailure.Kind.LENGTH,
          "expected "
              + length
              + " bytes at offset "
              + offset
              + ", found "
              + answer.bytes().length());
    }
    return answer;
  }

  private Optional<BucketObject> find(String key) throws IOException {
    String name = listing.bucket().uri(key);
    try {
      return listing
          .requests()
          .make(
              listing.bucket(),
              Traffic.Verb.HEAD,
              name,
              0,
              () -> {
                requests.increment();
                return listing.bucket().find(key);
              });
    } catch (BucketFailure failure) {
      throw new IOException(name + ": " + failure.getMessage(), failure);
    }
  }

  /// The names that a sidecar of an object may have, the likelier first.
  static List<String> sidecarKeys(String key) {
    String bare = key.replaceFirst("\\.(zst|gz|xz|lz4|bz2)$", "");
    return bare.equals(key) ? List.of(key + ".json") : List.of(key + ".json", bare + ".json");
  }
}
