package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.investigate.Aftermath;
import dev.pumphandle.app.investigate.InvestigationPage;
import dev.pumphandle.app.question.TimeBound;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pumphandle evaluate --since DATE`: did it help?
@Command(
    name = "evaluate",
    header = "Did it help? Cases per host-time before and after, and when one may say fixed.",
    footer = {
      "",
      "Examples:",
      "  pumphandle evaluate --since 2025-08-20 --host ph-we-00086",
      "  pumphandle evaluate --since 30d --label unwinder-race",
      "",
      "Needs an inventory (host_intervals). Repeats within 24 hours on one node count once.",
      "",
    })
public final class EvaluateCommand implements Verb {
  private final Session session;

  @Option(
      names = "--since",
      required = true,
      paramLabel = "TIME",
      description = "When something was done: 2025-08-20, or an age such as 30d.")
  private String since = "";

  @Option(names = "--host", paramLabel = "ID", description = "On this physical host only.")
  private @Nullable String host;

  @Option(names = "--release", paramLabel = "NAME", description = "With this release only.")
  private @Nullable String release;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "Cases of this label. Default: control returned to a word that is no code.")
  private @Nullable String label;

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public EvaluateCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    Instant at = TimeBound.parse("--since", since, Instant.now());
    List<String> within = new ArrayList<>();
    if (host != null) {
      within.add("host_physical_id = " + literal(host));
    }
    if (release != null) {
      within.add("service_version = " + literal(release));
    }
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session)) {
      String cases = label == null ? InvestigationPage.USUAL_QUESTION : opened.labelled(label);
      Aftermath aftermath =
          Aftermath.of(
              opened.list(), cases, within.isEmpty() ? "true" : String.join(" AND ", within), at);
      if (!within.isEmpty() && aftermath.nothing()) {
        throw CommandException.failure(
            "evaluate: expected host-time in the inventory where "
                + String.join(" and ", within)
                + ", found none");
      }
      if (session.formatIsForReaders()) {
        session.tell(aftermath.lines());
      } else {
        session.print(aftermath.grid());
      }
      return opened.outcome();
    }
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
