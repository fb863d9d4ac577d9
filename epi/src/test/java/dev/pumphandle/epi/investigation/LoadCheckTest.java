package dev.pumphandle.epi.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.epi.race.DoseResponse.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/// Do cases follow the load? Fleets of 400 stretches of ten days in four regions, under loads from
/// 0.5 to 8 a second.
final class LoadCheckTest {

  private static final int STRETCHES = 400;
  private static final int REGIONS = 4;
  private static final long TEN_DAYS = 10 * Uptime.DAY;
  private static final InvestigationOptions OPTIONS = InvestigationOptions.usual(3, 1);

  private static double load(int stay) {
    return 0.5 * Math.pow(2, stay % 40 / 10.0);
  }

  private static Study study(IntToDoubleFunction expected, boolean counted) {
    SplittableRandom random = new SplittableRandom(11);
    int[] regions = new int[STRETCHES];
    long[] from = new long[STRETCHES];
    long[] to = new long[STRETCHES];
    long[] born = new long[STRETCHES];
    double[] loads = new double[STRETCHES];
    List<Integer> stays = new ArrayList<>();
    for (int s = 0; s < STRETCHES; s++) {
      regions[s] = s / 40 % REGIONS;
      to[s] = TEN_DAYS;
      loads[s] = load(s);
      // Thinning of a thousand chances: a Poisson count, near enough.
      for (int i = 0; i < 1000; i++)
        if (random.nextDouble() < expected.applyAsDouble(s) / 1000) stays.add(s);
    }
    int n = stays.size();
    boolean[] cases = new boolean[n];
    java.util.Arrays.fill(cases, true);
    long[] at = new long[n];
    for (int i = 0; i < n; i++) at[i] = TEN_DAYS / n * i;
    int[] codes = new int[2 * n];
    for (int i = 0; i < n; i++) codes[2 * i] = regions[stays.get(i)];
    Stays inventory = new Stays(1, regions, from, to, born);
    return new Study(
        0,
        10,
        List.of(
            new Exposure(
                "cloud_region", "region", Exposure.Role.REGION, List.of("a", "b", "c", "d")),
            new Exposure("uptime", "age", Exposure.Role.UPTIME, Uptime.names())),
        counted ? inventory.under("exceptions_per_second", loads) : inventory,
        new Crashes(
            2,
            codes,
            at,
            stays.stream().mapToInt(Integer::intValue).toArray(),
            cases,
            new int[n],
            new int[n][0]),
        List.of(),
        List.of("return-to-null"),
        List.of(),
        List.of());
  }

  private static LoadCheck check(IntToDoubleFunction expected) {
    return LoadCheck.of(study(expected, true), OPTIONS).orElseThrow();
  }

  @Test
  void aRaceRisesInProportionAndRegionsDifferNoMoreThanTheirLoad() {
    LoadCheck race = check(s -> 0.8 * load(s));
    assertThat(race.slope().reading()).isEqualTo(Reading.PROPORTIONAL);
    assertThat(race.slope().interval().upper() - race.slope().interval().lower()).isLessThan(0.5);
    assertThat(race.p()).isGreaterThan(0.01);
    assertThat(race.places()).hasSize(REGIONS);
    assertThat(race.places().stream().mapToDouble(LoadCheck.Place::expected).sum())
        .isCloseTo(race.cases(), org.assertj.core.api.Assertions.within(1e-6));
  }

  @Test
  void whatComesAtARateOfItsOwnDoesNotFollow() {
    assertThat(check(s -> 1).slope().reading()).isEqualTo(Reading.NOT_DRIVEN);
  }

  @Test
  void whatRisesWithTheSquareIsNotCalledProportional() {
    assertThat(check(s -> 0.2 * load(s) * load(s)).slope().reading())
        .isEqualTo(Reading.RISES_OTHERWISE);
  }

  @Test
  void aRegionWithSomethingElseBesidesIsSeen() {
    LoadCheck more = check(s -> (s / 40 % REGIONS == 2 ? 2.5 : 0.8) * load(s));
    assertThat(more.p()).isLessThan(0.01);
    assertThat(
            more.places().stream()
                .filter(place -> place.name().equals("c"))
                .findFirst()
                .orElseThrow()
                .ratio()
                .interval()
                .above(1))
        .isTrue();
  }

  @Test
  void whereNobodyCountedOrFewDiedNothingIsSaid() {
    assertThat(LoadCheck.of(study(s -> 1, false), OPTIONS)).isEqualTo(Optional.empty());
    assertThat(LoadCheck.of(study(s -> 0.01, true), OPTIONS)).isEqualTo(Optional.empty());
  }
}
