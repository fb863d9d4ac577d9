package dev.pumphandle.stores;

import java.io.IOException;
import java.io.InputStream;

/// Unpacks a stream.
public interface Decoder {

  /// The unpacked bytes of `packed`.
  ///
  /// @throws IOException where they make no sense, which need not show before they are read
  InputStream stream(InputStream packed) throws IOException;
}
