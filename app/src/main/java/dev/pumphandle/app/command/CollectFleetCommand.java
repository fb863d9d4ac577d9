package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.fleet.FleetCollecting;
import dev.pumphandle.app.fleet.FleetSummary;
import dev.pumphandle.app.fleet.FleetWishes;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.question.TimeBound;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle collect-fleet FILE…`: inventories in, the denominator out.
@Command(
    name = "collect-fleet",
    header = "Read the fleet's inventory: which node lived when, where and with what.",
    description = {
      "",
      "Tables (CSV, NDJSON, Parquet), snapshots of kubectl get nodes -o json, answers of Prometheus about"
          + " kube-state-metrics, gcloud's instances, Hyper-V's key-value pools: the kind of a file is told by its"
          + " content; compressed files are read as they are. A table needs a node and either"
          + " from and to, or a moment (a column at, --at, or a stamp in the file's name). Sightings become intervals:"
          + " between two that follow each other closely the node lived with what both say. Nothing is extrapolated, a"
          + " longer gap stays a gap, and where files disagree it is told. A file that was taken before changes nothing,"
          + " and neither does the order of files. A file with an error is refused whole; the others are taken.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle collect-fleet nodes.csv                  columns node,from,to,region are enough",
      "  pumphandle collect-fleet inventory.parquet --skip-unknown",
      "  pumphandle collect-fleet snapshots/nodes-*.json.zst --cluster prod-7",
      "  pumphandle collect-fleet kube_node_info.json kube_node_labels.json kube_node_created.json",
      "  pumphandle collect-fleet kvp/*.kvp_pool_3           the physical hosts under Azure's machines",
      "  pumphandle collect-fleet vms.ndjson --at 2026-06-03T10:00:00Z --cluster prod-7",
      "",
    })
public final class CollectFleetCommand implements Verb {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Inventory files.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When the files were made: 2026-06-03T10:00:00Z. Default: the stamp in the file's name, else what the"
              + " file itself shows, else when it was written.")
  private @Nullable String at;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "What cluster the files are about, where they do not say so.")
  private @Nullable String cluster;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "What node the file is about, for files that tell of the physical host only.")
  private @Nullable String node;

  @Option(
      names = "--physical-label",
      paramLabel = "KEY",
      description = "The label of nodes that names the physical host, where somebody sets one.")
  private @Nullable String physicalLabel;

  @Option(
      names = "--max-gap",
      paramLabel = "AGE",
      description =
          "The longest time between two sightings that is bridged, such as 3h; it holds for the whole"
              + " inventory. Default: three times the usual spacing.")
  private @Nullable String widest;

  @Option(
      names = "--skip-unknown",
      description = "Pass over columns that are not ours; otherwise they are an error.")
  private boolean skipUnknown;

  /// The command in one session.
  public CollectFleetCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    Instant now = Instant.now();
    FleetWishes wishes =
        new FleetWishes(
            Optional.ofNullable(at).map(text -> TimeBound.parse("--at", text, now)),
            Optional.ofNullable(cluster),
            Optional.ofNullable(node),
            Optional.ofNullable(physicalLabel),
            Optional.ofNullable(widest).map(text -> TimeBound.age("--max-gap", text)),
            skipUnknown);
    Workspace workspace = OpenedLineList.workspace(session);
    FleetSummary summary = new FleetCollecting(session, workspace, wishes).run(files);
    if (session.formatAsked() && session.format() != OutputFormat.TABLE) {
      session.print(summary.grid());
      session.out().flush();
    }
    summary.lines().forEach(session::say);
    session.suggest("investigate");
    return summary.refused() > 0 ? ExitCode.SOME_UNREADABLE : ExitCode.OK;
  }
}
