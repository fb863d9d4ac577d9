package dev.pumphandle.fieldwork;

import java.io.IOException;

/// There is no core to be read, and asking again would not help: it was not kept, or it is wrapped
/// in a way that is not opened.
public final class NoCoreException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean refused;

  private NoCoreException(String reason, boolean refused) {
    super(reason);
    this.refused = refused;
  }

  /// A death that is told of, without a core.
  ///
  /// @param reason why, as a clause
  public static NoCoreException missing(String reason) {
    return new NoCoreException(reason, false);
  }

  /// A core that is not opened.
  ///
  /// @param reason why, as a clause
  public static NoCoreException refused(String reason) {
    return new NoCoreException(reason, true);
  }

  /// Whether it is there, but not opened.
  public boolean isRefused() {
    return refused;
  }
}
