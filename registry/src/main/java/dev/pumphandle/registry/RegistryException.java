package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something in a workspace that stops what was asked. The message says which file, what was
/// expected and what was found.
public sealed class RegistryException extends IOException
    permits RegistryException.NoWorkspace,
        RegistryException.BadSettings,
        RegistryException.BadDefinition,
        RegistryException.BadQuery,
        RegistryException.DamagedFile,
        RegistryException.NotWritten,
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

  /// A file or directory that could not be written: the disk is full, or is not ours to write.
  ///
  /// What was read is not to blame, so whoever reads several things stops here.
  public static final class NotWritten extends RegistryException {
    /// DuckDB's message: the file in quotes, then what the system said; at times in JSON.
    private static final Pattern SYSTEM = Pattern.compile("\": ([^\"]+)(?:\".*)?$");

    private NotWritten(String message) {
      super(message);
    }

    /// The failure with its reason in the system's words.
    ///
    /// @param place what could not be written
    public static NotWritten because(Path place, Exception why) {
      return why instanceof NotWritten known
          ? known
          : new NotWritten(place + ": cannot be written: " + reason(why));
    }

    private static String reason(Exception why) {
      return switch (why) {
        case NoSuchFileException _ -> "its directory is not there";
        case AccessDeniedException _ -> "permission denied";
        case FileAlreadyExistsException e -> e.getFile() + " is no directory";
        case FileSystemException e when e.getReason() != null -> e.getReason();
        default -> {
          String message = DuckMessage.firstLine(why.getMessage());
          Matcher system = SYSTEM.matcher(message);
          yield system.find() ? system.group(1) : message;
        }
      };
    }
  }

  /// An id that names no row, or several.
  public static final class NoSuchCase extends RegistryException {
    NoSuchCase(String message) {
      super(message);
    }
  }
}
