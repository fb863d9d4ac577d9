package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The epi curve of a simulated fleet of 60 nodes, 20 in each of three regions, over 60 days that
/// end on 2025-08-31.
class CurveCommandTest {

  private static final String REGION = "westeurope";

  @TempDir Path directory;
  private Path fleet;

  @BeforeEach
  void aFleet() {
    fleet = directory.resolve("fleet");
    Ran.in(
        directory,
        "simulate",
        fleet.toString(),
        "--nodes",
        "60",
        "--days",
        "60",
        "--crashes-per-node-day",
        "0.2",
        "--last-day",
        "2025-08-31");
  }

  private List<String[]> curve(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "curve";
    System.arraycopy(words, 0, all, 1, words.length);
    Ran ran = Ran.in(fleet, all);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out().lines().skip(1).map(line -> line.split("\t", -1)).toList();
  }

  private static long hostDays(List<String[]> rows) {
    return rows.stream().mapToLong(row -> Long.parseLong(row[2])).sum();
  }

  @Test
  void theRateOfARegionIsOverTheHostTimeOfThatRegion() {
    assertThat(hostDays(curve())).isEqualTo(60 * 60);
    assertThat(hostDays(curve("region:" + REGION))).isEqualTo(20 * 60);
    assertThat(hostDays(curve("-region:" + REGION))).isEqualTo(40 * 60);
  }

  @Test
  void whatOnlyCrashesHaveLeavesTheHostTimeAlone() {
    assertThat(hostDays(curve("signal:SIGSEGV,region:" + REGION))).isEqualTo(20 * 60);
  }

  @Test
  void weeksBeginOnMondaysAndThoseThatAreCutHaveTheHostTimeOfTheirPart() {
    List<String[]> rows = curve("--since", "2025-07-09", "--until", "2025-07-16");

    assertThat(rows).hasSize(2);
    for (String[] row : rows) {
      assertThat(LocalDate.parse(row[0]).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
    }
    assertThat(rows.get(0)[2]).isEqualTo("300");
    assertThat(rows.get(1)[2]).isEqualTo("120");
  }

  @Test
  void theCurveGoesOnToTheEndOfWhatIsKnownThoughTheLastCaseWasEarlier() {
    List<String[]> rows = curve("--where", "observed_at < '2025-07-20'");

    assertThat(rows.getLast()[0]).isEqualTo("2025-08-25");
    assertThat(rows.getLast()[1]).isEqualTo("0");
  }

  @Test
  void aConditionInSqlIsSaidNotToBeAskedOfHostTime() {
    assertThat(Ran.in(fleet, "curve", "--where", "signal_number = 11").err())
        .contains("Of --where nothing is asked of host-time");
  }

  @Test
  void aSpanWithoutTimeInItIsRefused() {
    Ran ran = Ran.in(fleet, "curve", "--since", "2025-07-09", "--until", "2025-07-09");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--until: expected a time after --since 2025-07-09");
  }
}
