package dev.pumphandle.corefile;

/// A place in a file: which file, which structure, which byte.
///
/// @param source the user's name for the file
/// @param path the structure in the format's own words, such as `note[17] CORE/NT_PRSTATUS`
/// @param offset where it is (bytes from the start of the source)
public record Where(String source, String path, long offset) {

  /// The place as messages write it: `<source>: <path> at offset 0x…`.
  @Override
  public String toString() {
    return source + ": " + path + " at offset 0x" + Long.toHexString(offset);
  }
}
