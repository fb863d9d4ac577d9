package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Paragraph;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.app.population.Census;
import dev.pumphandle.app.population.Count;
import dev.pumphandle.app.population.LabelCount;
import dev.pumphandle.app.population.LabelGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pumphandle label`: what the case definitions say, of all rows or of one.
@Command(
    name = "label",
    header = "Apply the case definitions: counts by label, or why one case has its label.",
    description = {
      "",
      "Labels are computed from stored facts whenever they are asked for: edit cases/*.sql and ask again, no core is"
          + " read twice.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle label                                counts by label and tier",
      "  pumphandle label --explain 7f9b                 each definition: met, not met, or what is missing",
      "  pumphandle label --test cases/return-to-null.sql   run the worked cases in a definition's file",
      "",
    })
public final class LabelCommand implements Verb {
  // Weeks of the curve: with the narrow one the table fits into 80 columns.
  private static final int NARROW_CURVE = 9;
  private static final int WIDE_CURVE = 24;

  private final Session session;

  @Option(
      names = "--explain",
      paramLabel = "ID",
      description = "What each definition says of one case.")
  private @Nullable String explain;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Run the worked cases of one definition; exit 1 when one fails.")
  private @Nullable String test;

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public LabelCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    if (explain != null && test != null) {
      throw CommandException.usage("label: expected --explain or --test, found both");
    }
    if (test != null && sql.asked()) {
      throw CommandException.usage("label: --test asks no line list: expected no --sql beside it");
    }
    if (test != null) {
      if (Files.isDirectory(session.path(test))) {
        throw CommandException.usage(
            "label: --test: expected a file with one definition, found the directory " + test);
      }
      return new DefinitionTrial(session).run(session.path(test));
    }
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session)) {
      if (explain != null) {
        new Explanation(session).write(opened, explain);
      } else {
        counts(new Census(opened.list(), session.columns() < 100 ? NARROW_CURVE : WIDE_CURVE));
      }
      return opened.outcome();
    }
  }

  private void counts(Census census) throws IOException {
    List<LabelCount> labels = census.labels();
    if (session.format() != OutputFormat.TABLE) {
      session.print(LabelGrid.forPrograms(labels));
      return;
    }
    if (labels.isEmpty() && census.readStates().isEmpty()) {
      session.say("The line list is empty.");
      session.suggest("collect PATH…");
      return;
    }
    session.print(LabelGrid.onScreen(labels));
    long cases = labels.stream().mapToLong(LabelCount::all).sum();
    session.out().append('\n');
    for (String sentence : sentences(census, cases, labels)) {
      for (String line : Paragraph.lines(sentence, session.columns())) {
        session.out().append(line).append('\n');
      }
    }
    session.out().flush();
    session.suggest(labels.isEmpty() ? "list" : "list label:" + labels.getFirst().label());
  }

  private static List<String> sentences(Census census, long cases, List<LabelCount> labels)
      throws IOException {
    long none =
        labels.stream().filter(each -> each.version() == 0).mapToLong(LabelCount::all).sum();
    List<Count> overlaps = census.overlaps();
    long several = overlaps.stream().mapToLong(Count::cases).sum();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        Words.count(cases, "case")
            + "; "
            + excluded(census.exclusions())
            + unread(census.readStates()));
    sentences.add(
        Words.count(none, "case")
            + (none == 1 ? " meets" : " meet")
            + " no definition; "
            + Words.count(several, "row")
            + (several == 1 ? " meets" : " meet")
            + " more than one, and the first in order of precedence labels it"
            + (several == 0 ? "." : ":"));
    overlaps.stream()
        .limit(5)
        .map(each -> Words.count(each.cases()) + " × " + each.name())
        .forEach(sentences::add);
    return sentences;
  }

  private static String excluded(List<Count> exclusions) {
    long all = exclusions.stream().mapToLong(Count::cases).sum();
    String reasons =
        exclusions.stream()
            .map(each -> each.name() + " " + Words.count(each.cases()))
            .collect(Collectors.joining(" · "));
    return Words.count(all) + " excluded" + (all == 0 ? "" : " (" + reasons + ")");
  }

  private static String unread(List<Count> states) {
    String words =
        states.stream()
            .filter(each -> !each.name().equals("complete") && !each.name().equals("truncated"))
            .map(each -> Words.count(each.cases()) + " " + each.name())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "." : "; " + words + ".";
  }
}
