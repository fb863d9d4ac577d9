package dev.pumphandle.lab.forge;

/// A number in a forged file that has a name, so that a test can make it lie.
///
/// @param name   the path to it, for example `note[3].descsz` or `phdr[7].p_filesz`
/// @param offset where it stands (bytes from the start of what holds it; from the start of the file
/// in a [ForgedCore])
/// @param width  its size: 1, 2, 4 or 8 (bytes)
public record Field(String name, long offset, int width) {

  /// Refuses widths that no number has.
  public Field {
    if (width != 1 && width != 2 && width != 4 && width != 8)
      throw new IllegalArgumentException(name + ": a number of " + width + " bytes");
  }

  /// The largest unsigned value that fits.
  public long max() {
    return width == 8 ? -1L : (1L << (8 * width)) - 1;
  }

  Field moved(String prefix, long by) {
    return new Field(prefix + name, offset + by, width);
  }
}
