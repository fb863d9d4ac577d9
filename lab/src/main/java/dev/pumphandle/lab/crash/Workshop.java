package dev.pumphandle.lab.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Builds the lab's programs, each once for a state of the sources and of the compiler.
///
/// Executables are written under a temporary name and renamed, so that two labs at work in the
/// same cache cannot see each other's halves.
final class Workshop {

  private static final Duration COMPILE_LIMIT = Duration.ofMinutes(2);

  private final NativeSources sources;
  private final Path directory;

  private Workshop(NativeSources sources, Path directory) {
    this.sources = sources;
    this.directory = directory;
  }

  /// The workshop in a subdirectory of `cache` that belongs to these sources and this compiler.
  ///
  /// @param compilerVersion first line of the compiler's `--version`
  static Workshop open(Path cache, String compilerVersion) throws IOException {
    NativeSources sources = NativeSources.read();
    Path directory = cache.toAbsolutePath().resolve(sources.fingerprint(compilerVersion));
    sources.unpack(directory.resolve("source"));
    return new Workshop(sources, directory);
  }

  /// The directory of the executables.
  Path directory() {
    return directory;
  }

  /// Where the executable of that name is, or will be.
  Path executable(String program) {
    return directory.resolve(program);
  }

  /// Builds what is missing of these programs, as many at a time as there are processors.
  ///
  /// @return the programs that could not be built, each with the first line of the complaint
  Map<String, String> build(Iterable<String> programs) throws IOException, InterruptedException {
    Map<String, Future<Optional<String>>> builds = new TreeMap<>();
    Map<String, String> complaints = new TreeMap<>();
    try (ExecutorService crew =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (String program : programs) {
        Callable<Optional<String>> work = () -> build(program);
        if (!Files.isExecutable(executable(program))) builds.put(program, crew.submit(work));
      }
      for (Map.Entry<String, Future<Optional<String>>> build : builds.entrySet())
        build.getValue().get().ifPresent(c -> complaints.put(build.getKey(), c));
    } catch (ExecutionException e) {
      throw new IOException(directory + ": " + e.getCause(), e.getCause());
    }
    return complaints;
  }

  private Optional<String> build(String name) throws IOException, InterruptedException {
    Programs.Program program =
        sources
            .programs()
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException(name + ": not in programs.txt"));
    String driver = program.language().equals("c") ? "gcc" : "g++";
    Path fresh = Files.createTempFile(directory, name, ".new");
    try {
      Command compiled =
          Command.run(
              directory.resolve("source"),
              COMPILE_LIMIT,
              program.command(driver, fresh.toString()));
      if (compiled.status() != 0)
        return Optional.of(
            driver + ": " + compiled.complaint().lines().findFirst().orElse("no message"));
      Files.move(fresh, executable(name), StandardCopyOption.ATOMIC_MOVE);
      return Optional.empty();
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
