package dev.pumphandle.lab.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A child process with an end: what it said, and how it ended.
///
/// @param status exit status, or −1 when it was killed for taking too long
/// @param output standard output, without the last line break
/// @param complaint standard error, without the last line break
record Command(int status, String output, String complaint) {

  /// Runs a command to its end, or kills it after `limit` or when this thread is interrupted.
  ///
  /// Output goes through files and not pipes, so that a grandchild which keeps a pipe open cannot
  /// keep us waiting.
  ///
  /// @throws IOException when it cannot be started
  static Command run(Path directory, Duration limit, List<String> words)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("pumphandle-lab", ".out");
    Path complaint = Files.createTempFile("pumphandle-lab", ".err");
    try {
      Process process =
          new ProcessBuilder(words)
              .directory(directory.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(output.toFile())
              .redirectError(complaint.toFile())
              .start();
      boolean ended = false;
      try {
        ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
      }
      int status = ended ? process.exitValue() : -1;
      return new Command(status, text(output), text(complaint));
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(complaint);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
  }
}
