package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.investigate.EpiCurve;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.question.CaseQuestion;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pumphandle curve [FILTER]`: the epi curve.
@Command(
    name = "curve",
    header = "The epi curve: episodes by day or week, and their rate where there is an inventory.",
    footer = {
      "",
      "Examples:",
      "  pumphandle curve label:misaligned-stack",
      "  pumphandle curve region:eastus2 --by day --since 60d",
      "",
    })
public final class CurveCommand implements Verb {
  private final Session session;

  /// Width of a bar of the curve.
  enum Bin {
    DAY,
    WEEK
  }

  @Mixin private CaseQuestion question = new CaseQuestion();

  @Option(names = "--by", paramLabel = "BIN", description = "day or week. Default: week.")
  private Bin by = Bin.WEEK;

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public CurveCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session, question)) {
      Instant now = Instant.now();
      Grid grid =
          EpiCurve.grid(
              opened.list(),
              new EpiCurve.Asked(
                  question.condition(now),
                  question.conditionOnHostTime(EpiCurve::isOfHostTime),
                  question.span(now),
                  by == Bin.DAY ? 1 : 7),
              session.columns());
      boolean none = !grid.rows().hasNext();
      session.print(grid);
      if (none) {
        session.say("No case meets the question; pumphandle label shows what there is.");
      } else if (question.where().isPresent()) {
        session.say(
            "Of --where nothing is asked of host-time: rates are over what the words leave.");
      }
      return opened.outcome();
    }
  }
}
