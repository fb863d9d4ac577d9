package dev.pumphandle.corefile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file on a local disk, read by position.
///
/// The length is taken once, at opening: a core that the kernel is still writing is read as it was
/// then.
public final class FileSource implements ByteSource {

  /// The JDK copies through a direct buffer that it keeps per thread and that is as large as the
  /// largest read: reading in steps keeps that buffer small, and within a processor's own cache
  /// (bytes).
  private static final int STEP = 128 << 10;

  private final String name;
  private final FileChannel channel;
  private final long length;

  private FileSource(String name, FileChannel channel, long length) {
    this.name = name;
    this.channel = channel;
    this.length = length;
  }

  /// Opens a file for reading; its name is the path as given.
  ///
  /// @throws IOException where the file is missing, unreadable or a directory
  public static FileSource open(Path path) throws IOException {
    return open(path, path.toString());
  }

  /// Opens a file for reading, under a name of the caller's choice.
  ///
  /// @param name what error messages call it
  /// @throws IOException where the file is missing, unreadable or a directory
  public static FileSource open(Path path, String name) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new FileSource(name, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("read(" + offset + ", " + length + ")");
    }
    if (offset >= this.length) {
      return ByteView.EMPTY;
    }
    byte[] bytes = new byte[(int) Math.min(length, this.length - offset)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.position() < bytes.length) {
      buffer.limit(Math.min(bytes.length, buffer.position() + STEP));
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        break; // the file has become shorter since it was opened
      }
    }
    return ByteView.ofOwned(bytes, buffer.position());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
