package dev.pumphandle.corefile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// A source that writes down every read that passes through it, so that a test can assert the exact
/// list and a row can carry what it cost.
public final class MeteredSource implements ByteSource {

  /// One range that was asked for and how much of it came.
  ///
  /// @param offset where it began (bytes from the start of the source)
  /// @param length how much was delivered (bytes)
  public record Read(long offset, int length) {}

  private final ByteSource source;
  private final List<Read> reads = new ArrayList<>();
  private long bytesRead;

  /// Meters `source`; closing this closes it.
  public MeteredSource(ByteSource source) {
    this.source = source;
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
    ByteView view = source.read(offset, length);
    // The lock is taken after the fetch, never over it.
    synchronized (reads) {
      reads.add(new Read(offset, view.length()));
      bytesRead += view.length();
    }
    return view;
  }

  /// Every read so far, in order of completion.
  public List<Read> reads() {
    synchronized (reads) {
      return List.copyOf(reads);
    }
  }

  /// The number of bytes delivered so far (bytes).
  public long bytesRead() {
    synchronized (reads) {
      return bytesRead;
    }
  }

  /// The number of reads so far.
  public int requests() {
    synchronized (reads) {
      return reads.size();
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
