package dev.pumphandle.stores.bucket;

/// A bucket, and what the keys there begin with.
///
/// @param bucket which
/// @param prefix the beginning of the keys; empty for all
public record BucketPlace(Bucket bucket, String prefix) {

  /// The prefix up to its last `/`: names of objects are told from there on.
  String base() {
    return prefix.substring(0, prefix.lastIndexOf('/') + 1);
  }
}
