package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.investigate.InvestigationPage;
import dev.pumphandle.app.investigate.LoadPage;
import dev.pumphandle.app.investigate.Measured;
import dev.pumphandle.app.investigate.RaceEstimate;
import dev.pumphandle.app.question.CaseQuestion;
import dev.pumphandle.app.question.TimeSpan;
import dev.pumphandle.epi.investigation.InvestigationOptions;
import dev.pumphandle.epi.investigation.LoadCheck;
import dev.pumphandle.registry.StudyReader;
import dev.pumphandle.registry.StudyTables;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pumphandle race`: is a race of this width enough for that many crashes, and do they follow the
/// load as a race's must?
@Command(
    name = "race",
    header =
        "How often a race window is hit, how wide it must be, or whether cases follow the load.",
    footer = {
      "",
      "Examples:",
      "  pumphandle race --window 100ps --period 10ms --operations 20000/s --hosts 50",
      "  pumphandle race --window 0.3ns~3 --period 10ms --operations 0.5/s~5 --hosts 10000",
      "  pumphandle race --observed 390 --period 10ms --operations 0.5/s --hosts 10000",
      "  pumphandle race --load label:return-to-null   do these cases follow the load?",
      "",
      "A value followed by ~F is known within a factor F, with 90 %%. --load asks the line list and",
      "the inventory's exceptions_per_second instead: a race rises in proportion to it.",
      "--since and --until mean whole UTC days here: the day of either moment is taken in, but for an",
      "--until that is a midnight, which ends the day before.",
      "",
    })
public final class RaceCommand implements Verb {
  private final Session session;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      description = "Width of the window, as in 0.3ns.")
  private @Nullable String window;

  @Option(
      names = "--observed",
      paramLabel = "N",
      description = "Crashes seen: asks for the window instead.")
  private @Nullable Long observed;

  @Option(
      names = "--period",
      paramLabel = "TIME",
      description = "Mean time between the events that may hit it, as in 10ms.")
  private @Nullable String period;

  @Option(
      names = "--operations",
      paramLabel = "RATE",
      description = "How often a host opens the window, as in 0.5/s.")
  private @Nullable String operations;

  @Option(names = "--hosts", paramLabel = "N", description = "How many hosts. Default: 1.")
  private @Nullable String hosts;

  @Option(names = "--time", paramLabel = "TIME", description = "How long. Default: 30d.")
  private @Nullable String time;

  @Option(
      names = "--harm",
      paramLabel = "P",
      description = "How likely a hit does harm, above 0 to 1. Default: 1.")
  private @Nullable String harm;

  @Option(
      names = "--load",
      description =
          "Asks whether cases follow the load that the inventory counts (exceptions_per_second).")
  private boolean load;

  @Mixin private CaseQuestion question = new CaseQuestion();

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public RaceCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    return load ? followsLoad() : estimated();
  }

  private ExitCode followsLoad() throws IOException {
    if (observed != null
        || Stream.of(window, period, operations, hosts, time, harm).anyMatch(Objects::nonNull)) {
      throw CommandException.usage(
          "race: --load takes its figures from the line list: expected none by hand beside it");
    }
    String asked = question.conditionAtAnyTime();
    TimeSpan span = question.span(Instant.now());
    String condition = asked.equals("true") ? InvestigationPage.USUAL_QUESTION : asked;
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session, question)) {
      StudyTables tables = StudyReader.read(opened.list(), condition, span.from(), span.to());
      InvestigationOptions options =
          InvestigationOptions.usual(1, Runtime.getRuntime().availableProcessors());
      Optional<LoadCheck> check = tables.study().flatMap(study -> LoadCheck.of(study, options));
      new LoadPage(session).write(check, tables.intake().caseEpisodes());
      return opened.outcome();
    }
  }

  private ExitCode estimated() throws IOException {
    if (!question.isEmpty() || sql.asked()) {
      throw CommandException.usage(
          "race: a filter and --sql ask the line list: expected --load beside them");
    }
    if (period == null || operations == null) {
      throw CommandException.usage(
          "race: expected --period and --operations, or --load to ask the line list");
    }
    if ((window == null) == (observed == null)) {
      throw CommandException.usage("race: expected either --window or --observed");
    }
    if (observed != null && observed < 0) {
      throw CommandException.usage("race: --observed: expected at least 0, found " + observed);
    }
    Measured likely = Measured.parse("--harm", given(harm, "1"), Measured.COUNT);
    if (likely.value() > 1) {
      throw CommandException.usage("race: --harm: expected at most 1, found " + harm);
    }
    RaceEstimate estimate =
        new RaceEstimate(
            Measured.parse("--period", period, Measured.TIME),
            Measured.parse("--operations", operations, Measured.RATE),
            Measured.parse("--hosts", given(hosts, "1"), Measured.COUNT),
            Measured.parse("--time", given(time, "30d"), Measured.TIME),
            likely);
    long seen = observed == null ? 0 : observed;
    Optional<Measured> width =
        Optional.ofNullable(window).map(text -> Measured.parse("--window", text, Measured.TIME));
    if (session.formatIsForReaders()) {
      session.tell(width.map(estimate::hits).orElseGet(() -> estimate.window(seen)));
    } else {
      session.print(width.map(estimate::hitsGrid).orElseGet(() -> estimate.windowGrid(seen)));
    }
    return ExitCode.OK;
  }

  private static String given(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
