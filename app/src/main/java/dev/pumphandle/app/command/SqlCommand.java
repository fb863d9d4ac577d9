package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.question.AnswerGrid;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle sql [QUERY|-]`: any question, in DuckDB's SQL.
@Command(
    name = "sql",
    header = "Ask the line list in SQL (DuckDB). Reads only; reaches nothing but the workspace.",
    footer = {
      "",
      "Examples:",
      "  pumphandle sql 'select label, count(*) from cases group by all order by 2 desc'",
      "  pumphandle sql - < queries/by-host.sql",
      "  pumphandle sql --saved by-host -o csv",
      "  pumphandle curve --sql | pumphandle sql -     the questions behind a curve",
      "",
      "Several statements are run one after the other; temporary tables and views may be made.",
      "json and csv hold one answer: of several statements only one may answer.",
      "",
      "More: pumphandle help sql, pumphandle columns",
      "",
    })
public final class SqlCommand implements Verb {
  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "QUERY",
      description = "The question; - or nothing reads it from standard input.")
  private @Nullable String query;

  @Option(
      names = "--saved",
      paramLabel = "NAME",
      description = "The question in the workspace's queries/NAME.sql.")
  private @Nullable String saved;

  /// The command in one session.
  public SqlCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    if (query != null && saved != null) {
      throw CommandException.usage("sql: expected a query or --saved, found both");
    }
    Workspace workspace = OpenedLineList.workspace(session);
    String asked = saved != null ? workspace.savedQuery(saved) : typed();
    try (OpenedLineList opened = OpenedLineList.of(session, workspace)) {
      refuseSeveral(LineList.answers(asked));
      opened.list().askUntrusted(asked, answer -> session.print(AnswerGrid.of(answer)));
      return opened.outcome();
    }
  }

  private void refuseSeveral(long answers) {
    boolean oneDocument =
        session.format() == OutputFormat.JSON || session.format() == OutputFormat.CSV;
    if (oneDocument && answers > 1) {
      throw CommandException.usage(
          "sql: -o "
              + session.format()
              + ": expected one statement that answers, found "
              + answers
              + "; ask one at a time, or with -o ndjson, tsv, table or markdown");
    }
  }

  private String typed() throws IOException {
    if (query != null && !query.equals("-")) {
      return query;
    }
    if (query == null) {
      session.suggest("type a query, end with Ctrl-D; or: pumphandle sql 'select …'");
    }
    return new String(session.surroundings().in().readAllBytes(), StandardCharsets.UTF_8);
  }
}
