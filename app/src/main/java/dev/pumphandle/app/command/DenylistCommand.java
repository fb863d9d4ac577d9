package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.denylist.Denylist;
import dev.pumphandle.app.denylist.Entry;
import dev.pumphandle.app.denylist.Rendering;
import dev.pumphandle.app.investigate.InvestigationPage;
import dev.pumphandle.app.investigate.OneHostWords;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.epi.investigation.Exposure;
import dev.pumphandle.epi.investigation.Finding;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.Investigation;
import dev.pumphandle.epi.investigation.InvestigationOptions;
import dev.pumphandle.epi.scan.Verdict;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.StudyReader;
import dev.pumphandle.registry.StudyTables;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle denylist suggest|add|clear|list|export`.
@Command(
    name = "denylist",
    header = "Keep the list of physical hosts that shall not be used.",
    footer = {
      "",
      "Examples:",
      "  pumphandle denylist suggest",
      "  pumphandle denylist add ph-we-00086 --review-by 2025-10-01 --reason 'stack off by 8'",
      "  pumphandle denylist export --as taint",
      "  pumphandle denylist clear ph-we-00086",
      "",
      "Commands are printed, never run. More than 3 hosts, or 5 %% of a zone, need --force.",
      "",
    })
public final class DenylistCommand implements Verb {
  private static final int MOST_HOSTS = 3;
  private static final String CONFIRMED = "confirmed by investigate";

  private final Session session;

  /// What to do.
  enum Deed {
    SUGGEST,
    ADD,
    CLEAR,
    LIST,
    EXPORT
  }

  @Parameters(
      index = "0",
      paramLabel = "DEED",
      description = "suggest, add, clear, list or export.")
  private Deed deed = Deed.LIST;

  @Parameters(index = "1..*", paramLabel = "HOST", description = "Physical hosts, by id.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--review-by",
      paramLabel = "DATE",
      description = "When to look again; add needs it.")
  private @Nullable String reviewBy;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
  private @Nullable String reason;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      description = "For export: ${COMPLETION-CANDIDATES}. Default: names.")
  private @Nullable Rendering as;

  @Option(names = "--force", description = "Even when many hosts, or much of a zone, would go.")
  private boolean force;

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public DenylistCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    boolean namesHosts = deed == Deed.ADD || deed == Deed.CLEAR;
    if (!namesHosts && !hosts.isEmpty()) {
      throw CommandException.usage(
          "denylist "
              + deed.name().toLowerCase(java.util.Locale.ROOT)
              + ": expected no further word, found '"
              + hosts.getFirst()
              + (deed == Deed.EXPORT ? "'; --as says in which form" : "'"));
    }
    if (namesHosts && hosts.isEmpty()) {
      throw CommandException.usage(
          "denylist "
              + deed.name().toLowerCase(java.util.Locale.ROOT)
              + ": expected a host, found none");
    }
    if (sql.asked() && deed != Deed.SUGGEST) {
      throw CommandException.usage("denylist: expected --sql with suggest only");
    }
    if (as != null && deed != Deed.EXPORT) {
      throw CommandException.usage("denylist: expected --as with export only");
    }
    if (deed != Deed.ADD && (force || reviewBy != null || reason != null)) {
      throw CommandException.usage(
          "denylist: expected --review-by, --reason and --force with add only");
    }
    Workspace workspace = OpenedLineList.workspace(session);
    Denylist list = Denylist.read(workspace.root());
    switch (deed) {
      case LIST -> list(list);
      case ADD -> add(workspace, list);
      case CLEAR -> clear(list);
      case SUGGEST -> {
        return suggest(workspace);
      }
      case EXPORT -> {
        try (OpenedLineList opened = OpenedLineList.of(session, workspace)) {
          export(opened.list(), list);
          return opened.outcome();
        }
      }
    }
    return ExitCode.OK;
  }

  private void list(Denylist list) throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    session.print(
        Grid.of(
            List.of(
                Heading.whole("host"),
                Heading.whole("added_at"),
                Heading.whole("review_by"),
                Heading.whole("overdue"),
                Heading.words("reason")),
            list.entries().stream()
                .map(
                    e ->
                        List.of(
                            Value.text(e.host()),
                            Value.text(e.addedAt().toString()),
                            Value.text(e.reviewBy().toString()),
                            new Value.Truth(e.reviewBy().isBefore(today)),
                            Value.text(e.reason())))
                .toList()));
  }

  // A line break would let the reason leave the comment that some renderings make of it.
  private String why() {
    if (reason == null) {
      return "";
    }
    if (reason.chars().anyMatch(Character::isISOControl)) {
      throw CommandException.usage("denylist add: --reason: expected one line of text");
    }
    return reason;
  }

  private void add(Workspace workspace, Denylist list) throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate review = review(today);
    for (String host : hosts) {
      list.add(new Entry(host, why(), today, review));
    }
    if (!force) {
      guard(workspace, list);
    }
    list.write();
    session.suggest("denylist export --as taint");
  }

  private LocalDate review(LocalDate today) {
    if (reviewBy == null) {
      throw CommandException.usage(
          "denylist add: expected --review-by DATE: no host is denied for ever");
    }
    try {
      LocalDate day = LocalDate.parse(reviewBy);
      if (!day.isAfter(today)) {
        throw CommandException.usage(
            "denylist add: --review-by: expected a day after " + today + ", found " + day);
      }
      return day;
    } catch (DateTimeParseException e) {
      throw CommandException.usage(
          "denylist add: --review-by: expected a date such as 2025-10-01, found '"
              + reviewBy
              + "'");
    }
  }

  private void guard(Workspace workspace, Denylist list) throws IOException {
    List<Entry> entries = list.entries();
    if (entries.size() > MOST_HOSTS) {
      throw CommandException.refused(
          "denylist add: expected at most "
              + MOST_HOSTS
              + " hosts, found "
              + entries.size()
              + "; --force does it");
    }
    try (LineList opened = LineList.open(workspace)) {
      known(opened);
      zones(opened, entries);
    }
  }

  // What the inventory has no name for is a hypothesis or a slip of the pen.
  private void known(LineList opened) throws IOException {
    for (String host : hosts) {
      try (Answer answer =
          opened.ask(
              "SELECT count(*) FILTER (host_physical_id = %s), count(host_physical_id) FROM host_intervals"
                  .formatted("'" + host.replace("'", "''") + "'"))) {
        answer.next();
        boolean named = ((Number) answer.value(0).orElse(0L)).longValue() > 0;
        boolean any = ((Number) answer.value(1).orElse(0L)).longValue() > 0;
        if (!named) {
          throw CommandException.refused(
              "denylist add: "
                  + host
                  + ": expected a physical host of the inventory, found "
                  + (any ? "none of that id" : "an inventory that names none")
                  + "; --force does it");
        }
      }
    }
  }

  private static void zones(LineList opened, List<Entry> entries) throws IOException {
    try (Answer answer =
        opened.ask(
            """
                SELECT coalesce(cloud_availability_zone, cloud_region) AS zone,
                  count(DISTINCT host_physical_id) FILTER (host_physical_id IN (%s)), count(DISTINCT host_physical_id)
                FROM host_intervals WHERE interval_to >= (SELECT max(interval_to) - INTERVAL 1 DAY FROM host_intervals)
                GROUP BY 1 ORDER BY 1
                """
                .formatted(literals(entries)))) {
      while (answer.next()) {
        long denied = ((Number) answer.value(1).orElse(0L)).longValue();
        long all = ((Number) answer.value(2).orElse(0L)).longValue();
        if (denied * 20 > all && denied > 0) {
          throw CommandException.refused(
              "denylist add: zone "
                  + answer.value(0).orElse("unknown")
                  + ": expected at most 5 % of its hosts, found "
                  + denied
                  + " of "
                  + all
                  + "; --force does it");
        }
      }
    }
  }

  private void clear(Denylist list) throws IOException {
    for (String host : hosts) {
      if (!list.clear(host)) {
        throw CommandException.failure("denylist clear: " + host + ": is not on the list");
      }
    }
    list.write();
  }

  private ExitCode suggest(Workspace workspace) throws IOException {
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session, workspace)) {
      StudyTables tables = StudyReader.read(opened.list(), InvestigationPage.USUAL_QUESTION);
      if (sql.asked()) {
        return opened.outcome();
      }
      Optional<Findings> found =
          tables
              .study()
              .map(
                  study ->
                      Investigation.of(
                          study,
                          InvestigationOptions.usual(1, Runtime.getRuntime().availableProcessors()),
                          _ -> {}));
      List<String> guilty =
          found.map(Findings::findings).orElse(List.of()).stream()
              .filter(f -> f.verdict() == Verdict.CONFIRMED)
              .flatMap(f -> f.conditions().stream())
              .filter(c -> c.exposure().role() == Exposure.Role.HOST)
              .map(Finding.Condition::value)
              .distinct()
              .toList();
      if (guilty.isEmpty()) {
        session.say("No physical host is confirmed; nothing to suggest.");
      }
      found.flatMap(Findings::oneHost).ifPresent(host -> session.say(OneHostWords.sentence(host)));
      LocalDate review = LocalDate.now(ZoneOffset.UTC).plusDays(30);
      if (!session.formatIsForReaders()) {
        session.print(
            Grid.of(
                List.of(Heading.whole("host"), Heading.whole("review_by"), Heading.words("reason")),
                guilty.stream()
                    .map(
                        host ->
                            List.<Value>of(
                                Value.text(host),
                                Value.text(review.toString()),
                                Value.text(CONFIRMED)))
                    .toList()));
        return opened.outcome();
      }
      for (String host : guilty) {
        session
            .out()
            .append(
                session.command(
                    "denylist add "
                        + Session.quoted(host)
                        + " --review-by "
                        + review
                        + " --reason '"
                        + CONFIRMED
                        + "'"))
            .append('\n');
      }
      return opened.outcome();
    }
  }

  private void export(LineList opened, Denylist list) throws IOException {
    List<Rendering.Resident> residents = residents(opened, list);
    for (Entry entry : list.entries()) {
      if (residents.stream().noneMatch(each -> each.host().equals(entry.host()))) {
        session.say(
            "denylist export: "
                + entry.host()
                + ": by the newest inventory no node lives on it; left out.");
      }
    }
    session.out().append((as == null ? Rendering.NAMES : as).of(residents));
  }

  private static String literals(List<Entry> entries) {
    return entries.isEmpty()
        ? "NULL"
        : entries.stream()
            .map(e -> "'" + e.host().replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
  }

  /// Who lives on the denied hosts by the newest inventory.
  private static List<Rendering.Resident> residents(LineList opened, Denylist list)
      throws IOException {
    List<Rendering.Resident> residents = new ArrayList<>();
    for (Entry entry : list.entries()) {
      try (Answer answer =
          opened.ask(
              """
              SELECT DISTINCT k8s_node_name FROM host_intervals
              WHERE host_physical_id = %s AND interval_to >= (SELECT max(interval_to) FROM host_intervals)
              ORDER BY 1
              """
                  .formatted(literals(List.of(entry))))) {
        while (answer.next()) {
          residents.add(
              new Rendering.Resident(
                  answer.value(0).orElse("").toString(), entry.host(), entry.reason()));
        }
      }
    }
    return residents;
  }
}
