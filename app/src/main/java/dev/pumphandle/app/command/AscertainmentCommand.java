package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Paragraph;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.app.population.Ascertainment;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.linelist.LineListSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pumphandle ascertainment`: which share of the known deaths left a core, and how many are not
/// known at all.
@Command(
    name = "ascertainment",
    header = "Which share of the known deaths left a core, by region, version and handler.",
    description = {
      "",
      "A known death is a case that a core or a log tells of and no exclusion takes out. From how many of them are on"
          + " both lists Chapman's estimate says how many deaths there were in all. It supposes that leaving a core and"
          + " leaving a line have nothing to do with each other: read it by handler first, since the kernel logs only"
          + " signals that nobody handled.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle ascertainment",
      "  pumphandle ascertainment --by k8s_cluster_name --by host_type",
      "  pumphandle ascertainment --sql                the questions behind the figures",
      "",
    })
public final class AscertainmentCommand implements Verb {
  private static final int MOST_ROWS = 12;

  private final Session session;

  @Option(
      names = "--by",
      paramLabel = "COLUMN",
      description =
          "A column to group by. May be repeated. Default: cloud_region, service_version and the handler.")
  private List<String> columns = new ArrayList<>();

  @Option(names = "--sql", description = "Print the questions instead of asking them.")
  private boolean sql;

  /// The command in one session.
  public AscertainmentCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    Map<String, String> groupings = groupings();
    if (sql) {
      for (String expression : groupings.values()) {
        session.out().append(Ascertainment.sql(expression)).append(";\n");
      }
      session.out().flush();
      return ExitCode.OK;
    }
    try (OpenedLineList opened = OpenedLineList.of(session)) {
      List<Ascertainment.Group> groups = new ArrayList<>();
      for (Map.Entry<String, String> each : groupings.entrySet()) {
        groups.addAll(Ascertainment.groups(opened.list(), each.getKey(), each.getValue()));
      }
      tell(groups);
      return opened.outcome();
    }
  }

  private Map<String, String> groupings() {
    Map<String, String> groupings = new LinkedHashMap<>();
    groupings.put("all", "'all deaths'");
    for (String name : columns) {
      groupings.put(
          name,
          LineListSchema.column(name)
              .orElseThrow(
                  () ->
                      CommandException.usage(
                          "ascertainment: --by: expected a column of the line list, found '"
                              + name
                              + "'"))
              .name());
    }
    if (columns.isEmpty()) {
      groupings.put("cloud_region", "cloud_region");
      groupings.put("service_version", "service_version");
      groupings.put("handler", Ascertainment.HANDLER);
    }
    return groupings;
  }

  private void tell(List<Ascertainment.Group> groups) throws IOException {
    boolean screen = session.format() == OutputFormat.TABLE;
    if (groups.isEmpty()) {
      session.say("No death is known: the line list has no cases.");
      session.suggest("collect-logs PATH…");
      return;
    }
    session.print(screen ? onScreen(groups) : forPrograms(groups));
    if (screen) {
      session.out().append('\n');
      for (String sentence : sentences(groups.getFirst())) {
        for (String line : Paragraph.lines(sentence, session.columns())) {
          session.out().append(line).append('\n');
        }
      }
    }
    session.out().flush();
  }

  private static List<String> sentences(Ascertainment.Group all) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        Words.count(all.known(), "known death")
            + ", "
            + Words.count(all.cores())
            + " with a core ("
            + percent(all.share())
            + "); "
            + Words.count(all.both())
            + " with both a core and a log"
            + (all.likely() > 0
                ? ", " + Words.count(all.likely()) + " of them matched without a process id"
                : "")
            + ".");
    Estimate whole = all.all();
    sentences.add(
        whole.estimable()
            ? "In all about "
                + Words.count(Math.round(whole.value()))
                + " (95 % interval "
                + Words.count(Math.round(whole.interval().lower()))
                + " to "
                + Words.count(Math.round(whole.interval().upper()))
                + "), if leaving a core and leaving a line have nothing to do with each other."
            : "How many there are in all " + whole.caveats().getFirst().text() + ".");
    whole.caveats().stream()
        .filter(_ -> whole.estimable())
        .forEach(caveat -> sentences.add("The estimate " + caveat.text() + " on both lists."));
    return sentences;
  }

  private static Grid onScreen(List<Ascertainment.Group> groups) {
    List<List<Value>> rows = new ArrayList<>();
    Map<String, Integer> shown = new LinkedHashMap<>();
    for (Ascertainment.Group each : groups) {
      if (shown.merge(each.by(), 1, Integer::sum) > MOST_ROWS) {
        continue;
      }
      Estimate whole = each.all();
      rows.add(
          List.of(
              Value.text(each.by()),
              Value.text(each.value()),
              Value.text(Words.count(each.known())),
              Value.text(Words.count(each.cores())),
              Value.text(Words.count(each.logs())),
              Value.text(Words.count(each.both())),
              Value.text(percent(each.share())),
              Value.text(whole.estimable() ? Words.count(Math.round(whole.value())) : "–"),
              Value.text(
                  whole.estimable()
                      ? Words.count(Math.round(whole.interval().lower()))
                          + "–"
                          + Words.count(Math.round(whole.interval().upper()))
                      : "")));
    }
    return Grid.of(
        List.of(
            Heading.words("by"),
            Heading.words("value"),
            Heading.numbers("known"),
            Heading.numbers("cores"),
            Heading.numbers("logs"),
            Heading.numbers("both"),
            Heading.numbers("with a core"),
            Heading.numbers("in all"),
            Heading.numbers("95 %")),
        rows);
  }

  private static Grid forPrograms(List<Ascertainment.Group> groups) {
    List<List<Value>> rows = new ArrayList<>();
    for (Ascertainment.Group each : groups) {
      Estimate whole = each.all();
      rows.add(
          List.of(
              Value.text(each.by()),
              Value.text(each.value()),
              Value.whole(each.known()),
              Value.whole(each.cores()),
              Value.whole(each.logs()),
              Value.whole(each.both()),
              Value.whole(each.likely()),
              decimal(each.share().value()),
              decimal(each.share().interval().lower()),
              decimal(each.share().interval().upper()),
              decimal(whole.value()),
              decimal(whole.interval().lower()),
              decimal(whole.interval().upper())));
    }
    return Grid.of(
        List.of(
            Heading.words("by"),
            Heading.words("value"),
            Heading.numbers("known"),
            Heading.numbers("cores"),
            Heading.numbers("logs"),
            Heading.numbers("both"),
            Heading.numbers("both_likely"),
            Heading.numbers("share"),
            Heading.numbers("share_low"),
            Heading.numbers("share_high"),
            Heading.numbers("estimated"),
            Heading.numbers("estimated_low"),
            Heading.numbers("estimated_high")),
        rows);
  }

  private static Value decimal(double number) {
    return Double.isFinite(number) ? new Value.Decimal(number) : Value.MISSING;
  }

  private static String percent(Estimate share) {
    return share.estimable()
        ? String.format(
            Locale.ROOT,
            "%.0f %% (%.0f–%.0f)",
            share.value() * 100,
            share.interval().lower() * 100,
            share.interval().upper() * 100)
        : "–";
  }
}
