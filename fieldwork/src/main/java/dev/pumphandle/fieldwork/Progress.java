package dev.pumphandle.fieldwork;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// How far a round has come. Safe for many threads.
public final class Progress {

  private final long startedAt = System.nanoTime();
  private final AtomicLong listed = new AtomicLong();
  private final AtomicLong passedOver = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesStored = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final Map<String, Long> states = new TreeMap<>();
  private volatile Optional<String> listingProblem = Optional.empty();

  Progress() {}

  /// A moment of a round.
  ///
  /// @param listed objects found that had to be examined, so far
  /// @param passedOver objects that stood in the line list already
  /// @param done rows handed on
  /// @param bytesRead bytes fetched for them
  /// @param bytesStored what those objects measure as stored (bytes)
  /// @param requests ranged reads made for them
  /// @param states how many rows of each read_state
  /// @param seconds since the round began
  /// @param listingProblem why the listing broke off, if it did
  public record Snapshot(
      long listed,
      long passedOver,
      long done,
      long bytesRead,
      long bytesStored,
      long requests,
      Map<String, Long> states,
      double seconds,
      Optional<String> listingProblem) {

    /// Copies the map.
    public Snapshot {
      states = Map.copyOf(states);
    }

    /// Rows per second since the round began.
    public double rate() {
      return seconds > 0 ? done / seconds : 0;
    }
  }

  void listed(Specimen specimen) {
    listed.incrementAndGet();
    bytesStored.addAndGet(specimen.bytes());
  }

  void passedOver() {
    passedOver.incrementAndGet();
  }

  void listingFailed(RuntimeException problem) {
    listingProblem = Optional.of(String.valueOf(problem.getMessage()));
  }

  void took(CaseRow row) {
    bytesRead.addAndGet(row.get(IdentityColumns.BYTES_READ).orElse(0L));
    requests.addAndGet(row.get(IdentityColumns.REQUESTS).orElse(0L));
    synchronized (states) {
      states.merge(row.get(IdentityColumns.READ_STATE).orElse("unreadable"), 1L, Long::sum);
    }
    done.incrementAndGet();
  }

  /// Now.
  public Snapshot now() {
    Map<String, Long> copy;
    synchronized (states) {
      copy = Map.copyOf(states);
    }
    return new Snapshot(
        listed.get(),
        passedOver.get(),
        done.get(),
        bytesRead.get(),
        bytesStored.get(),
        requests.get(),
        copy,
        (System.nanoTime() - startedAt) / 1e9,
        listingProblem);
  }
}
