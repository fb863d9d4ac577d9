package dev.pumphandle.stores.bucket;

import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.stores.Listed;
import dev.pumphandle.stores.Sidecars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// One walk over a bucket, page by page: holds a page or two, and no more however many objects
/// there are.
///
/// Sidecars are found in the listing itself, so that no request is spent on asking whether an
/// object has one. All three clouds list keys in the order of their bytes, so a name with `.json`
/// behind it comes soon after the name; an object waits until the listing has passed the place
/// where its sidecar would stand.
///
/// Source: Amazon S3 API, ListObjectsV2: "in UTF-8 binary order"; Azure List Blobs: "in
/// alphabetical order"; Cloud Storage JSON API, Objects: list: "lexicographically by name".
final class BucketWalk implements Iterator<Listed> {
  /// How many levels without a date are looked into for dated ones below.
  private static final int DEEPEST = 6;

  /// Where a level has more prefixes without a date than this, listing each would cost more than
  /// listing all.
  private static final int BROADEST = 32;

  private record Task(String prefix, boolean shallow, int depth, Optional<String> from) {
    Task next(Optional<String> token) {
      return new Task(prefix, shallow, depth, token);
    }
  }

  private final BucketListing listing;
  private final String place;
  private final Optional<Instant> since;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final Deque<Listed> ready = new ArrayDeque<>();
  private List<BucketObject> held = new ArrayList<>();
  private Map<String, BucketObject> beside = new HashMap<>();

  /// Fetches the first page, so that a place that cannot be listed is known at once.
  BucketWalk(BucketListing listing, String place, Optional<Instant> since) throws IOException {
    this.listing = listing;
    this.place = place;
    this.since = since;
    tasks.push(new Task(place, since.isPresent(), 0, Optional.empty()));
    step();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !tasks.isEmpty()) {
      String prefix = tasks.peek().prefix();
      try {
        step();
      } catch (StoreUnusableException e) {
        throw new UncheckedIOException(e);
      } catch (IOException e) {
        released(Optional.empty());
        ready.add(
            new Listed.Unlisted(
                listing.bucket().uri(prefix), "listing broke off: " + e.getMessage()));
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Listed next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void step() throws IOException {
    Task task = tasks.pop();
    BucketPage page = page(task);
    if (task.shallow() && task.from().isEmpty() && tooBroad(page)) {
      tasks.push(new Task(task.prefix(), false, task.depth(), Optional.empty()));
      return;
    }
    Map<String, BucketObject> before = beside;
    beside = new HashMap<>();
    for (BucketObject object : page.objects()) {
      String name = object.key().substring(object.key().lastIndexOf('/') + 1);
      if (Sidecars.isOne(name) && !object.key().equals(place)) {
        beside.put(object.key(), object);
      } else if (!isFolder(object)) {
        held.add(object);
      }
    }
    before.forEach(beside::putIfAbsent);
    Optional<String> passed =
        page.next().isPresent() && !page.objects().isEmpty()
            ? Optional.of(page.objects().getLast().key())
            : Optional.empty();
    if (page.next().isEmpty() || passed.isPresent()) {
      released(passed);
    }
    beside.keySet().removeIf(before::containsKey);
    for (String prefix : page.prefixes().reversed()) {
      below(prefix, task.depth() + 1);
    }
    if (page.next().isPresent()) {
      tasks.push(task.next(page.next())); // first: objects wait there for their sidecars
    }
  }

  private BucketPage page(Task task) throws IOException {
    return listing
        .requests()
        .make(
            listing.bucket(),
            Traffic.Verb.LIST,
            listing.bucket().uri(task.prefix()),
            0,
            () -> listing.bucket().page(task.prefix(), task.shallow(), task.from()));
  }

  private boolean tooBroad(BucketPage page) {
    long undated =
        page.prefixes().stream()
            .filter(prefix -> meaning(prefix) == DatedPrefix.Meaning.UNDATED)
            .count();
    return undated > BROADEST;
  }

  private void below(String prefix, int depth) {
    switch (meaning(prefix)) {
      case OVER -> {}
      case WANTED -> tasks.push(new Task(prefix, false, depth, Optional.empty()));
      case COARSE, UNDATED ->
          tasks.push(new Task(prefix, depth < DEEPEST, depth, Optional.empty()));
    }
  }

  private DatedPrefix.Meaning meaning(String prefix) {
    return since.map(from -> DatedPrefix.of(prefix, from)).orElse(DatedPrefix.Meaning.UNDATED);
  }

  /// Hands out the objects that wait and whose sidecars must have been seen by now.
  ///
  /// @param passed how far the listing has come; empty at its end
  private void released(Optional<String> passed) {
    List<BucketObject> waiting = new ArrayList<>();
    for (BucketObject object : held) {
      List<String> names = BucketAccess.sidecarKeys(object.key());
      Optional<BucketObject> sidecar =
          names.stream().filter(beside::containsKey).findFirst().map(beside::get);
      if (sidecar.isEmpty() && passed.isPresent() && passed.get().compareTo(names.getFirst()) < 0) {
        waiting.add(object);
      } else {
        ready.add(BucketAccess.object(listing, object, sidecar));
      }
    }
    held = waiting;
  }

  /// Consoles and hierarchical namespaces mark a folder by an empty object.
  private static boolean isFolder(BucketObject object) {
    return object.bytes() == 0
        && (object.key().endsWith("/") || "true".equals(object.metadata().get("hdi_isfolder")));
  }
}
