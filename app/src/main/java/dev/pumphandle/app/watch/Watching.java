package dev.pumphandle.app.watch;

import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.JsonRenderer;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Paragraph;
import dev.pumphandle.app.watch.WatchState.Delivery;
import dev.pumphandle.registry.FileProblem;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks, one after the other: take in what is new, look, remember, tell, deliver.
///
/// What is remembered is written before anything is told, and again after it was told: a watch that
/// is killed in between tells it at the next look. Nothing is missed; in that one moment something
/// may be told twice.
public final class Watching implements AutoCloseable {

  private final Session session;
  private final Workspace workspace;
  private final WatchPlan plan;
  private final Intake intake;
  private final Deliveries deliveries;
  private final Metrics metrics = new Metrics();
  private final Optional<Path> metricsFile;
  private final Duration lasting;
  private boolean filesLeftOut;

  /// What takes new evidence into the line list before each look.
  public interface Intake {
    /// Takes in what has come since the last time.
    void takeIn() throws IOException;
  }

  /// @param lasting how long an Alertmanager shall keep an alert if it hears nothing more
  Watching(
      Session session,
      Workspace workspace,
      WatchPlan plan,
      Intake intake,
      Deliveries deliveries,
      Optional<Path> metricsFile,
      Duration lasting) {
    this.session = session;
    this.workspace = workspace;
    this.plan = plan;
    this.intake = intake;
    this.deliveries = deliveries;
    this.metricsFile = metricsFile;
    this.lasting = lasting;
  }

  Metrics metrics() {
    return metrics;
  }

  /// One look.
  ///
  /// @param whole whether the whole picture is told, or only what is new
  /// @return whether there was something new to tell that is wrong
  boolean look(boolean whole) throws IOException {
    intake.takeIn();
    try (StateFile file = StateFile.take(workspace.root().resolve("data"))) {
      LookResult look;
      try (LineList list = LineList.open(workspace)) {
        filesLeftOut = !list.problems().isEmpty();
        for (FileProblem problem : list.problems()) {
          session.say("pumphandle: " + problem.sentence());
        }
        look = new Look(list, plan, Instant.now(), file.read()).result();
      }
      WatchState state = look.state();
      List<Delivery> due = deliveries.due(state);
      state = state.with(due);
      file.write(state);
      List<Alert> untold = state.untold();
      tell(look, untold, whole);
      state = state.afterTelling();
      file.write(state);
      List<Delivery> left = deliveries.deliver(state, due, look.at(), lasting);
      deliveries.problems().forEach(problem -> session.say("pumphandle: " + problem));
      file.write(state.with(left));
      metrics.take(look, left.size());
      if (metricsFile.isPresent()) {
        metrics.write(metricsFile.get());
      }
      return untold.stream().anyMatch(alert -> !alert.told());
    }
  }

  /// Whether the last look had to leave out files of the line list or of the inventory.
  boolean filesLeftOut() {
    return filesLeftOut;
  }

  private void tell(LookResult look, List<Alert> untold, boolean whole) throws IOException {
    OutputFormat format = session.format();
    if (whole && format == OutputFormat.JSON) {
      JsonRenderer.renderOne(LookPage.value(look), session.out());
    } else if (whole) {
      session.print(LookPage.grid(look));
      if (format == OutputFormat.TABLE) {
        alerts(look, untold);
      }
    } else if (format == OutputFormat.JSON || format == OutputFormat.NDJSON) {
      session.print(AlertWords.grid(untold));
    } else {
      for (Alert alert : untold) {
        session.out().append(AlertWords.minute(look.at())).append("  ");
        session.out().append(AlertWords.sentence(alert)).append('\n');
      }
    }
    session.out().flush();
    if (whole) {
      String footing = LookPage.footing(look);
      if (format == OutputFormat.TABLE) {
        Paragraph.lines(footing, session.columns()).forEach(session::say);
      } else {
        session.say(footing);
      }
    }
  }

  /// The alerts that go on and those whose end is new, in sentences below the table: there the
  /// hosts stand that a narrow screen has no column for.
  private void alerts(LookResult look, List<Alert> untold) throws IOException {
    List<Alert> all =
        Stream.concat(
                look.streams().stream().flatMap(each -> each.alert().stream()),
                untold.stream().filter(alert -> !alert.active()))
            .toList();
    for (Alert each : all) {
      session.out().append('\n');
      for (String line : Paragraph.lines(AlertWords.sentence(each), session.columns())) {
        session.out().append(line).append('\n');
      }
    }
  }

  @Override
  public void close() {
    deliveries.close();
  }
}
