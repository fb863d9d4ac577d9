package dev.pumphandle.stores.bucket;

import dev.pumphandle.corefile.StoreUnusableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The one place where requests to object stores are made: within a budget, each with a deadline,
/// and again where that may help. SDKs do not retry on their own.
///
/// What is worth repeating (throttling, the store's own errors, broken connections, slow and short
/// answers) is repeated with pauses drawn at random; a store that names a wait is not asked by
/// anybody until then. A refusal is questioned a few times with fresh credentials before it is
/// believed: tokens expire in mid-run. What concerns one object ends as an [IOException] for that
/// object; what concerns the account or the bucket as [StoreUnusableException].
public final class Requests implements AutoCloseable {
  private final Patience patience;
  private final Budget budget;
  private final Pace pace;
  private final Traffic traffic = new Traffic();
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
  private final AtomicInteger lossesInARow = new AtomicInteger();

  /// Requests that share one budget.
  ///
  /// @param patience how often and how long to try
  /// @param inFlight how many at once
  /// @param bytesInFlight how many bytes of answers at once (bytes)
  /// @param pace how many may begin in a second
  public Requests(Patience patience, int inFlight, long bytesInFlight, Pace pace) {
    this.patience = patience;
    this.pace = pace;
    this.budget = new Budget(inFlight, bytesInFlight);
  }

  /// What was asked so far.
  public Traffic traffic() {
    return traffic;
  }

  /// Makes one request, as often as it takes.
  ///
  /// @param bucket who is asked
  /// @param verb what kind of request it is
  /// @param name what messages call its object: a URI
  /// @param bytes how many bytes the answer may have (bytes)
  /// @param attempt one attempt
  /// @throws StoreUnusableException where the account, the bucket or the network is lost
  /// @throws BucketFailure of kind GONE or CHANGED, which the caller must look into
  /// @throws IOException where this object cannot be had
  <T> T make(Bucket bucket, Traffic.Verb verb, String name, long bytes, Callable<T> attempt)
      throws IOException {
    int failures = 0;
    int refusals = 0;
    while (true) {
      try {
        waitForQuiet();
        pace.await();
        traffic.asked(bucket.uri(""), verb, failures + refusals > 0);
        T answer = once(bucket, bytes, attempt);
        lossesInARow.set(0);
        return answer;
      } catch (BucketFailure failure) {
        traffic.failed(failure.kind());
        switch (failure.kind()) {
          case THROTTLED, SERVER, CONNECTION, TIMEOUT, LENGTH -> {
            if (++failures >= patience.attempts()) {
              throw lost(bucket, name, failure, failures + " attempts");
            }
          }
          case CREDENTIALS, FORBIDDEN, NO_BUCKET -> {
            if (++refusals >= patience.doubts()) {
              throw refused(bucket, name, failure);
            }
            bucket.renewCredentials();
          }
          case GONE, CHANGED -> {
            // Of a listing neither can be true.
            if (verb != Traffic.Verb.LIST) {
              throw failure;
            }
            if (++refusals >= patience.doubts()) {
              throw new IOException(name + ": " + failure.getMessage(), failure);
            }
          }
          case WITHHELD, REFUSED ->
              throw new IOException(name + ": " + failure.getMessage(), failure);
        }
        pause(failure, failures + refusals);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw stopped(name);
      } catch (RejectedExecutionException | CancellationException _) {
        throw stopped(name);
      }
    }
  }

  private <T> T once(Bucket bucket, long bytes, Callable<T> attempt)
      throws BucketFailure, InterruptedException {
    try (Budget.Share _ = budget.take(bytes)) {
      Future<T> answer = attempts.submit(attempt);
      try {
        return answer.get(patience.deadline(bytes).toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw BucketFailure.onTheWay(e);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
          throw error;
        }
        throw cause instanceof Exception known ? bucket.explain(known) : bucket.explain(e);
      } finally {
        answer.cancel(true);
      }
    }
  }

  private IOException refused(Bucket bucket, String name, BucketFailure failure) {
    return switch (failure.kind()) {
      case CREDENTIALS, NO_BUCKET ->
          new StoreUnusableException(bucket.name() + ": " + failure.getMessage(), failure);
      default -> lost(bucket, name, failure, "permission");
    };
  }

  /// One object lost is that object's trouble; many, with none had in between, are the store's.
  private IOException lost(Bucket bucket, String name, BucketFailure failure, String tried) {
    int inARow = lossesInARow.incrementAndGet();
    if (inARow >= patience.lossesInARow()) {
      return new StoreUnusableException(
          bucket.name()
              + ": nothing could be had of the last "
              + inARow
              + " objects, at last: "
              + failure.getMessage(),
          failure);
    }
    String how = failure.kind() == BucketFailure.Kind.FORBIDDEN ? "" : ", after " + tried;
    return new IOException(name + ": " + failure.getMessage() + how, failure);
  }

  private void pause(BucketFailure failure, int failures) throws IOException {
    long longest = patience.pauseAfter(failures).toNanos();
    long drawn = longest <= 0 ? 0 : ThreadLocalRandom.current().nextLong(longest + 1);
    try {
      if (failure.retryAfter().isPresent()) {
        Duration asked = failure.retryAfter().get();
        long until = System.nanoTime() + asked.toNanos();
        quietUntil.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
        drawn += asked.toNanos();
      }
      TimeUnit.NANOSECONDS.sleep(drawn);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw stopped("a pause between requests");
    }
  }

  /// While a store has asked for quiet, nobody asks it anything.
  private void waitForQuiet() throws InterruptedException {
    long left = quietUntil.get() - System.nanoTime();
    while (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
      left = quietUntil.get() - System.nanoTime();
    }
  }

  private static IOException stopped(String name) {
    return new InterruptedIOException(name + ": the run was stopped");
  }

  /// Gives up what is under way.
  @Override
  public void close() {
    attempts.shutdownNow();
  }
}
