package dev.pumphandle.app;

/// A reason to end that the user can act on: printed as one line, without a stack trace.
///
/// The message follows the house grammar `<source>: <place>: what is wrong, expected …, found …`.
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  private CommandException(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  /// The command line was wrong (exit 2).
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /// The command could not do what was asked (exit 1).
  public static CommandException failure(String message) {
    return new CommandException(ExitCode.FAILURE, message);
  }

  /// A guard said no (exit 5).
  public static CommandException refused(String message) {
    return new CommandException(ExitCode.REFUSED, message);
  }

  /// How the process ends.
  public ExitCode code() {
    return code;
  }
}
