package dev.pumphandle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What running another program cost.
///
/// @param exitCode its exit code
/// @param wallSeconds from start to end (seconds)
/// @param cpuSeconds user and system time of the program and of its children that it waited for
///   (seconds). Source: proc(5), `/proc/self/stat`, fields cutime and cstime, in clock ticks
/// @param peakBytes the most memory that was resident at once (bytes), as last seen before the end.
///   Source: proc(5), `/proc/pid/status`, `VmHWM`
/// @param output what it wrote to standard output
public record Child(
    int exitCode, double wallSeconds, double cpuSeconds, long peakBytes, String output) {

  private static final double TICKS_PER_SECOND = 100;

  /// Runs a program to its end. Its standard error goes nowhere.
  ///
  /// @param directory where it runs
  /// @param environment variables added to ours
  /// @param command the program and its arguments
  public static Child run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("pumphandle-bench", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(directory.toFile());
      builder.environment().putAll(environment);
      builder.redirectOutput(output.toFile());
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      double cpuBefore = childrenSeconds();
      long start = System.nanoTime();
      Process process = builder.start();
      long peak = 0;
      while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakOf(process.pid()).orElse(0L));
      }
      double wall = (System.nanoTime() - start) / 1e9;
      return new Child(
          process.exitValue(),
          wall,
          childrenSeconds() - cpuBefore,
          peak,
          Files.readString(output).strip());
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static Optional<Long> peakOf(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      // It ended between two looks; the last look stands.
      return Optional.empty();
    }
  }

  /// The JVM reaps a child soon after it ends, and only then do its seconds count as ours.
  private static double childrenSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    // After the name, field 3 of proc(5) is the first; cutime is field 16 and cstime field 17.
    return (Long.parseLong(fields.get(13)) + Long.parseLong(fields.get(14))) / TICKS_PER_SECOND;
  }
}
