package dev.pumphandle.app.watch;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.collect.Interruption;
import dev.pumphandle.registry.Workspace;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A watch from its first look to its end.
public final class WatchRun {

  /// Longer than a day, so that an alert outlives the pause between two runs of a daily job.
  private static final Duration BETWEEN_RUNS = Duration.ofHours(25);

  private static final int LOOKS_MISSED = 4;

  private WatchRun() {}

  /// Watches until there is no more to watch, or until interrupted.
  public static ExitCode of(Session session, Workspace workspace, WatchWishes wishes)
      throws IOException {
    wishes.metricsFile().ifPresent(WatchRun::refuseUnwritable);
    Duration lasting = wishes.once() ? BETWEEN_RUNS : wishes.every().multipliedBy(LOOKS_MISSED);
    try (SourceIntake intake = new SourceIntake(session, workspace, wishes.sources());
        Watching watching =
            new Watching(
                session,
                workspace,
                wishes.plan(),
                intake,
                new Deliveries(wishes.receivers(), wishes.token()),
                wishes.metricsFile(),
                lasting)) {
      Optional<HTTPServer> metrics = served(session, watching.metrics(), wishes);
      try {
        return watch(session, wishes, intake, watching);
      } finally {
        metrics.ifPresent(HTTPServer::close);
      }
    }
  }

  // Told before the first look, which may take minutes and tells its alerts.
  private static void refuseUnwritable(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw CommandException.failure(
          "watch: --metrics-file: "
              + file
              + ": expected a file in a directory that can be written, found none");
    }
    if (Files.isDirectory(file)) {
      throw CommandException.failure(
          "watch: --metrics-file: " + file + ": expected a file, found a directory");
    }
  }

  private static ExitCode watch(
      Session session, WatchWishes wishes, SourceIntake intake, Watching watching)
      throws IOException {
    if (wishes.once()) {
      intake.await();
      boolean found = watching.look(true);
      return found && wishes.exitCode() ? ExitCode.FINDINGS : ended(intake, watching);
    }
    return follow(session, wishes, intake, watching);
  }

  private static ExitCode follow(
      Session session, WatchWishes wishes, SourceIntake intake, Watching watching)
      throws IOException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Interruption interruption = Interruption.watch(session)) {
      interruption.onInterrupt(stopped::countDown);
      boolean last = false;
      while (true) {
        last = intake.ended();
        watching.look(false);
        if (last) {
          return ended(intake, watching);
        }
        if (stopped.await(wishes.every().toMillis(), TimeUnit.MILLISECONDS)) {
          return ExitCode.INTERRUPTED;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private static ExitCode ended(SourceIntake intake, Watching watching) {
    return intake.unreadable() > 0 || watching.filesLeftOut()
        ? ExitCode.SOME_UNREADABLE
        : ExitCode.OK;
  }

  private static Optional<HTTPServer> served(Session session, Metrics metrics, WatchWishes wishes) {
    if (wishes.metricsAddress().isEmpty()) {
      return Optional.empty();
    }
    InetSocketAddress address = wishes.metricsAddress().get();
    try {
      HTTPServer server = metrics.serve(address.getAddress(), address.getPort());
      session.say(
          "Metrics: http://" + address.getHostString() + ":" + server.getPort() + "/metrics");
      return Optional.of(server);
    } catch (IOException e) {
      throw CommandException.failure(
          "watch: metrics cannot be served at " + address + ": " + e.getMessage());
    }
  }
}
