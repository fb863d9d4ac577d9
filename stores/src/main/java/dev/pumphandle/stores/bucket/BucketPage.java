package dev.pumphandle.stores.bucket;

import java.util.List;
import java.util.Optional;

/// One page of a listing.
///
/// @param objects the objects, by key
/// @param prefixes what lies below the next `/`, where the listing was shallow
/// @param next where to go on; empty on the last page
public record BucketPage(List<BucketObject> objects, List<String> prefixes, Optional<String> next) {

  /// Copies the lists.
  public BucketPage {
    objects = List.copyOf(objects);
    prefixes = List.copyOf(prefixes);
  }
}
