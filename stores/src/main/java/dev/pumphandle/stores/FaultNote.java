package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A source that remembers that it failed: a decoder between it and its reader makes an exception
/// of its own of everything, and a store that could not deliver is no broken stream.
final class FaultNote implements ByteSource {
  private final ByteSource source;
  private volatile @Nullable IOException fault;

  FaultNote(ByteSource source) {
    this.source = source;
  }

  /// Takes away the last failure, if there was one.
  Optional<IOException> takeFault() {
    Optional<IOException> taken = Optional.ofNullable(fault);
    fault = null;
    return taken;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long length() throws IOException {
    return source.length();
  }

  @Override
  public OptionalLong knownLength() throws IOException {
    return source.knownLength();
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    try {
      return source.read(offset, length);
    } catch (IOException e) {
      fault = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
