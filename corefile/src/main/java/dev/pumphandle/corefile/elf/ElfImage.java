package dev.pumphandle.corefile.elf;

import dev.pumphandle.corefile.ByteSource;

/// An executable or shared object, opened.
public final class ElfImage {

  private final ByteSource source;

  ElfImage(ByteSource source) {
    this.source = source;
  }

  /// Where the bytes come from.
  public ByteSource source() {
    return source;
  }
}
