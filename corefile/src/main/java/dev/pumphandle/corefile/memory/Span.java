package dev.pumphandle.corefile.memory;

/// A range of memory that somebody wants.
///
/// @param from the first address (unsigned)
/// @param bytes how many (bytes, not negative)
public record Span(long from, int bytes) {

  /// Refuses a negative size, which is a bug of the caller.
  public Span {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes " + bytes);
    }
  }
}
