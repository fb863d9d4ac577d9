package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A local file from its first byte to its last, decompressed if it is compressed (zst, gz, xz,
/// lz4, bz2): for what is read once, front to back.
public final class PlainStream {

  private PlainStream() {}

  /// Opens a file.
  public static InputStream open(Path file) throws IOException {
    return of(Files.newInputStream(file));
  }

  /// Whether a file is compressed, by its first bytes.
  public static boolean packed(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Compression.of(ByteView.of(in.readNBytes(Compression.TELLING_BYTES))).isPresent();
    }
  }

  /// An object from its first byte to its last; closed with the stream.
  ///
  /// @param source closed when this fails, else with the result
  public static InputStream of(ByteSource source) throws IOException {
    return of(
        new FilterInputStream(new SourceStream(source, 0)) {
          @Override
          public void close() throws IOException {
            source.close();
          }
        });
  }

  /// Decompresses bytes that are on their way.
  ///
  /// @param bytes closed when this fails, else with the result
  public static InputStream of(InputStream bytes) throws IOException {
    try {
      BufferedInputStream packed = new BufferedInputStream(bytes, 1 << 16);
      packed.mark(Compression.TELLING_BYTES);
      byte[] head = packed.readNBytes(Compression.TELLING_BYTES);
      packed.reset();
      Optional<Compression> kind = Compression.of(ByteView.of(head));
      return kind.isPresent() ? kind.get().stream(packed) : packed;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }
}
