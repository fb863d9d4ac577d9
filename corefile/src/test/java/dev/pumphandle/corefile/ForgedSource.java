package dev.pumphandle.corefile;

import dev.pumphandle.lab.forge.ForgedCore;

/// A forged file as a byte source; holes cost nothing.
public record ForgedSource(String name, ForgedCore core) implements ByteSource {

  public ForgedSource(ForgedCore core) {
    this("forged.core", core);
  }

  @Override
  public long length() {
    return core.length();
  }

  @Override
  public ByteView read(long offset, int length) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("read(" + offset + ", " + length + ")");
    }
    byte[] bytes = offset >= core.length() ? new byte[0] : core.read(offset, length);
    return ByteView.ofOwned(bytes, bytes.length);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
