package dev.pumphandle.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OneBadHostTest {

  private static final LocalDate LAST = LocalDate.of(2025, 6, 14);
  private static final List<Admission> STAGED = OneBadHost.endingOn(LAST).stage(Rounds.demo());

  private static Staging staging(Admission admission) {
    return admission.staging().orElseThrow();
  }

  @Test
  void misalignedStacksHappenOnTheBadHostOnlyAndNotBeforeItsDay() {
    Instant badSince = LAST.minusDays(5).atStartOfDay(ZoneOffset.UTC).toInstant();
    List<Admission> shifted =
        STAGED.stream().filter(a -> a.patient().illness().startsWith("shift-")).toList();
    assertThat(shifted).hasSizeGreaterThan(3);
    assertThat(shifted).allMatch(a -> staging(a).host().equals(OneBadHost.BAD_HOST));
    assertThat(shifted).noneMatch(a -> staging(a).at().isBefore(badSince));
  }

  @Test
  void racesHappenOnMostHostsFromTheFirstDaysOn() {
    List<Admission> races = STAGED.stream().filter(a -> a.patient().races()).toList();
    assertThat(races.stream().map(a -> staging(a).host()).distinct().count()).isGreaterThan(3);
    assertThat(races.stream().map(a -> staging(a).at()).min(Instant::compareTo).orElseThrow())
        .isBefore(LAST.minusDays(8).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  @Test
  void everyoneDiesWithinTheStoryAndTheSameWayEachTime() {
    Instant from = LAST.minusDays(13).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant to = LAST.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    assertThat(STAGED).noneMatch(a -> staging(a).at().isBefore(from));
    assertThat(STAGED).allMatch(a -> staging(a).at().isBefore(to));
    assertThat(OneBadHost.endingOn(LAST).stage(Rounds.demo())).isEqualTo(STAGED);
  }

  @Test
  void aSidecarEscapesWhatItQuotes() {
    Staging staging =
        new Staging("h", Instant.EPOCH, new TreeMap<>(Map.of("note", "a \"b\" \\ c\n")));
    assertThat(staging.sidecar()).contains("\"note\": \"a \\\"b\\\" \\\\ c\\u000a\"");
  }
}
