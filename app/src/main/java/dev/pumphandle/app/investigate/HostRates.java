package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.epi.adjust.Adjustment;
import dev.pumphandle.epi.measure.Interval;
import dev.pumphandle.epi.measure.Rate;
import dev.pumphandle.epi.measure.RateRatio;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.StudyReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Physical hosts by what their host-time explains.
public final class HostRates {

  private final LineList list;

  /// The hosts of a line list, by the cases that meet a condition.
  public HostRates(LineList list, String condition) throws IOException {
    this.list = list;
    StudyReader.read(list, condition);
  }

  private record Host(String name, long cases, long crashes, double hours, long nodes) {}

  /// The most unusual hosts.
  ///
  /// @param limit how many
  public Grid all(int limit) throws IOException {
    List<Host> hosts = hosts();
    long cases = hosts.stream().mapToLong(Host::cases).sum();
    double hours = hosts.stream().mapToDouble(Host::hours).sum();
    double[] p =
        hosts.stream()
            .mapToDouble(
                h ->
                    h.hours() >= hours
                        ? 1
                        : new RateRatio(
                                new Rate(h.cases(), h.hours()),
                                new Rate(cases - h.cases(), hours - h.hours()))
                            .midPGreater())
            .toArray();
    double[] q = Adjustment.BENJAMINI_HOCHBERG.adjust(p);
    List<List<Value>> rows =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .limit(limit)
            .map(i -> row(hosts.get(i), cases / hours, p[i], q[i]))
            .toList();
    return Grid.of(
        List.of(
            Heading.whole("host"),
            Heading.numbers("cases"),
            Heading.numbers("crashes"),
            Heading.numbers("nodes"),
            Heading.numbers("host_days"),
            Heading.numbers("times_fleet"),
            Heading.numbers("lower"),
            Heading.numbers("upper"),
            Heading.numbers("p"),
            Heading.numbers("q")),
        rows);
  }

  private static List<Value> row(Host host, double fleetRate, double p, double q) {
    Rate rate = new Rate(host.cases(), host.hours());
    Interval limits = rate.exactInterval(0.95);
    return List.of(
        Value.text(host.name()),
        Value.whole(host.cases()),
        Value.whole(host.crashes()),
        Value.whole(host.nodes()),
        Value.whole(Math.round(host.hours() / 24)),
        number(rate.value() / fleetRate),
        number(limits.lower() / fleetRate),
        number(limits.upper() / fleetRate),
        number(p),
        number(q));
  }

  static Value number(double x) {
    if (!Double.isFinite(x)) {
      return Value.MISSING;
    }
    return new Value.Decimal(
        new java.math.BigDecimal(x).round(new java.math.MathContext(3)).doubleValue());
  }

  private List<Host> hosts() throws IOException {
    List<Host> hosts = new ArrayList<>();
    try (Answer answer =
        list.ask(
            """
            SELECT s.host_physical_id, coalesce(any_value(c.cases), 0), coalesce(any_value(c.crashes), 0),
              sum(s.to_s - s.from_s)::DOUBLE / 3600, count(DISTINCT s.node)
            FROM study_stays s LEFT JOIN (
              SELECT host_physical_id, count(*) FILTER (is_case) AS cases, count(*) AS crashes
              FROM study_episodes JOIN study_stays USING (stay) GROUP BY 1) c USING (host_physical_id)
            WHERE s.host_physical_id IS NOT NULL GROUP BY 1 ORDER BY 1
            """)) {
      while (answer.next()) {
        hosts.add(
            new Host(
                answer.value(0).orElse("").toString(),
                number(answer, 1),
                number(answer, 2),
                ((Number) answer.value(3).orElse(0)).doubleValue(),
                number(answer, 4)));
      }
    }
    return hosts;
  }

  private static long number(Answer answer, int column) throws IOException {
    return ((Number) answer.value(column).orElse(0L)).longValue();
  }

  /// Who lived on one host, in order, with the days of their cases.
  public Grid one(String host) throws IOException {
    List<List<Value>> rows = new ArrayList<>();
    try (Answer answer =
        list.ask(
            """
            SELECT s.node, min(to_timestamp(s.from_s))::DATE::VARCHAR,
              max(to_timestamp(s.to_s))::DATE::VARCHAR,
              coalesce(any_value(c.cases), 0), coalesce(any_value(c.crashes), 0), any_value(c.days)
            FROM study_stays s LEFT JOIN (
              SELECT node, count(*) FILTER (is_case) AS cases, count(*) AS crashes,
                string_agg(strftime(to_timestamp(at_s), '%%m-%%d'), ' ' ORDER BY at_s)
                  FILTER (is_case) AS days
              FROM study_episodes JOIN study_stays USING (stay)
              WHERE host_physical_id = %1$s GROUP BY 1) c
              USING (node)
            WHERE s.host_physical_id = %1$s GROUP BY s.node ORDER BY 2, 1
            """
                .formatted("'" + host.replace("'", "''") + "'"))) {
      while (answer.next()) {
        rows.add(
            List.of(
                Value.text(answer.value(0).orElse("").toString()),
                Value.text(answer.value(1).orElse("").toString()),
                Value.text(answer.value(2).orElse("").toString()),
                Value.whole(number(answer, 3)),
                Value.whole(number(answer, 4)),
                Value.text(answer.value(5).orElse("").toString())));
      }
    }
    return Grid.of(
        List.of(
            Heading.whole("node"),
            Heading.whole("from"),
            Heading.whole("to"),
            Heading.numbers("cases"),
            Heading.numbers("crashes"),
            Heading.words("days_of_cases")),
        rows);
  }
}
