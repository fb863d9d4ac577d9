package dev.pumphandle.fieldwork.fleet;

import java.io.IOException;

/// A file of which nothing was taken. The message says where, what was expected and what was found.
public final class FleetFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  FleetFormatException(String message) {
    super(message);
  }

  static FleetFormatException at(String source, long line, String what) {
    return new FleetFormatException(source + ":" + line + ": " + what);
  }
}
