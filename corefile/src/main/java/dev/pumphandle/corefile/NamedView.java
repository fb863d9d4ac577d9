package dev.pumphandle.corefile;

/// A view that knows where it stands in its file, whose reads carry the field's name: a number that
/// is not there is reported as `<source>: <structure>.<field> at offset 0x…`.
///
/// @param view the bytes of the structure, as far as the file has them
/// @param source the name of the source
/// @param path the structure, in the format's own words
/// @param offset where the structure begins (bytes from the start of the source)
public record NamedView(ByteView view, String source, String path, long offset) {

  /// The two bytes of `field` (unsigned).
  ///
  /// @throws TruncatedCoreException where the file ends before them
  public int u16(String field, int at) throws TruncatedCoreException {
    need(field, at, 2);
    return view.u16(at);
  }

  /// The four bytes of `field` (unsigned).
  ///
  /// @throws TruncatedCoreException where the file ends before them
  public long u32(String field, int at) throws TruncatedCoreException {
    need(field, at, 4);
    return view.u32(at);
  }

  /// The eight bytes of `field` (unsigned).
  ///
  /// @throws TruncatedCoreException where the file ends before them
  public long u64(String field, int at) throws TruncatedCoreException {
    need(field, at, 8);
    return view.u64(at);
  }

  /// Where `field` stands, for messages.
  public Where where(String field, int at) {
    return new Where(source, path + "." + field, offset + at);
  }

  private void need(String field, int at, int width) throws TruncatedCoreException {
    if (at > view.length() - width) {
      throw new TruncatedCoreException(where(field, at), width, Math.max(0, view.length() - at));
    }
  }
}
