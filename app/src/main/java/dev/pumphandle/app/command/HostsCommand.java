package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.investigate.HostRates;
import dev.pumphandle.app.investigate.InvestigationPage;
import dev.pumphandle.app.output.Grid;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle hosts [ID]`: attack rates of physical hosts, or who lived on one of them.
@Command(
    name = "hosts",
    header = "Cases per physical host over its host-time, or the life of one host.",
    footer = {
      "",
      "Examples:",
      "  pumphandle hosts                              most unusual first",
      "  pumphandle hosts --label misaligned-stack",
      "  pumphandle hosts ph-we-00086                  who lived there, and who crashed",
      "",
      "A host is unusual when it has more cases than its host-time explains: one-sided mid-p,",
      "held together over all hosts (q). Needs an inventory (host_intervals).",
      "",
    })
public final class HostsCommand implements Verb {
  private final Session session;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "One physical host.")
  private @Nullable String host;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "Cases of this label. Default: control returned to a word that is no code.")
  private @Nullable String label;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many hosts. Default: 20.")
  private int limit = 20;

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public HostsCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    int most = AtLeast.of(1, "--limit", limit);
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session)) {
      String condition = label == null ? InvestigationPage.USUAL_QUESTION : opened.labelled(label);
      HostRates rates = new HostRates(opened.list(), condition);
      Grid grid = host == null ? rates.all(most) : rates.one(host);
      if (!grid.rows().hasNext()) {
        throw CommandException.failure(
            host == null
                ? "hosts: expected an inventory with physical hosts (host_intervals), found none"
                    + (opened.outcome() == ExitCode.OK ? "" : " that can be read")
                : "hosts: '" + host + "': expected a physical host of the inventory, found none");
      }
      session.print(grid);
      if (host == null) {
        session.suggest("hosts ID");
      }
      return opened.outcome();
    }
  }
}
