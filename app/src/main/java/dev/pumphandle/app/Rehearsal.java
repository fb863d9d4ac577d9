package dev.pumphandle.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A run of the short commands with nobody watching, from which the JDK makes its ahead-of-time
/// cache.
///
/// What is loaded here starts faster later; nothing else depends on it. Started by the launcher
/// with `-XX:AOTCacheOutput`.
final class Rehearsal {
  private Rehearsal() {}

  /// Runs the commands and throws away what they write.
  ///
  /// @param arguments none
  public static void main(String[] arguments) {
    for (List<String> command : List.of(List.of("--help"), List.of("help", "sql"))) {
      Main.run(unwatched(Path.of("").toAbsolutePath()), command.toArray(new String[0]));
    }
  }

  private static Surroundings unwatched(Path directory) {
    return new Surroundings(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
        Map.of(),
        directory,
        new Surroundings.Screen(true, 120, true),
        false,
        false,
        "pumphandle");
  }
}
