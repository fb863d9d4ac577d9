package dev.pumphandle.epi.chance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;

/// Replicates of a statistic under the null hypothesis, and what they say of the observed one.
public final class MonteCarlo {

  // Two arrangements of the same counts can differ in the last digits; they count as equal.
  private static final double TIE = 1e-9;
  private static final int BATCH = 8;

  private MonteCarlo() {}

  /// One worker: draws a data set from `random` and returns its statistic. A worker may keep
  /// scratch
  /// arrays, since each thread has its own; it may not keep anything that changes an answer.
  @FunctionalInterface
  public interface Replicate {
    /// The statistic of one simulated data set.
    double statistic(UniformRandomProvider random);
  }

  /// The statistics of replicates `from` (inclusive) to `to` (exclusive), by index.
  ///
  /// @param threads how many threads share the work; changes the time taken, never the answer
  public static double[] statistics(
      Streams streams, int from, int to, int threads, Supplier<Replicate> workers) {
    double[] result = new double[to - from];
    int useful = Math.max(1, Math.min(threads, (to - from) / BATCH));
    AtomicInteger next = new AtomicInteger(from);
    Runnable work =
        () -> {
          Replicate worker = workers.get();
          for (int batch = next.getAndAdd(BATCH); batch < to; batch = next.getAndAdd(BATCH)) {
            for (int i = batch; i < Math.min(batch + BATCH, to); i++)
              result[i - from] = worker.statistic(streams.stream(i));
          }
        };
    share(work, useful);
    return result;
  }

  private static void share(Runnable work, int threads) {
    if (threads == 1) {
      work.run();
      return;
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) parts.add(pool.submit(work));
      for (Future<?> part : parts) part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replicates were running", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException("a replicate failed", e.getCause());
    }
  }

  /// How many replicates reach the observed value; ties count.
  public static int reaching(double[] statistics, double observed) {
    double bar = observed - TIE * Math.max(1, Math.abs(observed));
    int count = 0;
    for (double s : statistics) if (s >= bar) count++;
    return count;
  }

  /// The Monte Carlo p-value `(1 + #{replicate ≥ observed}) / (R + 1)`: never zero, and exact at
  /// level α when α(R + 1) is whole.
  ///
  /// Source: A. Davison, D. Hinkley, Bootstrap Methods and their Application (1997), §4.2.
  public static double pValue(double[] statistics, double observed) {
    return (1.0 + reaching(statistics, observed)) / (statistics.length + 1.0);
  }
}
