package dev.pumphandle.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// What a command did when run in this process, as a script would see it: no terminal, no colours.
///
/// @param code the exit code
/// @param out what went to standard output
/// @param err what went to standard error
record Ran(int code, String out, String err) {

  /// Standard output with its line breaks as spaces, for sentences that were broken.
  String oneLine() {
    return out.replaceAll("\\s+", " ");
  }

  static Ran in(Path directory, String... arguments) {
    return run(directory, "", new Surroundings.Screen(false, 80, false), Map.of(), arguments);
  }

  /// As on a terminal of this width, without colours.
  static Ran onTerminal(Path directory, int columns, String... arguments) {
    return run(directory, "", new Surroundings.Screen(true, columns, false), Map.of(), arguments);
  }

  /// With somebody watching standard error, so that the next command is suggested.
  static Ran watched(Path directory, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings alone =
        surroundings(directory, "", out, err, new Surroundings.Screen(false, 80, false), Map.of());
    Surroundings watched =
        new Surroundings(
            alone.in(),
            alone.out(),
            alone.err(),
            alone.environment(),
            alone.directory(),
            alone.screen(),
            alone.inIsPipe(),
            true,
            alone.called());
    int code = Main.run(watched, arguments);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Ran withInput(Path directory, String input, String... arguments) {
    return run(directory, input, new Surroundings.Screen(false, 80, false), Map.of(), arguments);
  }

  static Ran run(
      Path directory,
      String input,
      Surroundings.Screen screen,
      Map<String, String> environment,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(surroundings(directory, input, out, err, screen, environment), arguments);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Ran writingTo(OutputStream out, Path directory, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            surroundings(
                directory, "", out, err, new Surroundings.Screen(false, 80, false), Map.of()),
            arguments);
    return new Ran(code, "", err.toString(StandardCharsets.UTF_8));
  }

  private static Surroundings surroundings(
      Path directory,
      String input,
      OutputStream out,
      OutputStream err,
      Surroundings.Screen screen,
      Map<String, String> environment) {
    return new Surroundings(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        out,
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment,
        directory,
        screen,
        !input.isEmpty(),
        false,
        "pumphandle");
  }
}
