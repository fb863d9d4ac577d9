package dev.pumphandle.stores.bucket;

import java.util.concurrent.TimeUnit;

/// How many requests may begin in a second. They are spaced evenly: a burst after a pause would be
/// what an account's limit punishes. Safe for many threads.
public final class Pace {

  /// No limit.
  public static final Pace FREE = new Pace(0);

  private final long nanosApart;
  private long next;
  private boolean begun;

  private Pace(long nanosApart) {
    this.nanosApart = nanosApart;
  }

  /// A pace.
  ///
  /// @param perSecond how many requests in a second, above zero
  public static Pace of(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(perSecond + " requests per second");
    }
    return new Pace(Math.max(1, Math.round(1e9 / perSecond)));
  }

  /// Waits until the next request may begin.
  void await() throws InterruptedException {
    if (nanosApart > 0) {
      TimeUnit.NANOSECONDS.sleep(turn(System.nanoTime()));
    }
  }

  /// How long a request that comes now has to wait (ns).
  synchronized long turn(long now) {
    long at = begun && next - now > 0 ? next : now;
    begun = true;
    next = at + nanosApart;
    return at - now;
  }
}
