package dev.pumphandle.trials;

import dev.pumphandle.app.Main;
import dev.pumphandle.app.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/// Pumphandle's command line, run in this process on a workspace of its own.
///
/// @param workspace where it is
/// @param environment what the environment says
record Collected(Path workspace, Map<String, String> environment) {

  /// What a command did.
  ///
  /// @param code its exit code
  /// @param out what it wrote to standard output
  /// @param err what it said
  record Ran(int code, String out, String err) {}

  /// A fresh workspace.
  ///
  /// @param settings lines for `pumphandle.toml`
  static Collected into(Path workspace, Map<String, String> environment, String settings)
      throws Exception {
    Collected fresh = new Collected(workspace, environment);
    Files.createDirectories(Objects.requireNonNull(workspace.getParent()));
    fresh.run("init", workspace.toString());
    Files.writeString(
        workspace.resolve("pumphandle.toml"), "\n" + settings, StandardOpenOption.APPEND);
    return fresh;
  }

  Ran collect(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "collect";
    all[1] = "--workspace";
    all[2] = workspace.toString();
    System.arraycopy(words, 0, all, 3, words.length);
    return run(all);
  }

  String ask(String question) {
    return run("sql", "--workspace", workspace.toString(), "-o", "csv", question).out();
  }

  private Ran run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new Surroundings(
                InputStream.nullInputStream(),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                Objects.requireNonNull(workspace.getParent()),
                new Surroundings.Screen(false, 100, false),
                false,
                false,
                "pumphandle"),
            words);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
