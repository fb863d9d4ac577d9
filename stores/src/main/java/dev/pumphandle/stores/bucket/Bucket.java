package dev.pumphandle.stores.bucket;

import java.io.IOException;
import java.util.Optional;

/// One bucket or container, as its SDK gives it: what differs between clouds, and nothing else.
///
/// Each call is one request. It does not retry, and it throws whatever its SDK throws; [#explain]
/// then says what kind of failure that was. Safe for many threads.
public interface Bucket {

  /// What messages call it: its URI, without any secret.
  String name();

  /// The URI of an object in it: well-formed, and different for different objects.
  String uri(String key);

  /// One page of a listing.
  ///
  /// @param prefix what the keys begin with
  /// @param shallow whether to stop at the next `/` and give prefixes for what lies below
  /// @param from where the page before said to go on; empty for the first page
  BucketPage page(String prefix, boolean shallow, Optional<String> from) throws IOException;

  /// Some bytes of one version of an object.
  ///
  /// @param object which, with the version that must still be there
  /// @param offset where to begin (bytes)
  /// @param length how many, at least one and all within the object (bytes)
  Ranged read(BucketObject object, long offset, int length) throws IOException;

  /// The object of that key as it is now; empty where there is none.
  Optional<BucketObject> find(String key) throws IOException;

  /// Lets go of credentials that the store has refused, so that the next request fetches new ones.
  void renewCredentials();

  /// What kind of failure an exception of this SDK is.
  BucketFailure explain(Exception problem);
}
