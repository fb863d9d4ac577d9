package dev.pumphandle.fieldwork;

import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.linelist.CaseRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Examines many objects at once and hands the rows, one by one, to one taker.
///
/// Each object has a virtual thread of its own; how many run is bounded by jobs and by the bytes
/// that they may hold in memory together, so that memory stays flat however many objects there are.
/// The taker is called by the thread that runs the round: it need not be safe for several.
///
/// A round that is asked to stop begins nothing new, hands on what was finished, and lets go of
/// what is not finished soon: the next round finds those objects missing. One whose store is lost
/// stops in the same way.
public final class Round {

  /// What one examination may hold in memory while it runs, at a guess (bytes).
  private static final int BYTES_PER_EXAMINATION = 2 << 20;

  /// How long a round that was asked to stop waits for what is in hand.
  private static final Duration GRACE = Duration.ofMillis(500);

  /// Takes finished rows.
  public interface Taker {

    /// Takes one row.
    ///
    /// @throws IOException where it cannot be stored; that ends the round
    void take(CaseRow row) throws IOException;
  }

  private final Examination examination;
  private final int jobs;
  private final Semaphore inFlight;
  private final Progress progress = new Progress();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicBoolean abandoned = new AtomicBoolean();
  private final AtomicReference<@Nullable StoreUnusableException> lost = new AtomicReference<>();

  /// A round.
  ///
  /// @param examination how each object is examined
  /// @param jobs how many at once
  /// @param bytesInFlight how much memory they may hold together (bytes)
  public Round(Examination examination, int jobs, long bytesInFlight) {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs " + jobs);
    }
    this.examination = examination;
    long fit = Math.max(1, bytesInFlight / BYTES_PER_EXAMINATION);
    this.jobs = (int) Math.min(jobs, fit);
    this.inFlight = new Semaphore(this.jobs);
  }

  /// How far the round has come; may be asked at any time, from any thread.
  public Progress progress() {
    return progress;
  }

  /// Asks the round to stop: nothing new is begun, what is finished is handed on.
  public void stop() {
    stopped.set(true);
  }

  /// Whether it was asked to.
  public boolean stopped() {
    return stopped.get();
  }

  /// Runs until every object has its row, or until stopped.
  ///
  /// @param specimens the objects; may be a listing that is still going on
  /// @param seen which need not be examined
  /// @param taker where rows go
  /// @throws StoreUnusableException where the store was lost; what was finished was handed on
  /// @throws IOException where the taker cannot store a row
  public void run(Iterator<Specimen> specimens, Predicate<Specimen> seen, Taker taker)
      throws IOException {
    BlockingQueue<CaseRow> finished = new ArrayBlockingQueue<>(Math.max(64, jobs * 2));
    AtomicLong inHand = new AtomicLong();
    AtomicBoolean listed = new AtomicBoolean();
    Admission admission = new Admission();
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      workers.execute(() -> feed(specimens, seen, workers, finished, inHand, listed));
      long stopSeen = 0;
      // In this order: what is not in hand any more has handed in its rows.
      while (!listed.get() || inHand.get() > 0 || !finished.isEmpty()) {
        CaseRow row = finished.poll(50, TimeUnit.MILLISECONDS);
        if (row != null) {
          take(row, admission, taker);
        }
        if (stopped.get()) {
          stopSeen = stopSeen == 0 ? System.nanoTime() : stopSeen;
          if (System.nanoTime() - stopSeen > GRACE.toNanos()) {
            break;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.set(true);
      abandoned.set(true);
      workers.shutdownNow();
    }
    for (CaseRow row = finished.poll(); row != null; row = finished.poll()) {
      take(row, admission, taker);
    }
    StoreUnusableException problem = lost.get();
    if (problem != null) {
      throw problem;
    }
  }

  private void take(CaseRow row, Admission admission, Taker taker) throws IOException {
    Optional<CaseRow> admitted = admission.of(row);
    if (admitted.isPresent()) {
      taker.take(admitted.get());
      progress.took(admitted.get());
    }
  }

  private void feed(
      Iterator<Specimen> specimens,
      Predicate<Specimen> seen,
      ExecutorService workers,
      BlockingQueue<CaseRow> finished,
      AtomicLong inHand,
      AtomicBoolean listed) {
    try {
      while (!stopped.get() && specimens.hasNext()) {
        Specimen specimen = specimens.next();
        if (seen.test(specimen)) {
          progress.passedOver();
          continue;
        }
        inFlight.acquire();
        if (stopped.get()) {
          inFlight.release();
          break;
        }
        progress.listed(specimen);
        inHand.incrementAndGet();
        workers.execute(
            () -> {
              try {
                examine(specimen, seen, finished);
              } finally {
                inHand.decrementAndGet();
              }
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!storeIsLost(e)) {
        progress.listingFailed(e);
      }
    } finally {
      listed.set(true);
    }
  }

  private void examine(
      Specimen specimen, Predicate<Specimen> seen, BlockingQueue<CaseRow> finished) {
    // What an abandoned examination came to says nothing about its object.
    Unwrapping.Sink sink =
        row -> {
          if (!abandoned.get()) {
            finished.put(row);
          }
        };
    try {
      new Unwrapping(examination, this::row, specimen, seen, stopped::get, sink).rows();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | OutOfMemoryError e) {
      failed(specimen, e, finished);
    } finally {
      inFlight.release();
    }
  }

  /// One core must not end the run, whatever it does to us; a store that is lost must.
  private Optional<CaseRow> row(Specimen specimen) {
    try {
      return Optional.of(examination.of(specimen));
    } catch (RuntimeException | OutOfMemoryError e) {
      return storeIsLost(e) ? Optional.empty() : Optional.of(examination.failed(specimen, e));
    }
  }

  private boolean storeIsLost(Throwable problem) {
    if (problem instanceof UncheckedIOException wrapped
        && wrapped.getCause() instanceof StoreUnusableException unusable) {
      lost.compareAndSet(null, unusable);
      stopped.set(true);
      return true;
    }
    return false;
  }

  /// An archive whose walk failed by a fault of ours.
  private void failed(Specimen specimen, Throwable problem, BlockingQueue<CaseRow> finished) {
    if (storeIsLost(problem)) {
      return;
    }
    try {
      finished.put(examination.failed(specimen, problem));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
