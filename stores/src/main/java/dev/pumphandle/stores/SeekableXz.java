package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.tukaani.xz.SeekableInputStream;
import org.tukaani.xz.SeekableXZInputStream;

/// An .xz of several blocks, as `xz -T` writes it: its index says where each begins.
///
/// Source: The .xz File Format 1.1.0, §2.1.2 "Stream Footer" and §4 "Index".
final class SeekableXz implements Unpacking {
  private final ByteSource packed;
  private final SeekableXZInputStream index;

  private SeekableXz(ByteSource packed, SeekableXZInputStream index) {
    this.packed = packed;
    this.index = index;
  }

  /// The way by the index, where there is a whole one of more than one block; two small reads at
  /// the end of the source.
  static Optional<Unpacking> of(ByteSource packed) throws IOException {
    if (packed.length() % 4 != 0 || packed.length() < 32) {
      return Optional.empty(); // cut: a stream is a multiple of four bytes
    }
    try {
      SeekableXZInputStream index =
          new SeekableXZInputStream(new Seekable(packed), Compression.XZ_MEMORY_KIB);
      return index.getBlockCount() > 1
          ? Optional.of(new SeekableXz(packed, index))
          : Optional.empty();
    } catch (org.tukaani.xz.XZIOException | java.io.EOFException _) {
      // Cut or broken at its end: what stands before can still be read from the front.
      return Optional.empty();
    }
  }

  @Override
  public String kind() {
    return "xz";
  }

  @Override
  public boolean jumps() {
    return true;
  }

  @Override
  public long entry(long offset) {
    return offset >= index.length() ? 0 : index.getBlockPos(index.getBlockNumber(offset));
  }

  @Override
  public InputStream from(long entry) throws IOException {
    SeekableXZInputStream stream =
        new SeekableXZInputStream(new Seekable(packed), Compression.XZ_MEMORY_KIB);
    stream.seek(entry);
    return stream;
  }

  @Override
  public OptionalLong declaredLength() {
    return OptionalLong.of(index.length());
  }

  /// A source with a cursor, as the library wants it.
  private static final class Seekable extends SeekableInputStream {
    private static final int TAIL = 4096;

    private final ByteSource source;
    private SourceStream stream;
    private final ByteView tail;
    private final long tailAt;
    private long position;

    Seekable(ByteSource source) throws IOException {
      this.source = source;
      this.stream = new SourceStream(source, 0);
      this.tailAt = Math.max(0, source.length() - TAIL);
      this.tail = source.read(tailAt, TAIL);
    }

    @Override
    public long length() throws IOException {
      return source.length();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void seek(long to) {
      if (to != position) {
        stream = new SourceStream(source, to);
        position = to;
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int count;
      if (position >= tailAt && position < tailAt + tail.length()) {
        int at = (int) (position - tailAt);
        count = Math.min(length, tail.length() - at);
        tail.copyTo(at, target, from, count);
        position += count;
        stream = new SourceStream(source, position);
      } else {
        count = stream.read(target, from, length);
        position += Math.max(0, count);
      }
      return count;
    }
  }
}
