package dev.pumphandle.corefile;

import java.util.Optional;

/// A source whose bytes are not stored as it hands them out: they are unpacked from a stream, or
/// cut out of an archive. It tells what that cost below, and why it ends early when it does.
public interface LayeredSource extends ByteSource {

  /// Bytes that were fetched from where they are stored, so far (bytes).
  long bytesFetched();

  /// Ranges that were fetched, so far.
  int fetches();

  /// Why bytes are missing that the source might have had: a stream that is broken or cut, or one
  /// that was not followed any further. Empty when none are, so far.
  Optional<String> shortfall();
}
