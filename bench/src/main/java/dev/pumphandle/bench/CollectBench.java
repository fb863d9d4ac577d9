package dev.pumphandle.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whole runs on the same cores: `pumphandle collect` beside gdb, eu-stack and the C program that
/// only does the same reads. Prints one table; see `bench/run`.
public final class CollectBench {

  private static final Map<String, String> PLAIN = Map.of("LC_ALL", "C", "NO_COLOR", "1");

  private final Path scratch;
  private final Corpus corpus;
  private final PrintStream out;

  private CollectBench(Path scratch, Corpus corpus, PrintStream out) {
    this.scratch = scratch;
    this.corpus = corpus;
    this.out = out;
  }

  /// Runs the benchmark.
  ///
  /// @param arguments directory of real cores; how many replicas; launcher; the C program; scratch
  ///   directory, on the file system of the cores for the hard links
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 5) {
      System.err.println(
          "usage: CollectBench CORES REPLICAS LAUNCHER PREAD_BASELINE SCRATCH; see bench/run");
      System.exit(2);
    }
    Path scratch = Files.createDirectories(Path.of(arguments[4]));
    Corpus corpus =
        Corpus.replicate(
            Path.of(arguments[0]), scratch.resolve("replicas"), Integer.parseInt(arguments[1]));
    CollectBench bench = new CollectBench(scratch, corpus, System.out);
    bench.run(arguments[2], arguments[3]);
  }

  private void run(String launcher, String baseline) throws IOException, InterruptedException {
    out.printf(
        Locale.ROOT,
        "%d replicas of %d real cores, %.0f kB each on average%n",
        corpus.count(),
        corpus.originals().size(),
        averageBytes() / 1e3);
    out.printf(
        Locale.ROOT,
        "%-34s %8s %11s %11s %9s %12s%n",
        "",
        "cores",
        "cores/s",
        "cpu ms/core",
        "RSS MB",
        "bytes/core");

    Child floor = Child.run(scratch, PLAIN, List.of(baseline, corpus.replicas().toString(), "1"));
    print("C program, the same reads only", corpus.count(), floor, bytesOf(floor.output()));
    Optional<Child> gdb =
        perCore("gdb", core -> List.of("gdb", "-batch", "-nx", "-ex", "bt", "-c", core.toString()));
    gdb.ifPresent(
        child ->
            print("gdb -batch -ex bt --core", corpus.originals().size(), child, Optional.empty()));
    Optional<Child> stack =
        perCore("eu-stack", core -> List.of("eu-stack", "--core", core.toString()));
    stack.ifPresent(
        child -> print("eu-stack --core", corpus.originals().size(), child, Optional.empty()));

    Path workspace = scratch.resolve("workspace");
    Child.run(scratch, PLAIN, List.of(launcher, "init", workspace.toString()));
    List<String> collect =
        List.of(
            launcher, "collect", "--workspace", workspace.toString(), corpus.replicas().toString());
    Child ours = Child.run(scratch, PLAIN, collect);
    if (ours.exitCode() != 0 && ours.exitCode() != 3) {
      throw new IOException("collect ended with " + ours.exitCode() + ": " + ours.output());
    }
    print(
        "pumphandle collect, whole run",
        corpus.count(),
        ours,
        Optional.of(sum(launcher, workspace, "bytes_read") / corpus.count()));
    Child again = Child.run(scratch, PLAIN, collect);
    print("pumphandle collect, nothing new", corpus.count(), again, Optional.empty());
    out.printf(
        Locale.ROOT,
        "rows %d, exit %d, %.2f requests/core%n",
        sum(launcher, workspace, "1"),
        ours.exitCode(),
        (double) sum(launcher, workspace, "requests") / corpus.count());

    double ourCpu = ours.cpuSeconds() / corpus.count();
    gdb.ifPresent(
        child ->
            out.printf(
                Locale.ROOT,
                "times gdb, cpu: %.0f%n",
                child.cpuSeconds() / corpus.originals().size() / ourCpu));
    stack.ifPresent(
        child ->
            out.printf(
                Locale.ROOT,
                "times eu-stack, cpu: %.0f%n",
                child.cpuSeconds() / corpus.originals().size() / ourCpu));
    out.printf(
        Locale.ROOT,
        "of the C program's cpu: %.1f times%n",
        ourCpu / (floor.cpuSeconds() / corpus.count()));
  }

  private interface CommandFor {
    List<String> of(Path core);
  }

  /// One process a core, as these tools are used; empty where the tool is not installed.
  private Optional<Child> perCore(String tool, CommandFor command)
      throws IOException, InterruptedException {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(d -> Files.isExecutable(Path.of(d, tool)));
    if (!there) {
      out.println(tool + ": not installed, not measured");
      return Optional.empty();
    }
    List<Child> runs = new ArrayList<>();
    for (Path core : corpus.originals()) {
      runs.add(Child.run(scratch, PLAIN, command.of(core)));
    }
    return Optional.of(
        new Child(
            0,
            runs.stream().mapToDouble(Child::wallSeconds).sum(),
            runs.stream().mapToDouble(Child::cpuSeconds).sum(),
            runs.stream().mapToLong(Child::peakBytes).max().orElse(0),
            ""));
  }

  private void print(String what, int cores, Child child, Optional<Long> bytesPerCore) {
    out.printf(
        Locale.ROOT,
        "%-34s %8d %11.1f %11.4f %9.0f %12s%n",
        what,
        cores,
        cores / child.wallSeconds(),
        child.cpuSeconds() * 1000 / cores,
        child.peakBytes() / 1e6,
        bytesPerCore.map(Object::toString).orElse("-"));
  }

  private Optional<Long> bytesOf(String output) {
    return Stream.of(output.split(" ", -1))
        .filter(word -> word.startsWith("bytes="))
        .map(word -> Long.parseLong(word.substring(6)) / corpus.count())
        .findFirst();
  }

  private long sum(String launcher, Path workspace, String expression)
      throws IOException, InterruptedException {
    Child answer =
        Child.run(
            scratch,
            PLAIN,
            List.of(
                launcher,
                "sql",
                "--workspace",
                workspace.toString(),
                "-o",
                "csv",
                "SELECT sum(" + expression + ")::BIGINT AS n FROM cases"));
    String[] lines = answer.output().strip().split("\n", -1);
    return Long.parseLong(lines[lines.length - 1]);
  }

  private double averageBytes() throws IOException {
    long bytes = 0;
    for (Path core : corpus.originals()) bytes += Files.size(core);
    return (double) bytes / corpus.originals().size();
  }
}
