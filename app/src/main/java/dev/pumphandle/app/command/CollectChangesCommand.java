package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.fleet.ChangeCollecting;
import dev.pumphandle.app.fleet.ChangeSummary;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.question.TimeBound;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle collect-changes FILE…`: the fleet's calendar.
@Command(
    name = "collect-changes",
    header = "Read the fleet's calendar: releases, kernels, configuration, scheduled events.",
    description = {
      "",
      "Tables (CSV, NDJSON, Parquet) with columns at, kind and what; helm history -o json; kubectl get replicasets"
          + " -o json; scheduled events of Azure, operations of Google, instance status of Amazon: the"
          + " kind of a file is told by its content; compressed files are read as they are. An investigation"
          + " says which changes lie inside the interval of an onset, and how likely that is by chance. A file"
          + " that was taken before changes nothing; one with an error is refused whole, the others are taken.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle collect-changes changes.csv              columns at,kind,what are enough",
      "  pumphandle collect-changes releases.csv --kind release   columns at,what are enough",
      "  helm history leaf -o json > leaf.json; pumphandle collect-changes leaf.json --cluster prod-7",
      "  pumphandle collect-changes replicasets.json --cluster prod-7",
      "  pumphandle collect-changes scheduled-events/*.json",
      "",
    })
public final class CollectChangesCommand implements Verb {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of changes.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "What kind of changes they are, where they do not say so: release, kernel, …")
  private @Nullable String kind;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "In which cluster, where the files do not say so.")
  private @Nullable String cluster;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When the files were made: 2026-06-03T10:00:00Z; for scheduled events that had begun. Default: the"
              + " stamp in the file's name, else when it was written.")
  private @Nullable String at;

  @Option(
      names = "--skip-unknown",
      description = "Pass over columns that are not ours; otherwise they are an error.")
  private boolean skipUnknown;

  /// The command in one session.
  public CollectChangesCommand(Session session) {
    this.session = session;
  }

  private static void refuseBlank(String option, @Nullable String word) {
    if (word != null && word.isBlank()) {
      throw CommandException.usage("collect-changes: " + option + ": expected a word, found none");
    }
  }

  @Override
  public ExitCode run() throws IOException {
    refuseBlank("--kind", kind);
    refuseBlank("--cluster", cluster);
    ChangeCollecting.Wishes wishes =
        new ChangeCollecting.Wishes(
            Optional.ofNullable(kind),
            Optional.ofNullable(cluster),
            Optional.ofNullable(at).map(text -> TimeBound.parse("--at", text, Instant.now())),
            skipUnknown);
    ChangeSummary summary =
        new ChangeCollecting(session, OpenedLineList.workspace(session), wishes).run(files);
    if (session.formatAsked() && session.format() != OutputFormat.TABLE) {
      session.print(summary.grid());
      session.out().flush();
    }
    summary.lines().forEach(session::say);
    session.suggest("investigate");
    return summary.refused() > 0 ? ExitCode.SOME_UNREADABLE : ExitCode.OK;
  }
}
