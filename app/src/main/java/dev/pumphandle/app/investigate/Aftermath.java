package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Rate;
import dev.pumphandle.epi.measure.RateRatio;
import dev.pumphandle.epi.surveillance.CrashFree;
import dev.pumphandle.epi.surveillance.EProcess;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.StudyReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Did it help? Cases per host-time before and after a moment.
///
/// @param before the rate before (cases per host-hour)
/// @param after the rate since
/// @param unplaced cases that lie in no stretch of the inventory, and so in neither rate
public record Aftermath(Rate before, Rate after, long unplaced) {

  private static final double LEVEL = 0.95;
  private static final double ALPHA = 0.05;
  private static final double MUCH = 1e6;

  // Without an inventory no rate can be told, but cases still can be counted.
  private static final String COUNTED =
      "(stay IS NOT NULL OR NOT EXISTS (SELECT 1 FROM study_stays))";

  /// Counts from a line list.
  ///
  /// @param condition which cases
  /// @param within which host-time and cases, over the exposures of the inventory; `true` for all
  /// @param since when something was done
  public static Aftermath of(LineList list, String condition, String within, Instant since)
      throws IOException {
    StudyReader.read(list, condition);
    long at = since.getEpochSecond();
    try (Answer answer =
        list.ask(
            """
            SELECT
              (SELECT count(*) FROM study_crashes WHERE is_case AND %3$s AND at_s < %1$d AND (%2$s)),
              (SELECT count(*) FROM study_crashes WHERE is_case AND %3$s AND at_s >= %1$d AND (%2$s)),
              (SELECT coalesce(sum(greatest(0, least(to_s, %1$d) - from_s)), 0)::DOUBLE / 3600 FROM study_stays WHERE %2$s),
              (SELECT coalesce(sum(greatest(0, to_s - greatest(from_s, %1$d))), 0)::DOUBLE / 3600 FROM study_stays WHERE %2$s),
              (SELECT count(*) FROM study_crashes WHERE is_case AND NOT %3$s AND (%2$s))
            """
                .formatted(at, within, COUNTED))) {
      answer.next();
      return new Aftermath(
          new Rate(count(answer, 0), hours(answer, 2)),
          new Rate(count(answer, 1), hours(answer, 3)),
          count(answer, 4));
    }
  }

  private static long count(Answer answer, int column) throws IOException {
    return ((Number) answer.value(column).orElse(0L)).longValue();
  }

  private static double hours(Answer answer, int column) throws IOException {
    return ((Number) answer.value(column).orElse(0.0)).doubleValue();
  }

  /// Whether there is neither a case nor host-time on either side.
  public boolean nothing() {
    return before.events() + after.events() == 0 && before.time() + after.time() == 0;
  }

  /// The answer in sentences.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Before: " + rate(before) + ".");
    lines.add("Since:  " + rate(after) + ".");
    if (unplaced > 0) {
      lines.add(
          Words.count(unplaced, "more case")
              + (unplaced == 1 ? " lies" : " lie")
              + " in no stretch of the inventory: in neither figure.");
    }
    if (before.time() == 0 || after.time() == 0) {
      lines.add("No host-time on one of the sides: rates cannot be compared.");
      return lines;
    }
    Estimate ratio = new RateRatio(after, before).estimate(LEVEL);
    if (before.events() == 0 && after.events() == 0) {
      lines.add("No case on either side: there is nothing to compare.");
      return lines;
    }
    lines.add("The rate since is " + Figures.times(ratio) + " the rate before.");
    lines.add(
        ratio.interval().upper() < 1
            ? "It has fallen by more than chance gives."
            : ratio.interval().above(1)
                ? "It has risen by more than chance gives."
                : "A change cannot be told from chance yet.");
    CrashFree free = new CrashFree(before);
    double needed = free.timeNeeded();
    if (after.events() == 0) {
      lines.add(
          free.fixedAfter(after.time())
              ? "No case since, for long enough to say: fixed."
              : "No case since, but that may be luck: "
                  + days(needed)
                  + " without a case are needed before one may say fixed, "
                  + days(after.time())
                  + " have passed.");
    } else if (before.events() > 0) {
      double log =
          EProcess.USUAL.logEvidence((double) after.events(), before.value() * after.time() / 5);
      lines.add(
          "Against a fix that leaves a fifth of the old rate: evidence "
              + (log > Math.log(MUCH) ? "over a million" : Figures.brief(Math.exp(log)))
              + (log >= -Math.log(ALPHA)
                  ? ", above 20: it is still there, or back."
                  : ", below 20: not enough to say that it is back."));
    }
    return lines;
  }

  /// The figures in one row, for programs.
  public Grid grid() {
    Estimate ratio = new RateRatio(after, before).estimate(LEVEL);
    boolean known = before.time() > 0 && after.time() > 0 && before.events() + after.events() > 0;
    return Grid.of(
        List.of(
            Heading.numbers("cases_before"),
            Heading.numbers("host_days_before"),
            Heading.numbers("cases_since"),
            Heading.numbers("host_days_since"),
            Heading.numbers("cases_without_host_time"),
            Heading.numbers("rate_ratio"),
            Heading.numbers("lower"),
            Heading.numbers("upper")),
        List.of(
            List.of(
                Value.whole(before.events()),
                number(before.time() / 24),
                Value.whole(after.events()),
                number(after.time() / 24),
                Value.whole(unplaced),
                known ? number(ratio.value()) : Value.MISSING,
                known ? number(ratio.interval().lower()) : Value.MISSING,
                known ? number(ratio.interval().upper()) : Value.MISSING)));
  }

  private static Value number(double value) {
    return Double.isFinite(value) ? new Value.Decimal(value) : Value.MISSING;
  }

  private static String rate(Rate rate) {
    if (rate.time() == 0) {
      return Words.count(rate.events(), "case") + ", no host-time";
    }
    Estimate estimate = rate.estimate(LEVEL);
    double scale = 24 * 1000.0;
    return Words.count(rate.events(), "case")
        + " in "
        + days(rate.time())
        + String.format(
            Locale.ROOT,
            ", %s per 1,000 host-days (95 %% %s to %s)",
            Figures.brief(estimate.value() * scale),
            Figures.brief(estimate.interval().lower() * scale),
            Figures.brief(estimate.interval().upper() * scale));
  }

  private static String days(double hours) {
    return Double.isInfinite(hours)
        ? "any number of host-days"
        : Figures.brief(hours / 24) + " host-days";
  }
}
