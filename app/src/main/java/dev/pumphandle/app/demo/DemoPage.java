package dev.pumphandle.app.demo;

import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Paragraph;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.app.population.Bars;
import dev.pumphandle.app.population.Census;
import dev.pumphandle.app.population.Count;
import dev.pumphandle.app.population.LabelCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The population of the demonstration on one screen: what, where, when, and what to type next.
final class DemoPage {

  private final Session session;
  private final Path root;

  DemoPage(Session session, Path root) {
    this.session = session;
    this.root = root;
  }

  /// Writes what the population is.
  ///
  /// @param origin how the cores came to be, in one sentence
  void population(Census census, String origin) throws IOException {
    List<LabelCount> labels = census.labels();
    for (String line : Paragraph.lines(origin, session.columns())) {
      session.out().append(line).append('\n');
    }
    section("By label", labels.stream().map(each -> new Count(each.label(), each.all())).toList());
    long excluded = census.exclusions().stream().mapToLong(Count::cases).sum();
    if (excluded > 0) {
      session
          .out()
          .append('\n')
          .append(Words.count(excluded, "row"))
          .append(excluded == 1 ? " is no case:" : " are no cases:")
          .append(reasons(census.exclusions()))
          .append('\n');
    }
  }

  private static String reasons(List<Count> exclusions) {
    StringBuilder text = new StringBuilder();
    for (Count each : exclusions) {
      text.append(text.isEmpty() ? " " : " · ").append(each.name()).append(' ');
      text.append(Words.count(each.cases()));
    }
    return text.toString();
  }

  private void section(String title, List<Count> counts) throws IOException {
    session.out().append('\n').append(session.style().strong(title)).append('\n');
    Bars.write(counts, session.columns(), session.out());
  }

  /// Writes what to type next.
  ///
  /// @param host the physical host that the investigation blames
  void next(Census census, Optional<String> host) throws IOException {
    List<LabelCount> labels = census.labels();
    String program = program(session, root);
    String label =
        labels.stream()
            .map(LabelCount::label)
            .filter(name -> name.equals("misaligned-stack"))
            .findFirst()
            .orElse(labels.isEmpty() ? "other" : labels.getFirst().label());
    session.out().append('\n').append(session.style().strong("Next")).append('\n');
    if (host.isPresent()) {
      line(program, "hosts " + host.get(), "who lived on it, and who died there");
      line(program, "denylist suggest", "what the fleet might do about it");
    }
    line(program, "investigate", "the page above again, also as JSON");
    for (String shown : List.of("return-to-null", label)) {
      Optional<String> newest = census.newest(shown);
      if (newest.isPresent()) {
        line(
            program,
            "show " + newest.get().substring(0, 8),
            "a " + shown + ", and what decides it");
      }
    }
    line(program, "list label:" + label, "who has it, where and when");
    line(program, "label", "all labels with their curves");
    line(program, "sql 'select k8s_node_name, label, count(*) from cases group by all'", "");
  }

  /// How Pumphandle is called for the workspace of the demonstration.
  static String program(Session session, Path root) {
    return session.surroundings().called() + " --workspace " + Session.quoted(root.toString());
  }

  private void line(String program, String arguments, String meaning) throws IOException {
    String comment = meaning.isEmpty() ? "" : String.format(Locale.ROOT, "   # %s", meaning);
    session
        .out()
        .append("  ")
        .append(program)
        .append(' ')
        .append(arguments)
        .append(comment)
        .append('\n');
  }
}
