package dev.pumphandle.bench;

import com.sun.management.ThreadMXBean;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreFormatException;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.exam.Autopsy;
import dev.pumphandle.lab.forge.HostileFile;
import dev.pumphandle.lab.forge.HostileFiles;
import dev.pumphandle.linelist.CaseRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What each hostile file costs by itself: opened and examined as `collect` does, once, in the
/// order in which they are made, on one thread. Bytes are all that were ever allocated for it, an
/// upper bound of what was held at once.
public final class HostileBench {
  private static final int WORST = 5;

  private HostileBench() {}

  private record Cost(String name, String outcome, double seconds, long allocated) {}

  /// Runs it.
  ///
  /// @param arguments none
  public static void main(String[] arguments) {
    List<Cost> costs = new ArrayList<>();
    try (Stream<HostileFile> files = HostileFiles.all()) {
      files.forEach(file -> costs.add(cost(file)));
    }
    System.out.printf(
        Locale.ROOT,
        "%,d hostile files: %,d ended as a row, %,d as a named refusal, %,d otherwise%n",
        costs.size(),
        count(costs, "row"),
        count(costs, "refusal"),
        costs.size() - count(costs, "row") - count(costs, "refusal"));
    costs.stream()
        .filter(c -> !c.outcome.equals("row") && !c.outcome.equals("refusal"))
        .forEach(c -> System.out.println("  " + c.name + ": " + c.outcome));
    worst("slowest", costs, Comparator.comparingDouble(Cost::seconds));
    worst("most allocated", costs, Comparator.comparingLong(Cost::allocated));
  }

  private static long count(List<Cost> costs, String outcome) {
    return costs.stream().filter(c -> c.outcome.equals(outcome)).count();
  }

  private static void worst(String title, List<Cost> costs, Comparator<Cost> order) {
    System.out.println(title + ":");
    costs.stream()
        .sorted(order.reversed())
        .limit(WORST)
        .forEach(
            c ->
                System.out.printf(
                    Locale.ROOT,
                    "  %-45s %8.3f s %8.1f MB  %s%n",
                    c.name,
                    c.seconds,
                    c.allocated / 1e6,
                    c.outcome));
  }

  private static Cost cost(HostileFile file) {
    byte[] bytes = file.core().bytes();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    String outcome = examined(file.name(), bytes);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Cost(
        file.name(), outcome, seconds, threads.getCurrentThreadAllocatedBytes() - before);
  }

  private static String examined(String name, byte[] bytes) {
    try (ByteSource source = ByteSource.of(name, ByteView.ofOwned(bytes, bytes.length))) {
      CaseRow.Builder row = CaseRow.builder();
      new Autopsy(Executables.NONE, true).of(CoreFile.open(source), row, new ArrayList<>());
      return "row";
    } catch (CoreFormatException e) {
      return "refusal";
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return e.toString();
    }
  }
}
