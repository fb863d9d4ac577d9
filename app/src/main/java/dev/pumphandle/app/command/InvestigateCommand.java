package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.investigate.FindingsGrid;
import dev.pumphandle.app.investigate.InvestigationJson;
import dev.pumphandle.app.investigate.InvestigationPage;
import dev.pumphandle.app.output.JsonRenderer;
import dev.pumphandle.app.question.CaseQuestion;
import dev.pumphandle.app.question.TimeSpan;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.Investigation;
import dev.pumphandle.epi.investigation.InvestigationOptions;
import dev.pumphandle.registry.StudyReader;
import dev.pumphandle.registry.StudyTables;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pumphandle investigate [FILTER]`: who, where, since when, one disease or several.
@Command(
    name = "investigate",
    header = "Investigate cases: one disease or several, since when, where and to whom.",
    footer = {
      "",
      "Examples:",
      "  pumphandle investigate                        control returned to where no code is",
      "  pumphandle investigate label:heap-corruption-abort",
      "  pumphandle investigate region:eastus2 --since 90d -o json > findings.json",
      "  pumphandle investigate --sql                  the questions behind the figures",
      "",
      "Cases are compared with all other crashes, and with the fleet's host-time where there is",
      "an inventory (host_intervals). Repeats within 24 hours on one node count once.",
      "--since and --until mean whole UTC days: the day of either moment is taken in, but for an",
      "--until that is a midnight, which ends the day before.",
      "",
    })
public final class InvestigateCommand implements Verb {

  // With fewer even the best of all would not be significant at 5 %, shared by two designs.
  private static final int FEWEST_REPLICATES = 39;

  private final Session session;

  @Mixin private CaseQuestion question = new CaseQuestion();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds, equal figures. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--replicates",
      paramLabel = "R",
      description = "Monte Carlo replicates of each test. Default: 999.")
  private int replicates = 999;

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public InvestigateCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    int rounds = AtLeast.of(FEWEST_REPLICATES, "--replicates", replicates);
    String asked = question.conditionAtAnyTime();
    TimeSpan span = question.span(Instant.now());
    boolean usual = asked.equals("true");
    String condition = usual ? InvestigationPage.USUAL_QUESTION : asked;
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session, question)) {
      StudyTables tables = StudyReader.read(opened.list(), condition, span.from(), span.to());
      if (sql.asked()) {
        return opened.outcome();
      }
      int threads = Runtime.getRuntime().availableProcessors();
      InvestigationOptions options =
          InvestigationOptions.usual(seed, threads).withReplicates(rounds);
      boolean watched = session.surroundings().errIsTerminal();
      Optional<Findings> findings =
          tables
              .study()
              .map(
                  study ->
                      Investigation.of(
                          study,
                          options,
                          step -> {
                            if (watched) {
                              session.say("… " + step);
                            }
                          }));
      switch (session.format()) {
        case TABLE, TSV ->
            new InvestigationPage(session, condition, usual).write(tables, findings, options);
        case JSON ->
            JsonRenderer.renderOne(
                InvestigationJson.of(condition, tables, findings, options), session.out());
        case NDJSON, CSV, MARKDOWN -> session.print(FindingsGrid.of(tables.study(), findings));
      }
      return opened.outcome();
    }
  }
}
