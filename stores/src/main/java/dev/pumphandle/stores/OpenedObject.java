package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.LayeredSource;
import dev.pumphandle.corefile.MeteredSource;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// The bytes of one object, decompressed where they are compressed, with what they cost.
final class OpenedObject implements LayeredSource {
  private final MeteredSource raw;
  private final ByteSource content;

  private OpenedObject(MeteredSource raw, ByteSource content) {
    this.raw = raw;
    this.content = content;
  }

  /// Looks at the first bytes of an object and opens it as what it is.
  ///
  /// @param stored closed with the result, or when this fails
  static OpenedObject open(ByteSource stored, long scanLimit) throws IOException {
    MeteredSource raw = new MeteredSource(stored);
    try {
      HeadedSource headed = HeadedSource.of(raw);
      return new OpenedObject(raw, unpacked(headed, scanLimit));
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  /// The content of a source: itself, or unpacked where it is packed.
  static ByteSource unpacked(ByteSource source, long scanLimit) throws IOException {
    return Compression.of(source)
        .<ByteSource>map(kind -> new StreamedSource(source, kind, scanLimit))
        .orElse(source);
  }

  @Override
  public String name() {
    return content.name();
  }

  @Override
  public long length() throws IOException {
    return content.length();
  }

  @Override
  public OptionalLong knownLength() throws IOException {
    return content.knownLength();
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    return content.read(offset, length);
  }

  @Override
  public long bytesFetched() {
    return raw.bytesRead();
  }

  @Override
  public int fetches() {
    return raw.requests();
  }

  @Override
  public Optional<String> shortfall() {
    return content instanceof StreamedSource streamed ? streamed.shortfall() : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
