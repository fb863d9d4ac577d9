package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.investigate.SimulatedWorkspace;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.lab.fleet.Cause;
import dev.pumphandle.lab.fleet.FleetPlan;
import dev.pumphandle.lab.fleet.FleetYear;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `pumphandle simulate [DIR]`: a fleet with planted causes, in a workspace of its own.
@Command(
    name = "simulate",
    header = "Simulate a fleet with planted causes of crashes, in a workspace of its own.",
    footer = {
      "",
      "Examples:",
      "  pumphandle simulate /tmp/fleet && pumphandle --workspace /tmp/fleet investigate",
      "  pumphandle simulate --scenario two-diseases | pumphandle investigate",
      "  pumphandle simulate /tmp/quiet --scenario none --nodes 2000 --days 120 --seed 7",
      "  pumphandle simulate /tmp/host --scenario bad-host --cases 20",
      "  pumphandle simulate /tmp/cores --cores 300    with core files to collect",
      "  pumphandle simulate /tmp/logs --logs 200      with logs to collect",
      "",
      "The truth is written to DIR/truth, where no analysis looks. A command that asks a line list",
      "reads the workspace's path from a pipe when none is named and none is found upwards.",
      "",
    })
public final class SimulateCommand implements Verb {
  // A node that crashes every few seconds is down, and a fleet-year of a million nodes is no trial.
  private static final int MOST_CRASHES = 10_000;
  private static final long MOST_NODE_DAYS = 365_000_000;

  private final Session session;

