package dev.pumphandle.stores;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/// A way through packed bytes: where unpacking can begin, and a stream from there.
///
/// Most formats can be entered at the front only. Those with an index can be entered at each of
/// their frames or blocks, so that what lies far in costs no more than what lies at the front.
interface Unpacking {

  /// What kind of packing it is, for messages.
  String kind();

  /// Whether [#entry] is ever anything but 0.
  boolean jumps();

  /// The nearest place at or before `offset` where unpacking can begin (bytes, unpacked).
  long entry(long offset);

  /// The unpacked bytes from `entry` on.
  ///
  /// @param entry what [#entry] answered
  InputStream from(long entry) throws IOException;

  /// How many bytes there are unpacked, where an index says so (bytes).
  OptionalLong declaredLength();
}
