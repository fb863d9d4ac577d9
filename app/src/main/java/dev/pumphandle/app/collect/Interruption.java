package dev.pumphandle.app.collect;

import dev.pumphandle.app.Session;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What Ctrl-C (or a `kill`) means while something is being written: stop beginning, finish what is
/// in hand, write it, and only then let the process end.
public final class Interruption implements AutoCloseable {
  /// Longest wait for what is in hand: then the process ends all the same, and loses what it had
  /// not written.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile Runnable stop = () -> {};
  private volatile boolean came;

  private Interruption(Session session) {
    this.hook =
        new Thread(
            () -> {
              came = true;
              session.say("\nStopping: what is in hand is being finished and stored …");
              stop.run();
              await();
            },
            "interruption");
  }

  /// Begins to watch for the end of the process.
  public static Interruption watch(Session session) {
    Interruption interruption = new Interruption(session);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /// Says what to do when it comes.
  public void onInterrupt(Runnable stopping) {
    stop = stopping;
    if (came) {
      stopping.run(); // it came before anybody had said what to do
    }
  }

  /// Whether it came.
  public boolean came() {
    return came;
  }

  private void await() {
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Everything is written: the process may end.
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already, by way of the hook.
    }
  }
}
