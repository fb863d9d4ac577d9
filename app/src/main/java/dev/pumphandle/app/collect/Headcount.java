package dev.pumphandle.app.collect;

import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.registry.SeenObjects;
import dev.pumphandle.stores.Store;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;

/// Counts beside the round how many objects there are to read, so that a person who watches can be
/// told how long it will take. The round itself lists only as far ahead as it reads.
final class Headcount implements AutoCloseable {
  private final Store store;
  private final List<String> places;
  private final Wishes wishes;
  private final SeenObjects seen;
  private volatile boolean stopped;
  private volatile long all = -1;

  Headcount(Store store, List<String> places, Wishes wishes, SeenObjects seen) {
    this.store = store;
    this.places = List.copyOf(places);
    this.wishes = wishes;
    this.seen = seen;
  }

  void begin() {
    Thread.ofVirtual().start(this::count);
  }

  private void count() {
    long wanted = 0;
    try (Listing listing = new Listing(store, places, wishes)) {
      while (!stopped && listing.hasNext()) {
        Specimen specimen = listing.next();
        wanted += seen.contains(specimen.uri(), specimen.version()) ? 0 : 1;
      }
      if (!stopped) {
        all = wanted;
      }
    } catch (UncheckedIOException _) {
      // The round meets the same trouble and reports it; here only the count stays unknown.
      stopped = true;
    }
  }

  /// How many objects there are to read, once that is known.
  OptionalLong all() {
    return all < 0 ? OptionalLong.empty() : OptionalLong.of(all);
  }

  @Override
  public void close() {
    stopped = true;
  }
}
