package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.util.OptionalLong;

/// A range of another source, which stays open when this is closed.
///
/// @param below the other source
/// @param from where the range begins (bytes from the start of the other)
/// @param bytes how long it is said to be (bytes); the other may end before
/// @param name what error messages call it
record SliceSource(ByteSource below, long from, long bytes, String name) implements ByteSource {

  @Override
  public long length() throws IOException {
    return Math.max(0, Math.min(bytes, below.length() - from));
  }

  /// A stream below that has not met its end yet is taken at the archive's word.
  @Override
  public OptionalLong knownLength() throws IOException {
    return OptionalLong.of(
        Math.max(0, Math.min(bytes, below.knownLength().orElse(Long.MAX_VALUE) - from)));
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("read(" + offset + ", " + length + ")");
    }
    long left = bytes - offset;
    return left <= 0 ? ByteView.EMPTY : below.read(from + offset, (int) Math.min(length, left));
  }

  @Override
  public void close() {
    // The archive is another's to close.
  }
}
