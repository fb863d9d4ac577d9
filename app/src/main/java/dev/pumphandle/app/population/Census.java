package dev.pumphandle.app.population;

import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.app.question.AnswerGrid;
import dev.pumphandle.app.question.ColumnKind;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts the cases of a line list.
///
/// A case is a row that was read and is not excluded. All counts are taken from one table of a few
/// narrow columns, so that definitions are evaluated once however many questions follow.
public final class Census {
  private static final String CASES =
      "read_state in ('complete', 'truncated') and excluded_reason is null";

  private final LineList list;
  private final int spans;

  /// A census of `list`.
  ///
  /// @param spans into how many equal spans of time a label's curve is divided
  public Census(LineList list, int spans) {
    this.list = list;
    this.spans = spans;
  }

  /// The labels, most frequent first.
  public List<LabelCount> labels() throws IOException {
    Map<String, List<Long>> curves = curves();
    List<LabelCount> counts = new ArrayList<>();
    for (List<Value> row :
        ask(
            "select label, coalesce(max(label_version), 0),"
                + " count(*) filter (label_tier = 'confirmed'),"
                + " count(*) filter (label_tier = 'probable'),"
                + " count(*) filter (label_tier = 'suspect'),"
                + " count(*), min(observed_at), max(observed_at)"
                + " from labelled where "
                + CASES
                + " group by label order by count(*) desc, label")) {
      String label = Words.of(row.get(0));
      counts.add(
          new LabelCount(
              label,
              number(row.get(1)),
              number(row.get(2)),
              number(row.get(3)),
              number(row.get(4)),
              number(row.get(5)),
              curves.getOrDefault(label, List.of()),
              moment(row.get(6)),
              moment(row.get(7))));
    }
    return counts;
  }

  private Map<String, List<Long>> curves() throws IOException {
    Map<String, List<Long>> curves = new HashMap<>();
    for (List<Value> row :
        ask(
            "with c as (select label, epoch(observed_at) as moment from labelled where "
                + CASES
                + " and observed_at is not null),"
                + " span as (select min(moment) as low, greatest(max(moment) - min(moment), 1) as wide from c)"
                + " select label, least("
                + (spans - 1)
                + ", floor("
                + spans
                + " * (moment - low) / wide))::bigint, count(*) from c, span group by all")) {
      List<Long> curve =
          curves.computeIfAbsent(
              Words.of(row.get(0)), _ -> new ArrayList<>(java.util.Collections.nCopies(spans, 0L)));
      curve.set((int) number(row.get(1)), number(row.get(2)));
    }
    return curves;
  }

  /// The hosts or nodes with most cases, each with the label it has most of.
  ///
  /// @param most how many to name
  public List<Count> hosts(int most) throws IOException {
    List<Count> counts = new ArrayList<>();
    for (List<Value> row :
        ask(
            "with h as (select coalesce(host_name, k8s_node_name, host_physical_id, 'unknown') as host,"
                + " label, count(*) as n from labelled where "
                + CASES
                + " group by all)"
                + " select host, sum(n)::bigint, max(n), arg_max(label, n) from h group by host"
                + " order by 2 desc, 1 limit "
                + most)) {
      long cases = number(row.get(1));
      long same = number(row.get(2));
      String label = Words.printable(Words.of(row.get(3)));
      String note =
          same < 2 ? "" : same == cases ? "all " + label : Words.count(same) + " " + label;
      counts.add(new Count(Words.printable(Words.of(row.get(0))), cases, note));
    }
    return counts;
  }

  /// Cases by day of onset (UTC), from the first day to the last, days without cases included.
  ///
  /// @param most how many days to go back from the last
  public List<Count> days(int most) throws IOException {
    return counts(
        "with d as (select observed_at::date as day, count(*) as n from labelled where "
            + CASES
            + " and observed_at is not null group by 1),"
            + " ends as (select max(day) as until, greatest(min(day), max(day) - "
            + (most - 1)
            + ") as since from d)"
            + " select strftime(r.day::date, '%Y-%m-%d'), coalesce(d.n, 0) from"
            + " (select unnest(generate_series(since, until, interval 1 day)) as day from ends) r"
            + " left join d on d.day = r.day::date order by 1");
  }

  /// The newest case of a label, by its whole id.
  public Optional<String> newest(String label) throws IOException {
    return ask(
            "select case_id from labelled where label = "
                + ColumnKind.literal(label)
                + " and "
                + CASES
                + " order by observed_at desc nulls last, case_id limit 1")
        .stream()
        .map(row -> Words.of(row.getFirst()))
        .findFirst();
  }

  /// Rows that meet several definitions, by the definitions they meet.
  public List<Count> overlaps() throws IOException {
    return counts(
        "select array_to_string(labels_met, ' + '), count(*) from labelled"
            + " where len(labels_met) > 1 group by 1 order by 2 desc, 1");
  }

  /// Rows that are no cases, by reason.
  public List<Count> exclusions() throws IOException {
    return counts(
        "select excluded_reason, count(*) from labelled where excluded_reason is not null"
            + " group by 1 order by 2 desc, 1");
  }

  /// Rows by how well they could be read.
  public List<Count> readStates() throws IOException {
    return counts("select read_state, count(*) from facts group by 1 order by 2 desc, 1");
  }

  private List<Count> counts(String sql) throws IOException {
    List<Count> counts = new ArrayList<>();
    for (List<Value> row : ask(sql)) {
      counts.add(new Count(Words.printable(Words.of(row.get(0))), number(row.get(1))));
    }
    return counts;
  }

  private List<List<Value>> ask(String sql) throws IOException {
    List<List<Value>> rows = new ArrayList<>();
    try (Answer answer = list.ask(sql)) {
      AnswerGrid.of(answer).rows().forEachRemaining(rows::add);
    }
    return rows;
  }

  private static long number(Value value) {
    return value instanceof Value.Whole(var number) ? number.longValue() : 0;
  }

  private static Optional<Instant> moment(Value value) {
    return value instanceof Value.Moment(Instant at) ? Optional.of(at) : Optional.empty();
  }
}
