package dev.pumphandle.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// What a process is given by whoever starts it: streams, environment, directory, and whether a
/// person is watching.
///
/// @param in standard input
/// @param out standard output: data, in UTF-8; may fail when the reader has gone away
/// @param err standard error: talk
/// @param environment the environment variables
/// @param directory the current directory (absolute)
/// @param screen what stands behind `out`
/// @param inIsPipe whether another program writes to `in`
/// @param errIsTerminal whether a person watches `err`: progress is drawn only then
/// @param called how this program was called: what a suggested command begins with
public record Surroundings(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory,
    Screen screen,
    boolean inIsPipe,
    boolean errIsTerminal,
    String called) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /// What stands behind standard output.
  ///
  /// @param terminal whether it is one
  /// @param columns its width (characters)
  /// @param colour whether escape sequences may be written
  public record Screen(boolean terminal, int columns, boolean colour) {}

  /// This process's own. The launcher asks the shell what is a terminal and how wide it is, and
  /// passes the answers on as system properties, because Java can only ask about standard input and
  /// output together.
  public static Surroundings ofThisProcess() {
    Map<String, String> environment = System.getenv();
    boolean terminal = Boolean.getBoolean("pumphandle.stdout.terminal");
    return new Surroundings(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        environment,
        Path.of("").toAbsolutePath(),
        new Screen(terminal, columns(environment), colour(environment, terminal)),
        Boolean.getBoolean("pumphandle.stdin.pipe"),
        Boolean.getBoolean("pumphandle.stderr.terminal"),
        System.getProperty("pumphandle.called", "pumphandle"));
  }

  /// The width to write for: `COLUMNS`, else what the terminal says, else 80; never less than 40.
  private static int columns(Map<String, String> environment) {
    String asked = environment.getOrDefault("COLUMNS", "");
    int columns =
        asked.matches("[1-9][0-9]{0,4}")
            ? Integer.parseInt(asked)
            : Integer.getInteger("pumphandle.terminal.columns", 80);
    return columns <= 0 ? 80 : Math.max(40, columns);
  }

  /// Source: https://no-color.org (set and not empty means no); https://force-color.org likewise
  /// the other way round.
  private static boolean colour(Map<String, String> environment, boolean terminal) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    if (!environment.getOrDefault("FORCE_COLOR", "").isEmpty()) {
      return true;
    }
    return terminal && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
