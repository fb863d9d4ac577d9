package dev.pumphandle.app;

import java.util.Objects;

/// Which Pumphandle this is: written by the build into the jar's manifest.
public final class Version {
  private Version() {}

  /// The version, for instance `0.1.0`; `development` when run from loose classes.
  public static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
