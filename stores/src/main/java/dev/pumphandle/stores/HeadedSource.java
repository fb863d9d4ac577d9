package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.util.OptionalLong;

/// A source whose first bytes are in memory already, because one had to look at them to know what
/// it is: they are not fetched twice.
///
/// @param below where everything else comes from; closed with this
/// @param head the first bytes, all of them where the source is shorter than [#HEAD]
public record HeadedSource(ByteSource below, ByteView head) implements ByteSource {
  /// How much is looked at (bytes): an ordinary core's headers and notes come with it.
  public static final int HEAD = 64 << 10;

  /// Fetches the first bytes of a source.
  ///
  /// @throws IOException where the store cannot deliver
  public static HeadedSource of(ByteSource source) throws IOException {
    return new HeadedSource(source, source.read(0, HEAD));
  }

  @Override
  public String name() {
    return below.name();
  }

  @Override
  public long length() throws IOException {
    return below.length();
  }

  @Override
  public OptionalLong knownLength() throws IOException {
    return head.length() < HEAD ? OptionalLong.of(head.length()) : below.knownLength();
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("read(" + offset + ", " + length + ")");
    }
    boolean all = head.length() < HEAD;
    if (all && offset >= head.length()) {
      return ByteView.EMPTY;
    }
    return all || offset + length <= head.length()
        ? head.slice((int) offset, Math.min(length, head.length() - (int) offset))
        : below.read(offset, length);
  }

  @Override
  public void close() throws IOException {
    below.close();
  }
}
