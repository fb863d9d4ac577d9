package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;

/// A look into an archive as it is walked: small reads near one another are one fetch. A header and
/// the first 64 KiB of what it heads come together.
final class Window {
  private static final int BYTES = 72 << 10;

  private final ByteSource source;
  private long from;
  private ByteView bytes = ByteView.EMPTY;

  Window(ByteSource source) {
    this.source = source;
  }

  ByteSource source() {
    return source;
  }

  /// Bytes of the archive; fewer where it ends.
  ByteView read(long offset, int length) throws IOException {
    if (offset < from || offset + length > from + bytes.length()) {
      from = offset;
      bytes = source.read(offset, Math.max(BYTES, length));
    }
    return bytes.slice(
        (int) (offset - from), Math.min(length, bytes.length() - (int) (offset - from)));
  }
}
