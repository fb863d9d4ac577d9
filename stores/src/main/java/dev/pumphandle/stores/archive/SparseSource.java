package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// A file with holes, stored without them. In a sparse file a hole is zeros, and was when the core
/// was written.
///
/// @param packed the stretches that were stored, one after the other
/// @param stretches where they belong, in order
/// @param bytes how long the file is with its holes (bytes)
record SparseSource(ByteSource packed, List<Stretch> stretches, long bytes) implements ByteSource {

  /// One stretch that was stored.
  ///
  /// @param at where it belongs (bytes from the start of the file)
  /// @param bytes how long it is (bytes)
  /// @param storedAt where it is stored (bytes from the start of what is stored)
  record Stretch(long at, long bytes, long storedAt) {}

  SparseSource {
    stretches = List.copyOf(stretches);
  }

  /// A file of these stretches, each `{at, bytes}`, in order.
  static SparseSource of(ByteSource packed, List<long[]> map, long bytes) {
    List<Stretch> stretches = new ArrayList<>();
    long stored = 0;
    for (long[] each : map) {
      stretches.add(new Stretch(each[0], each[1], stored));
      stored += each[1];
    }
    return new SparseSource(packed, stretches, bytes);
  }

  @Override
  public String name() {
    return packed.name();
  }

  @Override
  public long length() {
    return bytes;
  }

  @Override
  public OptionalLong knownLength() {
    return OptionalLong.of(bytes);
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("read(" + offset + ", " + length + ")");
    }
    if (offset >= bytes) {
      return ByteView.EMPTY;
    }
    byte[] found = new byte[(int) Math.min(length, bytes - offset)];
    for (int i = first(offset); i < stretches.size(); i++) {
      Stretch each = stretches.get(i);
      if (each.at() >= offset + found.length) {
        break;
      }
      long from = Math.max(offset, each.at());
      long to = Math.min(offset + found.length, each.at() + each.bytes());
      if (from < to) {
        ByteView stored = packed.read(each.storedAt() + from - each.at(), (int) (to - from));
        stored.copyTo(0, found, (int) (from - offset), stored.length());
        if (stored.length() < to - from) {
          return ByteView.ofOwned(found, (int) (from - offset) + stored.length());
        }
      }
    }
    return ByteView.ofOwned(found, found.length);
  }

  /// The first stretch that ends behind an offset.
  private int first(long offset) {
    int low = 0;
    int high = stretches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Stretch each = stretches.get(middle);
      if (each.at() + each.bytes() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }
}
