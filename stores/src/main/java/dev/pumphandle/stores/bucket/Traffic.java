package dev.pumphandle.stores.bucket;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// What was asked of object stores, counted: what a bill is made of. Safe for many threads.
public final class Traffic {

  /// The kinds of request that clouds charge for.
  public enum Verb {
    /// A page of a listing.
    LIST,
    /// A range of an object, or all of it.
    GET,
    /// An object's properties.
    HEAD
  }

  private final Map<Verb, LongAdder> requests = new EnumMap<>(Verb.class);
  private final Map<BucketFailure.Kind, LongAdder> failures =
      new EnumMap<>(BucketFailure.Kind.class);
  private final Map<String, LongAdder> bytesByClass = new ConcurrentHashMap<>();
  private final Set<String> clouds = ConcurrentHashMap.newKeySet();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder repeated = new LongAdder();

  /// Nothing yet.
  public Traffic() {
    for (Verb verb : Verb.values()) {
      requests.put(verb, new LongAdder());
    }
    for (BucketFailure.Kind kind : BucketFailure.Kind.values()) {
      failures.put(kind, new LongAdder());
    }
  }

  /// A moment of it.
  ///
  /// @param lists pages of listings asked for
  /// @param gets ranges asked for
  /// @param heads objects looked at
  /// @param repeated how many of all these were repetitions after a failure
  /// @param bytes what came of objects' content (bytes)
  /// @param bytesByClass of these, how many came from objects of each storage class, where the
  ///     store names one (bytes)
  /// @param clouds the schemes of the clouds that were asked: `az`, `s3`, `gs`
  /// @param failures how many requests failed, by kind; only kinds that came
  public record Snapshot(
      long lists,
      long gets,
      long heads,
      long repeated,
      long bytes,
      Map<String, Long> bytesByClass,
      Set<String> clouds,
      Map<BucketFailure.Kind, Long> failures) {

    /// Copies the collections.
    public Snapshot {
      bytesByClass = Map.copyOf(bytesByClass);
      clouds = Set.copyOf(clouds);
      failures = Map.copyOf(failures);
    }

    /// All requests.
    public long requests() {
      return lists + gets + heads;
    }
  }

  void asked(String bucket, Verb verb, boolean again) {
    clouds.add(bucket.substring(0, Math.max(0, bucket.indexOf(':'))));
    count(requests, verb);
    if (again) {
      repeated.increment();
    }
  }

  void brought(long count, Optional<String> storageClass) {
    bytes.add(count);
    storageClass.ifPresent(
        name -> bytesByClass.computeIfAbsent(name, n -> new LongAdder()).add(count));
  }

  void failed(BucketFailure.Kind kind) {
    count(failures, kind);
  }

  /// Now.
  public Snapshot now() {
    Map<BucketFailure.Kind, Long> failed = new EnumMap<>(BucketFailure.Kind.class);
    failures.forEach(
        (kind, count) -> {
          if (count.sum() > 0) {
            failed.put(kind, count.sum());
          }
        });
    return new Snapshot(
        sum(Verb.LIST),
        sum(Verb.GET),
        sum(Verb.HEAD),
        repeated.sum(),
        bytes.sum(),
        bytesByClass.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().sum())),
        clouds,
        failed);
  }

  private long sum(Verb verb) {
    LongAdder adder = requests.get(verb);
    return adder == null ? 0 : adder.sum();
  }

  private static <K> void count(Map<K, LongAdder> counts, K key) {
    LongAdder adder = counts.get(key);
    if (adder != null) {
      adder.increment();
    }
  }
}
