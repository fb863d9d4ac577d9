package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// A source read towards its end, in steps that grow from 64 KiB to 4 MiB: a short stream costs
/// few bytes, a long one few requests. Does not close the source.
public final class SourceStream extends InputStream {
  private static final int FIRST_STEP = 1 << 16;
  private static final int LARGEST_STEP = 4 << 20;

  private final ByteSource source;
  private long offset;
  private int ahead = FIRST_STEP;
  private ByteView step = ByteView.EMPTY;
  private int at;

  /// A stream over a source.
  ///
  /// @param offset where to begin (bytes from the start of the source)
  public SourceStream(ByteSource source, long offset) {
    this.source = source;
    this.offset = offset;
  }

  /// Where the next byte comes from (bytes from the start of the source).
  public long position() {
    return offset - (step.length() - at);
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

  /// Moves on without reading what lies between.
  @Override
  public long skip(long count) throws IOException {
    long left = (long) step.length() - at;
    if (count <= left) {
      at += (int) Math.max(0, count);
      return Math.max(0, count);
    }
    offset += count - left;
    step = ByteView.EMPTY;
    at = 0;
    return count;
  }

  /// Members and frames end where they end, not where a step does: say that there may be more.
  @Override
  public int available() throws IOException {
    return filled() ? step.length() - at : 0;
  }

  private boolean filled() throws IOException {
    if (at == step.length()) {
      step = source.read(offset, ahead);
      offset += step.length();
      ahead = Math.min(LARGEST_STEP, 2 * ahead);
      at = 0;
    }
    return step.length() > 0;
  }
}
