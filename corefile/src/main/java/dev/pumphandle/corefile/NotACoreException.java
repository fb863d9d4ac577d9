package dev.pumphandle.corefile;

/// The wrong kind of file: an executable, a script, compressed data, an empty file. [#found] names
/// the kind.
public final class NotACoreException extends CoreFormatException {

  private static final long serialVersionUID = 1;

  /// A file of another kind.
  ///
  /// @param found the kind, as a noun phrase
  public NotACoreException(Where where, String expected, String found) {
    super(where, "not a core", expected, found);
  }
}
