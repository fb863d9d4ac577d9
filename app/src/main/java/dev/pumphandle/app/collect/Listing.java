package dev.pumphandle.app.collect;

import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.stores.Listed;
import dev.pumphandle.stores.ProblemDirectories;
import dev.pumphandle.stores.Store;
import dev.pumphandle.stores.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The objects of several places as specimens, one after the other, none of them twice.
///
/// What could not be listed is remembered beside.
final class Listing implements Iterator<Specimen>, AutoCloseable {
  private final Store store;
  private final Iterator<String> places;
  private final Wishes wishes;
  private final boolean several;
  private final Set<String> met = new HashSet<>();
  private final Queue<Listed.Unlisted> unlisted = new ConcurrentLinkedQueue<>();
  private String base = "";
  private @Nullable Stream<Listed> open;
  private @Nullable Iterator<Listed> found;
  private Optional<Specimen> next = Optional.empty();

  Listing(Store store, List<String> places, Wishes wishes) {
    this.store = store;
    this.places = places.iterator();
    this.wishes = wishes;
    this.several = places.size() > 1;
  }

  /// What could not be listed, so far.
  Queue<Listed.Unlisted> unlisted() {
    return unlisted;
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty()) {
      Iterator<Listed> here = found;
      if (here != null && here.hasNext()) {
        next = specimen(here.next());
      } else if (places.hasNext()) {
        begin(places.next());
      } else {
        return false;
      }
    }
    return true;
  }

  @Override
  public Specimen next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Specimen specimen = next.orElseThrow();
    next = Optional.empty();
    return specimen;
  }

  private void begin(String place) {
    close();
    try {
      Stream<Listed> stream = store.list(place, wishes.since());
      open = stream;
      found = new ProblemDirectories(stream.iterator());
      base = place;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Specimen> specimen(Listed listed) {
    return switch (listed) {
      case Listed.Unlisted complaint -> {
        unlisted.add(complaint);
        yield Optional.empty();
      }
      case StoredObject object -> {
        boolean old = wishes.since().filter(object.modifiedAt()::isBefore).isPresent();
        boolean again = several && !met.add(object.uri());
        yield old || again ? Optional.empty() : Optional.of(specimen(object));
      }
    };
  }

  private Specimen specimen(StoredObject object) {
    String name;
    try {
      name = store.nameBelow(base, object.uri());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ObjectAccess.specimen(object, name, wishes.scanLimit());
  }

  @Override
  public void close() {
    Stream<Listed> stream = open;
    open = null;
    if (stream != null) {
      stream.close();
    }
  }
}
