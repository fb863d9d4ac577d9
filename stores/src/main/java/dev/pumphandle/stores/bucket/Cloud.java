package dev.pumphandle.stores.bucket;

import java.io.IOException;

/// One kind of object store: knows its URIs, and makes clients for its buckets.
public interface Cloud extends AutoCloseable {

  /// Whether a place is one of this cloud's.
  boolean knows(String place);

  /// The bucket and the prefix that a place names. Asks nothing of the network.
  ///
  /// @throws IOException where the place is none, saying what was expected
  BucketPlace place(String place) throws IOException;

  /// Lets go of connections.
  @Override
  void close();
}
