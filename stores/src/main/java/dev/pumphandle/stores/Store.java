package dev.pumphandle.stores;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// A place where cores lie.
public interface Store {

  /// Everything under `place`, as it is found: an object, or a reason why something could not be
  /// listed.
  ///
  /// The stream is lazy, so that reading can begin before a listing of millions ends; close it.
  /// What goes wrong on the way is an element, never an exception from the stream: one directory
  /// without permission does not end a run. Only a store that is lost for good throws, a
  /// [dev.pumphandle.corefile.StoreUnusableException] in an [java.io.UncheckedIOException].
  ///
  /// @param place a path or a URI, as the user gave it
  /// @throws IOException where nothing at all can be listed, for instance because the place does
  ///   not exist
  Stream<Listed> list(String place) throws IOException;

  /// As [#list(String)], but may leave out what was surely written before a time, where the store
  /// can tell that without listing it: a directory of another day.
  ///
  /// @param since only objects written from then on are wanted; older ones may come all the same
  /// @throws IOException where nothing at all can be listed
  default Stream<Listed> list(String place, Optional<Instant> since) throws IOException {
    return list(place);
  }

  /// The name of an object below the place where it was found, with `/` between parts.
  ///
  /// @param place the place that was listed
  /// @param uri the object's
  /// @throws IOException where the place is none
  String nameBelow(String place, String uri) throws IOException;
}
