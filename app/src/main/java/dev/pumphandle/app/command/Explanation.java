package dev.pumphandle.app.command;

import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Paragraph;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.registry.DefinitionKind;
import dev.pumphandle.registry.Judgement;
import dev.pumphandle.registry.Tier;
import dev.pumphandle.registry.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What each definition says of one case: met, not met, or unknown and for want of what.
final class Explanation {
  private final Session session;

  Explanation(Session session) {
    this.session = session;
  }

  void write(OpenedLineList opened, String beginning) throws IOException {
    String id = opened.list().caseId(beginning);
    List<Verdict> verdicts = Judgement.of(opened.list(), id);
    boolean screen = session.format() == OutputFormat.TABLE;
    if (screen) {
      session.out().append(session.style().strong(heading(verdicts))).append("\n\n");
    }
    session.print(
        Grid.of(
            List.of(
                Heading.whole("definition"), Heading.whole("says"), Heading.words("missing facts")),
            verdicts.stream().map(Explanation::row).toList()));
    if (screen) {
      missing(opened, id);
    }
  }

  private static String heading(List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      if (verdict.met().isPresent() && verdict.definition().kind() == DefinitionKind.CASE) {
        return verdict.definition().name()
            + " ("
            + verdict.met().map(Tier::word).orElseThrow()
            + "): the first definition, in order of precedence, that is met";
      }
    }
    return "other: no case definition is met";
  }

  private static List<Value> row(Verdict verdict) {
    String says =
        verdict
            .met()
            .map(tier -> "met: " + tier.word())
            .orElse(verdict.unknown() ? "unknown" : "not met");
    return List.of(
        Value.text(
            (verdict.definition().kind() == DefinitionKind.EXCLUSION ? "exclusion " : "")
                + verdict.definition().name()
                + "@"
                + verdict.definition().version()),
        Value.text(says),
        Value.text(String.join(", ", verdict.nulls())));
  }

  /// Why facts are missing, in the collector's own words.
  private void missing(OpenedLineList opened, String id) throws IOException {
    Grid reasons =
        opened.grid(
            "select unnest(missing_facts) from facts where case_id = "
                + dev.pumphandle.app.question.ColumnKind.literal(id));
    List<String> facts = new ArrayList<>();
    reasons.rows().forEachRemaining(row -> facts.add(Words.printable(Words.of(row.getFirst()))));
    if (facts.isEmpty()) {
      return;
    }
    session.out().append("\nMissing facts, and why:\n");
    for (String fact : facts) {
      String indent = "  ";
      for (String line : Paragraph.lines(fact, session.columns() - 4)) {
        session.out().append(indent).append(line).append('\n');
        indent = "    ";
      }
    }
  }
}
