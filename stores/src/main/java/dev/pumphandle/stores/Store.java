package dev.pumphandle.stores;

import java.io.IOException;
import java.util.stream.Stream;

/// A place where cores lie.
public interface Store {

  /// Everything under `place`, as it is found: an object, or a reason why something could not be
  /// listed.
  ///
  /// The stream is lazy, so that reading can begin before a listing of millions ends; close it.
  /// What goes wrong on the way is an element, never an exception from the stream: one directory
  /// without permission does not end a run.
  ///
  /// @param place a path or a URI, as the user gave it
  /// @throws IOException where nothing at all can be listed, for instance because the place does
  ///   not exist
  Stream<Listed> list(String place) throws IOException;

  /// The name of an object below the place where it was found, with `/` between parts.
  ///
  /// @param place the place that was listed
  /// @param uri the object's
  /// @throws IOException where the place is none
  String nameBelow(String place, String uri) throws IOException;
}
