package dev.pumphandle.stores.bucket;

import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Room for the bytes of one answer: as many as were asked for, and a failure where more come.
public final class Received extends OutputStream {
  private final byte[] bytes;
  private int filled;

  /// Room.
  ///
  /// @param length how many were asked for (bytes)
  public Received(int length) {
    this.bytes = new byte[length];
  }

  /// What an answer's body holds.
  ///
  /// @param body read to its end, not closed
  /// @param length how many bytes were asked for (bytes)
  public static ByteView of(InputStream body, int length) throws IOException {
    Received received = new Received(length);
    received.filled = body.readNBytes(received.bytes, 0, length);
    if (body.read() >= 0) {
      throw tooMany(length);
    }
    return received.bytes();
  }

  /// What has come.
  public ByteView bytes() {
    return ByteView.ofOwned(bytes, filled);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int at, int count) throws IOException {
    if (count > bytes.length - filled) {
      throw tooMany(bytes.length);
    }
    System.arraycopy(from, at, bytes, filled, count);
    filled += count;
  }

  private static BucketFailure tooMany(int length) {
    return new BucketFailure(
        BucketFailure.Kind.LENGTH, "expected " + length + " bytes, found more");
  }
}
