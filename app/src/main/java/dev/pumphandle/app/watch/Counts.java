package dev.pumphandle.app.watch;

import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Cases by label, region and hour: episodes, not records, without those that are excluded.
final class Counts {

  private static final String TABLE = "watch_cases";

  /// Cases of an hour.
  ///
  /// @param label their label
  /// @param region where; empty if unknown
  /// @param hour when it begins (epoch seconds)
  /// @param cases how many
  /// @param logOnly of them, those known from logs alone
  record Hour(String label, String region, long hour, long cases, long logOnly) {}

  private final List<Hour> hours;

  private Counts(List<Hour> hours) {
    this.hours = hours;
  }

  /// Lays the cases out: episodes, not records, without those that are excluded; each with who has
  /// it, the physical host where it is known. To be called before anything else is asked.
  static void prepare(LineList list) throws IOException {
    list.keep(
        TABLE,
        """
        SELECT label, coalesce(cloud_region, '') AS region, epoch(observed_at)::BIGINT AS at_s,
          coalesce(host_physical_id, k8s_node_name, host_name, host_id, 'unknown') AS host,
          evidence IS NOT NULL AS log_only
        FROM cases
        WHERE read_state IN ('complete', 'truncated') AND excluded_reason IS NULL
          AND observed_at IS NOT NULL AND label IS NOT NULL AND case_id = episode_id
        """);
  }

  /// Reads a stretch of the line list.
  static Counts read(LineList list, Instant from, Instant to) throws IOException {
    List<Hour> hours = new ArrayList<>();
    try (Answer answer =
        list.ask(
            """
            SELECT label, region, at_s // 3600 * 3600, count(*), count(*) FILTER (WHERE log_only)
            FROM %s WHERE at_s >= %d AND at_s < %d GROUP BY ALL ORDER BY ALL
            """
                .formatted(TABLE, from.getEpochSecond(), to.getEpochSecond()))) {
      while (answer.next()) {
        hours.add(
            new Hour(
                answer.value(0).orElse("").toString(),
                answer.value(1).orElse("").toString(),
                number(answer, 2),
                number(answer, 3),
                number(answer, 4)));
      }
    }
    return new Counts(hours);
  }

  /// When the first case of the line list was; empty where it has none.
  static Optional<Instant> first(LineList list) throws IOException {
    try (Answer answer = list.ask("SELECT min(at_s) FROM " + TABLE)) {
      return moment(answer);
    }
  }

  private static Optional<Instant> moment(Answer answer) throws IOException {
    return answer.next()
        ? answer.value(0).map(at -> Instant.ofEpochSecond(((Number) at).longValue()))
        : Optional.empty();
  }

  /// The hosts that had cases of a stream, most first.
  static List<Alert.HostCount> hosts(LineList list, StreamName stream, Instant from, Instant to)
      throws IOException {
    List<Alert.HostCount> hosts = new ArrayList<>();
    try (Answer answer =
        list.ask(
            """
            SELECT host, count(*) FILTER (WHERE at_s >= %1$d AND at_s <= %2$d) AS n,
              min(at_s) >= %1$d
            FROM %3$s WHERE %4$s GROUP BY host HAVING n > 0 ORDER BY n DESC, host
            """
                .formatted(from.getEpochSecond(), to.getEpochSecond(), TABLE, of(stream)))) {
      while (answer.next()) {
        hosts.add(
            new Alert.HostCount(
                answer.value(0).orElse("unknown").toString(),
                number(answer, 1),
                answer.value(2).map(Boolean.class::cast).orElse(false)));
      }
    }
    return hosts;
  }

  /// When a stream had its last case.
  static Optional<Instant> last(LineList list, StreamName stream) throws IOException {
    try (Answer answer = list.ask("SELECT max(at_s) FROM " + TABLE + " WHERE " + of(stream))) {
      return moment(answer);
    }
  }

  private static String of(StreamName stream) {
    String label = "label = " + literal(stream.label());
    return stream.region().isEmpty() ? label : label + " AND region = " + literal(stream.region());
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static long number(Answer answer, int column) throws IOException {
    return ((Number) answer.value(column).orElse(0L)).longValue();
  }

  /// The regions that occur.
  NavigableSet<String> regions() {
    NavigableSet<String> regions = new TreeSet<>();
    hours.stream().map(Hour::region).filter(r -> !r.isEmpty()).forEach(regions::add);
    return regions;
  }

  /// Cases of a stream in a stretch of whole hours.
  double of(StreamName stream, Instant from, Instant to) {
    return within(stream, from, to).mapToLong(Hour::cases).sum();
  }

  /// Of them, those known from logs alone.
  long logOnly(StreamName stream, Instant from, Instant to) {
    return within(stream, from, to).mapToLong(Hour::logOnly).sum();
  }

  private java.util.stream.Stream<Hour> within(StreamName stream, Instant from, Instant to) {
    return hours.stream()
        .filter(h -> h.hour >= from.getEpochSecond() && h.hour < to.getEpochSecond())
        .filter(h -> stream.has(h.label, h.region));
  }
}
