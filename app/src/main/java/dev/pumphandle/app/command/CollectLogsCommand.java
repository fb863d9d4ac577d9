package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.logs.LogCollecting;
import dev.pumphandle.app.logs.LogSummary;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ColumnType;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.Standing;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle collect-logs PATH…`: logs in, a row for each death that they tell of.
@Command(
    name = "collect-logs",
    header = "Read logs and write a row for each death that they tell of.",
    description = {
      "",
      "Text with or without syslog's prefix, journalctl -o json, Kubernetes' and Docker's files, compressed or not;"
          + " directories are walked to the bottom, object stores are read as collect reads them; - is standard input. What carries a line is told by the line itself."
          + " A death that is told becomes a row with the columns of a core's row, as far as the log tells them: tier"
          + " probable where it has registers, suspect where it has none. Read the same log twice and nothing is counted"
          + " twice.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle collect-logs /var/log/pods",
      "  journalctl -k -o json | pumphandle collect-logs -",
      "  pumphandle collect-logs kern.log.*.gz --zone Europe/Berlin",
      "  kubectl logs leaf-0 --previous | pumphandle collect-logs - --place k8s_pod_name=leaf-0",
      "",
    })
public final class CollectLogsCommand implements Verb {
  private static final int MOST_JOBS = 256;

  private final Session session;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Logs, directories of logs, az://, s3:// or gs:// places, or - for standard input.")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The clock of lines that name no offset: Europe/Berlin, +02:00. Default: UTC.")
  private String zone = "UTC";

  @Option(
      names = "--place",
      paramLabel = "COLUMN=VALUE",
      description =
          "What the logs do not say of where they were written: k8s_node_name=n1. May be repeated.")
  private Map<String, String> places = new LinkedHashMap<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many logs to read at a time. Default: the processors.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  /// The command in one session.
  public CollectLogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw CommandException.usage(
          "collect-logs: --jobs: expected a number from 1 to " + MOST_JOBS + ", found " + jobs);
    }
    ZoneId clock = clock();
    places.keySet().forEach(CollectLogsCommand::check);
    Workspace workspace = OpenedLineList.workspace(session);
    LogSummary summary = new LogCollecting(session, workspace, clock, places, jobs).run(logs);
    if (session.formatAsked() && session.format() != OutputFormat.TABLE) {
      session.print(summary.grid());
      session.out().flush();
    }
    summary.sentences().forEach(session::say);
    session.suggest(summary.byDialect().isEmpty() ? "collect-logs PATH…" : "label");
    return summary.unreadable() > 0 ? ExitCode.SOME_UNREADABLE : ExitCode.OK;
  }

  private ZoneId clock() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw CommandException.usage(
          "collect-logs: --zone: expected a zone such as Europe/Berlin or +02:00, found '"
              + zone
              + "'");
    }
  }

  private static void check(String name) {
    Optional<Column<?>> column = LineListSchema.column(name);
    boolean place =
        column
            .filter(c -> c.type() == ColumnType.TEXT && c.standing() == Standing.STORED)
            .filter(c -> c.name().matches("(service|host|k8s|cloud|container|os|deployment)_.*"))
            .isPresent();
    if (!place) {
      throw CommandException.usage(
          "collect-logs: --place: expected a column that tells of a place, such as k8s_node_name,"
              + " found '"
              + name
              + "'");
    }
  }
}
