package dev.pumphandle.corefile;

import java.io.IOException;

/// The place where sources come from cannot be used any more, so that asking it for another one is
/// vain: the account is refused, the bucket has gone, the network is down.
public final class StoreUnusableException extends IOException {
  private static final long serialVersionUID = 1L;

  /// A place that is lost.
  ///
  /// @param message which place, and why
  /// @param cause what was noticed
  public StoreUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
