package dev.pumphandle.stores;

/// What a listing comes upon.
public sealed interface Listed permits StoredObject, Listed.Unlisted {

  /// The place, as a URI.
  String uri();

  /// Something that could not be listed, or is of a kind that cannot be read.
  ///
  /// @param uri the place
  /// @param reason what is wrong with it, as a clause
  record Unlisted(String uri, String reason) implements Listed {}
}
