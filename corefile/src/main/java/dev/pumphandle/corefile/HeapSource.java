package dev.pumphandle.corefile;

/// Bytes already in memory, as a source.
record HeapSource(String name, ByteView bytes) implements ByteSource {

  @Override
  public long length() {
    return bytes.length();
  }

  @Override
  public ByteView read(long offset, int length) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("read(" + offset + ", " + length + ")");
    }
    if (offset >= bytes.length()) {
      return ByteView.EMPTY;
    }
    int from = (int) offset;
    return bytes.slice(from, Math.min(length, bytes.length() - from));
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
