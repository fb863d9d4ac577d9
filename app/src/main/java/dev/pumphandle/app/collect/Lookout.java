package dev.pumphandle.app.collect;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Rounds over the same places, again and again: the line list is kept up to date as cores arrive.
///
/// Each round asks the line list anew what is known, so that a person may collect beside it: what
/// both read is one row all the same. A round that fails (a store that cannot be reached,
/// credentials that ran out) is told, and the next one tries again; the first must succeed, since a
/// place that is not there is most likely a mistake.
public final class Lookout {

  private final Session session;
  private final Workspace workspace;
  private final Wishes wishes;
  private final Interruption interruption;
  private final Duration pause;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /// @param pause how long to wait between the end of a round and the next
  public Lookout(
      Session session,
      Workspace workspace,
      Wishes wishes,
      Interruption interruption,
      Duration pause) {
    this.session = session;
    this.workspace = workspace;
    this.wishes = wishes;
    this.interruption = interruption;
    this.pause = pause;
  }

  /// Runs until interrupted.
  public ExitCode run(List<String> places) throws IOException {
    boolean first = true;
    try {
      while (true) {
        interruption.onInterrupt(stopped::countDown);
        if (stopped.getCount() > 0) {
          round(places, first);
        }
        first = false;
        interruption.onInterrupt(stopped::countDown);
        if (interruption.came() || stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return ExitCode.INTERRUPTED;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private void round(List<String> places, boolean first) throws IOException {
    try {
      Summary summary = new Collecting(session, workspace, wishes, interruption).run(places);
      if (first || summary.tally().done() > 0 || summary.bounded()) {
        session.say(summary.sentence());
        summary.details().forEach(session::say);
      }
    } catch (CommandException e) {
      if (first) {
        throw e;
      }
      session.say(
          "pumphandle: " + e.getMessage() + "; next try in " + ProgressLine.duration(pause));
    } catch (IOException e) {
      if (first) {
        throw e;
      }
      session.say(
          "pumphandle: " + e.getMessage() + "; next try in " + ProgressLine.duration(pause));
    }
  }
}
