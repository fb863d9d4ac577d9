package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.JsonRenderer;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.patient.PatientPage;
import dev.pumphandle.app.patient.PatientRow;
import dev.pumphandle.app.question.ColumnKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle show ID`: one case, the deciding line first.
@Command(
    name = "show",
    header = "One case: what it is and why, registers, stack words, frames.",
    footer = {
      "",
      "Examples:",
      "  pumphandle show 7f9b                 any beginning of a case_id that only one case has",
      "  pumphandle show 7f9b --stack 512     more of the stack",
      "  pumphandle show 7f9b -o json         every column",
      "",
    })
public final class ShowCommand implements Verb {
  private static final int MOST_STACK = 512;

  private final Session session;

  @Parameters(paramLabel = "ID", description = "The case_id, or its beginning.")
  private String id = "";

  @Option(
      names = "--stack",
      paramLabel = "BYTES",
      description = "How much of the stack over the stack pointer (at most 512). Default: 96.")
  private int above = 96;

  /// The command in one session.
  public ShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    if (above < 1 || above > MOST_STACK) {
      throw CommandException.usage(
          "show: --stack: expected 1 to " + MOST_STACK + ", found " + above);
    }
    try (OpenedLineList opened = OpenedLineList.of(session)) {
      String whole = opened.list().caseId(id);
      // Episodes need a walk over all cases; a page about one does without.
      boolean page = !session.formatAsked() || session.format() == OutputFormat.TABLE;
      String view = page ? "labelled" : "cases";
      Grid grid =
          opened.grid("select * from " + view + " where case_id = " + ColumnKind.literal(whole));
      Map<String, Value> row = new LinkedHashMap<>();
      List<Value> values = grid.rows().next();
      for (int at = 0; at < values.size(); at++) {
        row.put(grid.headings().get(at).name(), values.get(at));
      }
      if (page) {
        new PatientPage(new PatientRow(row), session.columns(), session.style(), above)
            .write(session.out());
        session.out().flush();
        session.suggest("label --explain " + id);
      } else if (session.format() == OutputFormat.JSON) {
        JsonRenderer.renderOne(new Value.Named(row), session.out());
      } else if (session.format() == OutputFormat.NDJSON) {
        session.print(Grid.of(grid.headings(), List.of(values)));
      } else {
        session.print(turned(row));
      }
      return opened.outcome();
    }
  }

  /// A single row reads better as a column.
  private static Grid turned(Map<String, Value> row) {
    List<List<Value>> lines = new ArrayList<>();
    row.forEach((name, value) -> lines.add(List.of(Value.text(name), value)));
    return Grid.of(List.of(Heading.words("column"), Heading.words("value")), lines);
  }
}
