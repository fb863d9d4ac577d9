package dev.pumphandle.corefile.memory;

import dev.pumphandle.corefile.ByteView;

/// Memory that is there without a gap.
///
/// @param from the address of the first byte (unsigned)
/// @param bytes what stands there
public record Stretch(long from, ByteView bytes) {

  /// The first address after it (unsigned).
  public long to() {
    return from + bytes.length();
  }
}
