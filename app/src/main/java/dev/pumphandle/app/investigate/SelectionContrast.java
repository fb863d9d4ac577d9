package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.epi.adjust.Adjustment;
import dev.pumphandle.epi.adjust.Tarone;
import dev.pumphandle.epi.measure.ConditionalOddsRatio;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.TwoByTwo;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Which values one selection of episodes has more often than another.
public final class SelectionContrast {

  private static final List<String> COLUMNS =
      List.of(
          "label",
          "cloud_region",
          "cloud_availability_zone",
          "k8s_cluster_name",
          "host_type",
          "os_version",
          "service_version",
          "host_cpu_microcode",
          "host_physical_id",
          "process_executable_name",
          "thread_name",
          "signal_name",
          "signal_code",
          "control_arrived",
          "stack_alignment",
          "instruction_kind",
          "exception_object",
          "unwinder_at_work",
          "operand_agrees",
          "pc_in",
          "top_word_in");

  private record Row(String column, String value, TwoByTwo table) {}

  private final List<Row> rows;

  private SelectionContrast(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /// The contrast of two conditions over the columns of `cases`; what meets both is in the first.
  public static SelectionContrast of(LineList list, String first, String second)
      throws IOException {
    // A column that both selections fix would be compared with itself.
    String sets = COLUMNS.stream().map(c -> "(" + c + ")").collect(Collectors.joining(", "));
    String column =
        IntStream.range(0, COLUMNS.size())
            .mapToObj(
                i -> "WHEN grouping(" + COLUMNS.get(i) + ") = 0 THEN '" + COLUMNS.get(i) + "'")
            .collect(Collectors.joining(" "));
    String value =
        COLUMNS.stream()
            .map(c -> "WHEN grouping(" + c + ") = 0 THEN " + c + "::VARCHAR")
            .collect(Collectors.joining(" "));
    String ask =
        """
        WITH chosen AS (%s),
        counted AS (
          SELECT CASE %s END AS name, CASE %s END AS value,
            count(*) FILTER (in_first) AS a, count(*) FILTER (NOT in_first) AS b
          FROM chosen GROUP BY GROUPING SETS (%s))
        SELECT name, value, a, b, sum(a) OVER (PARTITION BY name) - a,
          sum(b) OVER (PARTITION BY name) - b
        FROM counted WHERE value IS NOT NULL ORDER BY 1, 2
        """
            .formatted(chosen(first, second), column, value, sets);
    List<Row> rows = new ArrayList<>();
    try (Answer answer = list.ask(ask)) {
      while (answer.next()) {
        TwoByTwo table =
            new TwoByTwo(count(answer, 2), count(answer, 3), count(answer, 4), count(answer, 5));
        if (table.exposed() > 0 && table.exposed() < table.total()) {
          rows.add(
              new Row(
                  answer.value(0).orElse("").toString(),
                  answer.value(1).orElse("").toString(),
                  table));
        }
      }
    }
    return new SelectionContrast(rows);
  }

  /// How many episodes each of the two selections has, as a sentence.
  public static String sizes(LineList list, String first, String second) throws IOException {
    try (Answer answer =
        list.ask(
            "SELECT count(*) FILTER (in_first), count(*) FILTER (NOT in_first) FROM ("
                + chosen(first, second)
                + ")")) {
      answer.next();
      return "A has "
          + Words.count(count(answer, 0), "episode")
          + ", B has "
          + Words.count(count(answer, 1), "episode")
          + ".";
    }
  }

  private static String chosen(String first, String second) {
    return """
        SELECT *, ((%1$s) IS TRUE) AS in_first FROM cases
          WHERE read_state IN ('complete', 'truncated') AND excluded_reason IS NULL
            AND case_id = episode_id AND ((%1$s) IS TRUE OR (%2$s) IS TRUE)"""
        .formatted(first, second);
  }

  private static long count(Answer answer, int column) throws IOException {
    return ((Number) answer.value(column).orElse(0L)).longValue();
  }

  /// The values that the first has more often, by the lower limit of the odds ratio.
  ///
  /// @param limit how many rows at most
  public Grid grid(int limit) {
    double[] least =
        rows.stream()
            .mapToDouble(r -> ConditionalOddsRatio.of(r.table()).leastAttainableP())
            .toArray();
    List<Row> testable = new ArrayList<>();
    for (int i : Tarone.of(least, 0.05).testable().indices()) {
      testable.add(rows.get(i));
    }
    double[] p =
        testable.stream()
            .mapToDouble(r -> ConditionalOddsRatio.of(r.table()).midPGreater())
            .toArray();
    double[] q = Adjustment.BENJAMINI_HOCHBERG.adjust(p);
    List<Estimate> odds = testable.stream().map(r -> r.table().oddsRatio(0.95)).toList();
    List<List<Value>> shown =
        IntStream.range(0, p.length)
            .filter(i -> p[i] < 0.5)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> odds.get(i).interval().lower())
                    .reversed())
            .limit(limit)
            .map(i -> row(testable.get(i), odds.get(i), q[i]))
            .toList();
    return Grid.of(
        List.of(
            Heading.whole("column"),
            Heading.words("value"),
            Heading.numbers("in_a"),
            Heading.numbers("of_a"),
            Heading.numbers("in_b"),
            Heading.numbers("of_b"),
            Heading.numbers("odds_ratio"),
            Heading.numbers("lower"),
            Heading.numbers("upper"),
            Heading.numbers("q")),
        shown);
  }

  private static List<Value> row(Row row, Estimate odds, double q) {
    TwoByTwo t = row.table();
    return List.of(
        Value.text(row.column()),
        Value.text(row.value()),
        Value.whole(t.exposedCases()),
        Value.whole(t.exposedCases() + t.unexposedCases()),
        Value.whole(t.exposedOthers()),
        Value.whole(t.exposedOthers() + t.unexposedOthers()),
        number(odds.value()),
        number(odds.interval().lower()),
        number(odds.interval().upper()),
        number(q));
  }

  private static Value number(double x) {
    return Double.isFinite(x)
        ? new Value.Decimal(new BigDecimal(x).round(new MathContext(3)).doubleValue())
        : Value.MISSING;
  }
}
