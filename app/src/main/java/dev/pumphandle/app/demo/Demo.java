package dev.pumphandle.app.demo;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.collect.Collecting;
import dev.pumphandle.app.collect.Interruption;
import dev.pumphandle.app.collect.Summary;
import dev.pumphandle.app.collect.Wishes;
import dev.pumphandle.app.investigate.InvestigationPage;
import dev.pumphandle.app.investigate.SimulatedWorkspace;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.app.population.Census;
import dev.pumphandle.app.population.LabelGrid;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.HostInquiry;
import dev.pumphandle.epi.investigation.Investigation;
import dev.pumphandle.epi.investigation.InvestigationOptions;
import dev.pumphandle.lab.fleet.FleetBeds;
import dev.pumphandle.lab.fleet.FleetPlan;
import dev.pumphandle.lab.fleet.FleetYear;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.StudyReader;
import dev.pumphandle.registry.StudyTables;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One demonstration in one directory: cores, workspace, and a marker that says it is ours.
///
/// The marker is written first and names how the cores came to be once they are all there. A
/// directory without it is somebody else's and is never touched.
public final class Demo {
  private static final String MARKER = ".pumphandle-demo";

  /// What the marker of a finished demonstration begins with; to be raised when the story changes,
  /// so that one which an older Pumphandle made is made anew.
  private static final String EDITION = "3\n";

  private static final String CORES = SimulatedWorkspace.CORES;
  private static final int NODES = 600;
  private static final int DAYS = 365;
  private static final int BUILT = 300;
  private static final long SEED = 3;
  private static final int REPLICATES = 499;

  private final Session session;
  private final Path root;
  private final Path lab;

  /// A demonstration.
  ///
  /// @param root where it stands, or will
  /// @param lab where the crash lab keeps its executables
  public Demo(Session session, Path root, Path lab) {
    this.session = session;
    this.root = root;
    this.lab = lab;
  }

  /// Makes it, unless it is there already, and shows it.
  ///
  /// @param fresh whether to make it anew
  /// @param forged whether to forge the cores
  /// @throws CommandException (refused) where the directory holds something else
  public ExitCode run(boolean fresh, boolean forged) throws IOException {
    guard();
    Files.createDirectories(root);
    Files.createDirectories(lab);
    try (FileChannel lock =
        FileChannel.open(
            lab.resolveSibling("demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Two demonstrations at once: the second waits, and finds the first one's work.
      lock.lock();
      String marked =
          Files.exists(root.resolve(MARKER)) ? Files.readString(root.resolve(MARKER)) : "";
      String origin = marked.startsWith(EDITION) ? marked.substring(EDITION.length()) : "";
      if (fresh || origin.isEmpty()) {
        origin = make(forged);
      }
      show(origin.strip());
    }
    return ExitCode.OK;
  }

  private void guard() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    boolean ours = Files.exists(root.resolve(MARKER));
    try (Stream<Path> content = Files.isDirectory(root) ? Files.list(root) : Stream.of(root)) {
      if (!ours && content.findAny().isPresent()) {
        throw CommandException.refused(
            "demo: "
                + root
                + ": expected an empty directory or an earlier demo, found other files");
      }
    }
  }

  // The simulated year first gives its places away to the real crashes, then is written itself.
  private String make(boolean forged) throws IOException {
    clear();
    Files.writeString(root.resolve(MARKER), "");
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    FleetYear year = new FleetYear(FleetPlan.twoDiseases(NODES, DAYS, yesterday), SEED);
    FleetBeds beds =
        new FleetBeds(year, year.plan().firstDay().atStartOfDay(ZoneOffset.UTC).toInstant());
    String crashed = new DemoPatients(session).make(root.resolve(CORES), beds, lab, forged);
    Workspace workspace = Workspace.init(root);
    session.say(
        "Simulating a year of " + NODES + " nodes, and building " + BUILT + " cores of it …");
    long rows = new SimulatedWorkspace(workspace, year).without(beds.taken()).write(BUILT, 0);
    try (Interruption interruption = Interruption.watch(session)) {
      Summary summary =
          new Collecting(session, Workspace.open(root), Wishes.NONE, interruption)
              .run(List.of(root.resolve(CORES).toString()));
      session.say(summary.sentence());
    }
    String origin =
        crashed
            + " Around them stands a simulated year of "
            + NODES
            + " nodes: "
            + BUILT
            + " of its crashes as cores built byte by byte, "
            + Words.count(rows)
            + " as rows.";
    Files.writeString(root.resolve(MARKER), EDITION + origin + "\n");
    return origin;
  }

  /// Removes what an earlier or unfinished demonstration left; links are removed, not followed.
  private void clear() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(root)) {
          Files.delete(each);
        }
      }
    }
  }

  private void show(String origin) throws IOException {
    try (LineList list = LineList.open(Workspace.open(root))) {
      Census census = new Census(list, session.columns() < 100 ? 12 : 24);
      if (session.formatAsked() && session.format() != OutputFormat.TABLE) {
        session.print(LabelGrid.forPrograms(census.labels()));
        return;
      }
      DemoPage page = new DemoPage(session, root);
      page.population(census, origin);
      Optional<String> host = investigated(list);
      page.next(census, host);
    }
  }

  // The page that the story is about; answers the host it blames.
  private Optional<String> investigated(LineList list) throws IOException {
    StudyTables tables = StudyReader.read(list, InvestigationPage.USUAL_QUESTION);
    InvestigationOptions options =
        InvestigationOptions.usual(1, Runtime.getRuntime().availableProcessors())
            .withReplicates(REPLICATES);
    session.say("Investigating …");
    Optional<Findings> findings =
        tables.study().map(study -> Investigation.of(study, options, _ -> {}));
    new InvestigationPage(session, InvestigationPage.USUAL_QUESTION, true)
        .calling(DemoPage.program(session, root))
        .write(tables, findings, options);
    return findings.flatMap(Findings::host).map(HostInquiry::host);
  }
}
