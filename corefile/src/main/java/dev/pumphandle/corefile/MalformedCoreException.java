package dev.pumphandle.corefile;

/// A file that contradicts its own format in a place where nothing sensible can be assumed instead.
public final class MalformedCoreException extends CoreFormatException {

  private static final long serialVersionUID = 1;

  /// A contradiction.
  ///
  /// @param problem what is wrong
  public MalformedCoreException(Where where, String problem, String expected, String found) {
    super(where, problem, expected, found);
  }
}
