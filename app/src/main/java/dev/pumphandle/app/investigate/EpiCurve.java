package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Sparkline;
import dev.pumphandle.app.output.Value;
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

  private static final int WIDEST = 30;

  private EpiCurve() {}

  private record Bin(String from, long cases, double hostDays) {}

  /// The curve of the cases that meet a condition.
  ///
  /// @param days how long a bin is (days)
  public static Grid grid(LineList list, String condition, int days) throws IOException {
    StudyReader.read(list, condition);
    List<Bin> bins = new ArrayList<>();
    long seconds = days * 86_400L;
    try (Answer answer =
        list.ask(
            """
            WITH cases AS (SELECT at_s // %1$d AS bin FROM study_crashes WHERE is_case),
            bins AS (SELECT unnest(range(min(bin), max(bin) + 1)) AS bin FROM cases)
            SELECT to_timestamp(b.bin * %1$d)::DATE::VARCHAR,
              (SELECT count(*) FROM cases c WHERE c.bin = b.bin),
              (SELECT coalesce(sum(least(to_s, (b.bin + 1) * %1$d) - greatest(from_s, b.bin * %1$d)), 0)
                 ::DOUBLE / 86400
               FROM study_stays WHERE to_s > b.bin * %1$d AND from_s < (b.bin + 1) * %1$d)
            FROM bins b ORDER BY b.bin
            """
                .formatted(seconds))) {
      while (answer.next()) {
        bins.add(
            new Bin(
                answer.value(0).orElse("").toString(),
                ((Number) answer.value(1).orElse(0L)).longValue(),
                ((Number) answer.value(2).orElse(0.0)).doubleValue()));
      }
    }
    long most = bins.stream().mapToLong(Bin::cases).max().orElse(0);
    return Grid.of(
        List.of(
            Heading.whole("from"),
            Heading.numbers("episodes"),
            Heading.numbers("host_days"),
            Heading.numbers("per_1000_host_days"),
            Heading.words("curve")),
        bins.stream().map(bin -> row(bin, most)).toList());
  }

  private static List<Value> row(Bin bin, long most) {
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
        Value.text(Sparkline.bar(bin.cases(), most, WIDEST)));
  }
}
