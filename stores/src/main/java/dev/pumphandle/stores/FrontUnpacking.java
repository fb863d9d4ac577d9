package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/// Packed bytes that can be entered at the front only.
///
/// @param packed where they are
/// @param kind what kind of packing it is, for messages
/// @param decoder unpacks a stream
record FrontUnpacking(ByteSource packed, String kind, Decoder decoder) implements Unpacking {
  @Override
  public boolean jumps() {
    return false;
  }

  @Override
  public long entry(long offset) {
    return 0;
  }

  @Override
  public InputStream from(long entry) throws IOException {
    return decoder.stream(new SourceStream(packed, 0));
  }

  @Override
  public OptionalLong declaredLength() {
    return OptionalLong.empty();
  }
}
