package dev.pumphandle.corefile;

/// A dump of a kind we do not read: another machine, another operating system, 32-bit, a kernel's
/// own dump. [#found] names it.
public final class UnsupportedCoreException extends CoreFormatException {

  private static final long serialVersionUID = 1;

  /// A dump outside our scope.
  ///
  /// @param found the kind, as a noun phrase
  public UnsupportedCoreException(Where where, String expected, String found) {
    super(where, "a kind that is not read here", expected, found);
  }
}
