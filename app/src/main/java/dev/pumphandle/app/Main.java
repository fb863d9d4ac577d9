package dev.pumphandle.app;

import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.registry.RegistryException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Where the process begins, and the one place that turns what went wrong into words and an exit
/// code.
public final class Main {
  /// How DuckDB shows where in a query something is wrong: over several lines, with an arrow.
  private static final Pattern PICTURE = Pattern.compile("\\s*LINE (\\d+):(?s:.*)");

  private static final Pattern NEGATED_FILTER = Pattern.compile("-[a-z][a-z0-9_]+:");

  private Main() {}

  /// Runs one command and ends the process with its exit code.
  ///
  /// @param arguments the command line
  public static void main(String[] arguments) {
    System.exit(run(Surroundings.ofThisProcess(), arguments));
  }

  /// Runs one command and answers its exit code; ends nothing.
  public static int run(Surroundings surroundings, String... arguments) {
    Session session = new Session(surroundings);
    CommandLine line = commandLine(session, arguments);
    if (arguments.length == 0) {
      session.say(line.getUsageMessage(line.getColorScheme()).stripTrailing());
      return ExitCode.USAGE.number();
    }
    // The parser's own writer would swallow what the system says of a full disk.
    StringWriter help = new StringWriter();
    line.setOut(new PrintWriter(help));
    int code = line.execute(filtersAreNoOptions(arguments));
    try {
      session.out().append(help.getBuffer());
      session.out().flush();
    } catch (IOException e) {
      // What could not be written was said already where the command itself met it.
      code = code == ExitCode.OK.number() ? failed(session, e) : code;
    }
    return code;
  }

  /// A filter may begin with a minus (`-version:2025.30`), which the parser would take for options.
  /// A comma before it changes nothing for the filter.
  private static String[] filtersAreNoOptions(String... arguments) {
    String[] words = arguments.clone();
    for (int at = 0; at < words.length; at++) {
      if (NEGATED_FILTER.matcher(words[at]).lookingAt()) {
        words[at] = "," + words[at];
      }
    }
    return words;
  }

  static CommandLine commandLine(Session session, String... arguments) {
    CommandLine line = new CommandLine(session.options());
    CommandTree.grow(line, session, arguments);
    line.registerConverter(OutputFormat.class, Main::format);
    line.setErr(
        new PrintWriter(
            new OutputStreamWriter(session.surroundings().err(), StandardCharsets.UTF_8), true));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            session.surroundings().screen().colour() ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(Math.clamp(session.columns(), 60, 110));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((problem, _) -> misused(session, problem));
    line.setExecutionExceptionHandler((problem, _, _) -> failed(session, problem));
    CommandTree.examplesFirst(line);
    return line;
  }

  private static OutputFormat format(String name) {
    return OutputFormat.named(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected table, tsv, json, ndjson, csv or markdown, found '" + name + "'"));
  }

  private static int misused(Session session, ParameterException problem) {
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    String message = Words.printable(String.valueOf(problem.getMessage()));
    session.say(command + ": " + lowerFirst(message) + ". Try: " + command + " --help");
    return ExitCode.USAGE.number();
  }

  private static int failed(Session session, Exception wrapped) {
    Exception problem =
        wrapped instanceof UncheckedIOException && wrapped.getCause() instanceof IOException inner
            ? inner
            : wrapped;
    if (problem instanceof IOException && readerHasGone(problem)) {
      return ExitCode.OK.number();
    }
    ExitCode code = problem instanceof CommandException known ? known.code() : ExitCode.FAILURE;
    session.say("pumphandle: " + Words.printable(sentence(problem)));
    if (session.options().debug()) {
      problem.printStackTrace(session.surroundings().err());
    }
    return code.number();
  }

  /// A reader such as `head` has seen enough. That is its right, and no failure of ours.
  private static boolean readerHasGone(Exception problem) {
    String message = String.valueOf(problem.getMessage());
    return message.contains("Broken pipe") || message.contains("EPIPE");
  }

  private static String sentence(Exception problem) {
    String message = String.valueOf(problem.getMessage());
    return switch (problem) {
      case CommandException _ -> message;
      case RegistryException.BadQuery _ -> PICTURE.matcher(message).replaceFirst(" (line $1)");
      case NoSuchFileException _ -> message + ": no such file or directory";
      case AccessDeniedException _ -> message + ": permission denied";
      case FileAlreadyExistsException _ -> message + ": is there already";
      case NotDirectoryException _ -> message + ": is not a directory";
      case FileSystemException _ -> message;
      case IOException _ -> message;
      default ->
          "internal error: "
              + problem.getClass().getSimpleName()
              + ": "
              + message
              + "; a bug of ours: --debug prints where";
    };
  }

  private static String lowerFirst(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
