package dev.pumphandle.corefile;

import java.io.IOException;

/// A source is no longer what it was when it was opened: what was read of it and what could be read
/// now are of two different objects, and must not be mixed.
public final class SourceChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  /// A source that changed.
  ///
  /// @param name the source's name
  public SourceChangedException(String name) {
    super(name + ": was written anew while it was being read");
  }
}
