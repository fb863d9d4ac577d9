package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// A source read from front to back, in steps of 64 KiB. Does not close the source.
final class SourceStream extends InputStream {
  private static final int STEP = 1 << 16;

  private final ByteSource source;
  private long offset;
  private ByteView step = ByteView.EMPTY;
  private int at;

  SourceStream(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return filled() ? step.u8(at++) : -1;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!filled()) {
      return -1;
    }
    int count = Math.min(length, step.length() - at);
    step.copyTo(at, target, from, count);
    at += count;
    return count;
  }

  /// Members and frames end where they end, not where a step does: say that there may be more.
  @Override
  public int available() throws IOException {
    return filled() ? step.length() - at : 0;
  }

  private boolean filled() throws IOException {
    if (at == step.length()) {
      step = source.read(offset, STEP);
      offset += step.length();
      at = 0;
    }
    return step.length() > 0;
  }
}
