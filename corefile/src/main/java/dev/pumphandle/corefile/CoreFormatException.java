package dev.pumphandle.corefile;

import java.io.IOException;

/// A file that cannot be read as a core, with the place and the reason.
///
/// What is odd but not fatal is an [Anomaly] instead.
public abstract sealed class CoreFormatException extends IOException
    permits NotACoreException,
        UnsupportedCoreException,
        TruncatedCoreException,
        MalformedCoreException {

  private static final long serialVersionUID = 1;

  private final transient Where where;
  private final String expected;
  private final String found;

  CoreFormatException(Where where, String problem, String expected, String found) {
    super(where + ": " + problem + ", expected " + expected + ", found " + found);
    this.where = where;
    this.expected = expected;
    this.found = found;
  }

  CoreFormatException(Where where, String message, long needed, long available) {
    super(where + ": " + message);
    this.where = where;
    this.expected = needed + " bytes";
    this.found = available + " bytes";
  }

  /// The place that could not be read.
  public Where where() {
    return where;
  }

  /// What a core would have had there.
  public String expected() {
    return expected;
  }

  /// What this file has there.
  public String found() {
    return found;
  }
}
