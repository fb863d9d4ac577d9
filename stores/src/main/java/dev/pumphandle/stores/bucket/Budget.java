package dev.pumphandle.stores.bucket;

import java.util.concurrent.Semaphore;

/// How many requests, and how many bytes of answers, may be on their way at once. Whoever finds the
/// budget spent waits; a virtual thread that waits costs nothing.
final class Budget {
  private static final int UNIT = 1 << 10;

  private final Semaphore requests;
  private final Semaphore units;
  private final int allUnits;

  /// A budget.
  ///
  /// @param requests how many at once
  /// @param bytes how many at once (bytes); a single larger request takes all of it
  Budget(int requests, long bytes) {
    this.allUnits = (int) Math.max(1, bytes / UNIT);
    this.requests = new Semaphore(requests, true);
    this.units = new Semaphore(allUnits, true);
  }

  /// A share of it, to be given back.
  final class Share implements AutoCloseable {
    private final int held;

    private Share(int held) {
      this.held = held;
    }

    @Override
    public void close() {
      units.release(held);
      requests.release();
    }
  }

  /// Waits until a request may begin.
  Share take(long bytes) throws InterruptedException {
    int wanted = (int) Math.min(allUnits, bytes / UNIT + 1);
    requests.acquire();
    try {
      units.acquire(wanted);
    } catch (InterruptedException e) {
      requests.release();
      throw e;
    }
    return new Share(wanted);
  }
}
