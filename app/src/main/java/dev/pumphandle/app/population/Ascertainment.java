package dev.pumphandle.app.population;

import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.app.question.AnswerGrid;
import dev.pumphandle.epi.measure.CaptureRecapture;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Interval;
import dev.pumphandle.epi.measure.Proportion;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Which share of the known deaths left a core, and how many deaths nobody knows of.
///
/// A known death is a case, from a core or a log, that no exclusion takes out.
public final class Ascertainment {

  /// Deaths that have something in common.
  ///
  /// @param by what: a column, or `all`
  /// @param value its value; `unknown` where it is not known
  /// @param cores deaths with a core
  /// @param logs deaths that a log tells of
  /// @param both deaths with both
  /// @param likely of those with both, how many were matched without a process id
  public record Group(String by, String value, long cores, long logs, long both, long likely) {

    /// Deaths that are known of.
    public long known() {
      return cores + logs - both;
    }

    /// Cores among the known deaths.
    public Estimate share() {
      return new Proportion(cores, known()).estimate(Interval.USUAL_LEVEL);
    }

    /// How many deaths there are in all, known and unknown.
    public Estimate all() {
      return new CaptureRecapture(cores, logs, both).estimate(Interval.USUAL_LEVEL);
    }
  }

  /// What handled the signal: the handler whose page is in a log, else what the core's stack shows,
  /// else what the kernel's speaking proves, for it speaks only of signals that nobody handled.
  public static final String HANDLER =
      """
      coalesce(
        list_filter(kinds, lambda k: k IN ('folly', 'glog', 'abseil', 'chromium', 'microdump', 'hs-err', 'go',
          'rust', 'sanitizer', 'backward', 'boost', 'llvm', 'handler', 'sentinel'))[1],
        CASE WHEN handler_frames > 0 THEN 'some handler'
          WHEN handler_frames = 0 OR list_contains(kinds, 'kernel') THEN 'none' END)""";

  private Ascertainment() {}

  /// The question behind the figures of one grouping.
  ///
  /// @param expression a column or an expression of columns
  public static String sql(String expression) {
    return """
        WITH known AS (
          SELECT *, coalesce(evidence_kinds, [coalesce(evidence, 'core')]) AS kinds FROM cases
          WHERE read_state IN ('complete', 'truncated') AND excluded_reason IS NULL
        )
        SELECT coalesce(%s::VARCHAR, 'unknown'),
          count(*) FILTER (WHERE list_contains(kinds, 'core')),
          count(*) FILTER (WHERE kinds <> ['core']),
          count(*) FILTER (WHERE list_contains(kinds, 'core') AND len(kinds) > 1),
          count(*) FILTER (WHERE list_contains(kinds, 'core') AND len(kinds) > 1 AND match_certainty = 'likely')
        FROM known GROUP BY 1 ORDER BY count(*) DESC, 1
        """
        .formatted(expression);
  }

  /// The groups, the largest first.
  ///
  /// @param by what they are grouped by, for the reader
  /// @param expression the same, in SQL
  public static List<Group> groups(LineList list, String by, String expression) throws IOException {
    List<Group> groups = new ArrayList<>();
    try (Answer answer = list.ask(sql(expression))) {
      AnswerGrid.of(answer)
          .rows()
          .forEachRemaining(
              row ->
                  groups.add(
                      new Group(
                          by,
                          Words.printable(Words.of(row.get(0))),
                          number(row.get(1)),
                          number(row.get(2)),
                          number(row.get(3)),
                          number(row.get(4)))));
    }
    return groups;
  }

  private static long number(Value value) {
    return value instanceof Value.Whole(var number) ? number.longValue() : 0;
  }
}