  /// What can be planted.
  enum Scenario {
    TWO_DISEASES,
    NONE,
    BAD_HOST,
    BAD_KERNEL,
    BAD_RELEASE,
    SKU_WITH_KERNEL,
    BAD_CLUSTER,
    RACE;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /// Reads the name of a scenario. The parser's own message lists every name in two spellings.
  static final class ScenarioWord implements ITypeConverter<Scenario> {
    @Override
    public Scenario convert(String word) {
      List<Scenario> all = List.of(Scenario.values());
      return all.stream()
          .filter(each -> each.toString().equalsIgnoreCase(word.replace('_', '-')))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of "
                          + all.stream().map(Scenario::toString).collect(Collectors.joining(", "))
                          + ", found '"
                          + word
                          + "'"));
    }
  }

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description =
          "Where; must be empty or not there yet. Default: a new temporary directory. Its path is"
              + " what standard output gets.")
  private @Nullable String directory;

  @Option(
      names = "--scenario",
      converter = ScenarioWord.class,
      paramLabel = "NAME",
      description = "What is planted: ${COMPLETION-CANDIDATES}. Default: two-diseases.")
  private Scenario scenario = Scenario.TWO_DISEASES;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes. Default: 600.")
  private int nodes = 600;

  @Option(names = "--days", paramLabel = "N", description = "How many days. Default: 365.")
  private int days = 365;

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "How many true cases a single cause makes. Default: 60.")
  private int cases = 60;

  @Option(
      names = "--crashes-per-node-day",
      paramLabel = "RATE",
      description = "How often a node crashes of other things. Default: 0.02.")
  private double rate = 0.02;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description =
          "Of N crashes write a core file into DIR/cores, to be collected; half of them true cases.")
  private int cores;

  @Option(
      names = "--logs",
      paramLabel = "N",
      description =
          "Tell of N crashes in logs below DIR/logs, to be collected; half of them nowhere else,"
              + " half of them true cases.")
  private int logs;

  @Option(
      names = "--hidden-hosts",
      description =
          "The inventory does not say which physical host a node lives on, as in most clouds.")
  private boolean hiddenHosts;

  @Option(
      names = "--last-day",
      paramLabel = "DATE",
      description = "The last day, UTC. Default: yesterday.")
  private @Nullable String lastDay;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds, equal fleets. Default: 1.")
  private long seed = 1;

  /// The command in one session.
  public SimulateCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    checkNumbers();
    FleetPlan plan = plan();
    Path root =
        directory == null
            ? Files.createTempDirectory("pumphandle-simulated-")
            : session.path(directory);
    if (Files.exists(root)) {
      try (Stream<Path> content = Files.isDirectory(root) ? Files.list(root) : Stream.of(root)) {
        if (content.findAny().isPresent()) {
          throw CommandException.refused(
              "simulate: " + root + ": expected an empty directory, found other files");
        }
      }
    }
    FleetYear year = new FleetYear(plan, seed);
    SimulatedWorkspace written = new SimulatedWorkspace(Workspace.init(root), year);
    if (hiddenHosts) {
      written.withHiddenHosts();
    }
    long records = written.write(cores, logs);
    session.say(
        Words.count(records, "record")
            + " of crashes on "
            + Words.count(nodes, "node")
            + " over "
            + Words.count(days, "day")
            + " (scenario "
            + scenario
            + ", seed "
            + seed
            + ").");
    String workspace = "--workspace " + Session.quoted(root.toString());
    if (cores > 0) {
      Path built = root.resolve(SimulatedWorkspace.CORES);
      session.say("Core files of others are in " + built + ".");
      session.suggest(workspace + " collect " + Session.quoted(built.toString()));
    }
    if (logs > 0) {
      Path told = root.resolve(SimulatedWorkspace.LOGS);
      session.say("Logs are in " + told + "; half of their deaths are told of nowhere else.");
      session.suggest(workspace + " collect-logs " + Session.quoted(told.toString()));
    }
    session.suggest(workspace + " investigate");
    session.out().append(root.toString()).append('\n');
    return ExitCode.OK;
  }

  private void checkNumbers() {
    AtLeast.of(0, "--cores", cores);
    AtLeast.of(0, "--logs", logs);
    AtLeast.of(1, "--cases", cases);
    AtLeast.of(FleetPlan.FEWEST_NODES, "--nodes", nodes);
    AtLeast.of(FleetPlan.FEWEST_DAYS, "--days", days);
    if (!(rate >= 0 && rate <= MOST_CRASHES)) {
      throw CommandException.usage(
          "--crashes-per-node-day: expected 0 to " + MOST_CRASHES + ", found " + rate);
    }
    if ((long) nodes * days > MOST_NODE_DAYS) {
      throw CommandException.usage(
          "simulate: expected at most "
              + MOST_NODE_DAYS
              + " days of nodes, found "
              + (long) nodes * days
              + " (--nodes times --days)");
    }
  }

  private FleetPlan plan() {
    LocalDate last = lastDay();
    try {
      FleetPlan plan =
          scenario == Scenario.TWO_DISEASES
              ? FleetPlan.twoDiseases(nodes, days, last)
              : FleetPlan.of(nodes, days, last, causes());
      return plan.withCrashesPerNodeDay(rate);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("simulate: " + e.getMessage());
    }
  }

  private LocalDate lastDay() {
    if (lastDay == null) {
      return LocalDate.now(ZoneOffset.UTC).minusDays(1);
    }
    try {
      return LocalDate.parse(lastDay);
    } catch (DateTimeParseException e) {
      throw CommandException.usage(
          "--last-day: expected a day such as 2025-06-03, found '" + lastDay + "'");
    }
  }

  private List<Cause> causes() {
    int half = days / 2;
    return switch (scenario) {
      case TWO_DISEASES, NONE -> List.of();
      case BAD_HOST -> List.of(new Cause.BadHost(cases, half, 7));
      case BAD_KERNEL -> List.of(new Cause.BadKernel(cases));
      case BAD_RELEASE -> List.of(new Cause.BadRelease(cases));
      case SKU_WITH_KERNEL -> List.of(new Cause.SkuWithKernel(cases));
      case BAD_CLUSTER -> List.of(new Cause.BadCluster(cases, half));
      case RACE -> List.of(new Cause.Race(cases, days / 3));
    };
  }
}
