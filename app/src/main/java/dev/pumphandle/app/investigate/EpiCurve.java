package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Sparkline;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.question.TimeSpan;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.StudyReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// Episodes by time, over the host-time of each bin.
public final class EpiCurve {

  // The columns of numbers, with the gaps between them.
  private static final int OF_NUMBERS = 53;
  // 1970-01-05 (epoch seconds).
  private static final long FIRST_MONDAY = 4 * 86_400L;

  private EpiCurve() {}

  private record Bin(String from, long cases, double hostDays) {}

  /// What the curve is drawn of.
  ///
  /// @param cases which cases, in SQL over the columns of cases
  /// @param hostTime which host-time, in SQL over the columns of the inventory: of a region's cases
  ///     the rate is over the region's host-time
  /// @param span from when until when
  /// @param days how long a bin is (days)
  public record Asked(String cases, String hostTime, TimeSpan span, int days) {}

  /// Whether host-time can be asked for a column of the line list: whether inventories have it.
  public static boolean isOfHostTime(String column) {
    return HostColumns.column(column).isPresent();
  }

  /// The curve: from the first case, or from the start that was asked for, to the end of what is
  /// known, so that it also shows how long there was none. Weeks begin on Mondays; a bin that the
  /// span cuts has the host-time of its part.
  ///
  /// @param columns how wide the page is, so that the longest bar fits (characters)
  public static Grid grid(LineList list, Asked asked, int columns) throws IOException {
    StudyReader.read(list, asked.cases());
    List<Bin> bins = new ArrayList<>();
    long seconds = asked.days() * 86_400L;
    String from = asked.span().from().map(at -> at.getEpochSecond() + "").orElse("NULL");
    String to = asked.span().to().map(at -> at.getEpochSecond() + "").orElse("NULL");
    try (Answer answer =
        list.ask(
            """
            WITH cases AS (
              SELECT (at_s - %2$d) // %1$d AS bin FROM study_crashes WHERE is_case
            ), stays AS (
              SELECT greatest(from_s, coalesce(%3$s, from_s)) AS from_s,
                least(to_s, coalesce(%4$s, to_s)) AS to_s
              FROM study_stays WHERE %5$s
            ), known AS (
              SELECT least(coalesce(%4$s, until), until) AS until FROM (
                SELECT greatest((SELECT max(to_s) FROM study_stays),
                  (SELECT max(at_s) + 1 FROM study_episodes)) AS until)
            ), bins AS (
              SELECT unnest(range(first, last + 1)) AS bin FROM (
                SELECT coalesce((%3$s - %2$d) // %1$d, min(bin)) AS first,
                  greatest(max(bin), ((SELECT until FROM known) - 1 - %2$d) // %1$d) AS last
                FROM cases HAVING count(*) > 0)
            )
            SELECT to_timestamp(b.bin * %1$d + %2$d)::DATE::VARCHAR,
              (SELECT count(*) FROM cases c WHERE c.bin = b.bin),
              (SELECT coalesce(sum(least(to_s, (b.bin + 1) * %1$d + %2$d)
                  - greatest(from_s, b.bin * %1$d + %2$d)), 0)::DOUBLE / 86400
               FROM stays WHERE to_s > b.bin * %1$d + %2$d AND from_s < (b.bin + 1) * %1$d + %2$d
                 AND from_s < to_s)
            FROM bins b ORDER BY b.bin
            """
                .formatted(seconds, FIRST_MONDAY, from, to, asked.hostTime()))) {
      while (answer.next()) {
        bins.add(
            new Bin(
                answer.value(0).orElse("").toString(),
                ((Number) answer.value(1).orElse(0L)).longValue(),
                ((Number) answer.value(2).orElse(0.0)).doubleValue()));
      }
    }
    int bar = Math.clamp(columns - OF_NUMBERS, 10, 60);
    long most = bins.stream().mapToLong(Bin::cases).max().orElse(0);
    return Grid.of(
        List.of(
            Heading.whole("from"),
            Heading.numbers("episodes"),
            Heading.numbers("host_days"),
            Heading.numbers("per_1000_host_days"),
            Heading.words("curve")),
        bins.stream().map(bin -> row(bin, most, bar)).toList());
  }

  private static List<Value> row(Bin bin, long most, int bar) {
    return List.of(
        Value.text(bin.from()),
        Value.whole(bin.cases()),
        bin.hostDays() > 0 ? Value.whole(Math.round(bin.hostDays())) : Value.MISSING,
        bin.hostDays() > 0
            ? new Value.Decimal(
                new BigDecimal(1000 * bin.cases() / bin.hostDays())
                    .round(new MathContext(3))
                    .doubleValue())
            : Value.MISSING,
        Value.text(Sparkline.bar(bin.cases(), most, bar)));
  }
}
