package dev.pumphandle.registry;

import java.io.IOException;

/// Something in a workspace that stops what was asked. The message says which file, what was
/// expected and what was found.
public sealed class RegistryException extends IOException
    permits RegistryException.NoWorkspace,
        RegistryException.BadSettings,
        RegistryException.BadDefinition,
        RegistryException.BadQuery,
        RegistryException.DamagedFile,
        RegistryException.NoSuchCase {

  private RegistryException(String message) {
    super(message);
  }

  /// There is no workspace here, or something else stands in its place.
  public static final class NoWorkspace extends RegistryException {
    NoWorkspace(String message) {
      super(message);
    }
  }

  /// `pumphandle.toml` says something that cannot be understood.
  public static final class BadSettings extends RegistryException {
    BadSettings(String message) {
      super(message);
    }
  }

  /// A case definition or exclusion that cannot be used.
  public static final class BadDefinition extends RegistryException {
    BadDefinition(String message) {
      super(message);
    }
  }

  /// SQL that DuckDB refused.
  public static final class BadQuery extends RegistryException {
    BadQuery(String message) {
      super(message);
    }
  }

  /// A file of the workspace that cannot be read to its end.
  public static final class DamagedFile extends RegistryException {
    DamagedFile(String message) {
      super(message);
    }
  }

  /// An id that names no row, or several.
  public static final class NoSuchCase extends RegistryException {
    NoSuchCase(String message) {
      super(message);
    }
  }
}
