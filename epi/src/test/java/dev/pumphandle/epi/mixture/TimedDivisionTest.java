package dev.pumphandle.epi.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Cases with two signs: unrelated ones show each in one of ten, those of a disease that begins in
/// the last third of the time in eight of ten.
class TimedDivisionTest {

  private static final int UNRELATED = 300;
  private static final int ILL = 80;
  private static final int BINS = 30;
  private static final int BEGINS = 20;

  private final int[][] cases = new int[UNRELATED + ILL][];
  private final int[] bin = new int[UNRELATED + ILL];
  private final double[] others = new double[BINS];

  private Division division(long seed, boolean aDisease) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] rest = new int[3000][];
    for (int i = 0; i < rest.length; i++) rest[i] = signs(random, 0.1);
    Arrays.fill(others, 100);
    for (int i = 0; i < cases.length; i++) {
      boolean ill = aDisease && i >= UNRELATED;
      cases[i] = signs(random, ill ? 0.8 : 0.1);
      bin[i] = ill ? BEGINS + random.nextInt(BINS - BEGINS) : random.nextInt(BINS);
    }
    return new AnchoredMixture(new Signs(cases, rest), List.of(), 1).divide().orElseThrow();
  }

  private static int[] signs(SplittableRandom random, double often) {
    return new int[] {
      random.nextDouble() < often ? 1 : 0,
      random.nextDouble() < often ? 1 : 0,
      random.nextDouble() < often ? 1 : 0
    };
  }

  private int mistakes(int[] assigned) {
    int mistakes = 0;
    for (int i = 0; i < assigned.length; i++) if ((assigned[i] > 0) != (i >= UNRELATED)) mistakes++;
    return mistakes;
  }

  @Test
  void timeTellsWhatSignsLeaveInDoubt() {
    int withTime = 0;
    int without = 0;
    for (int seed = 1; seed <= 10; seed++) {
      Division division = division(seed, true);
      assertThat(division.populations()).isEqualTo(1);
      without += mistakes(division.assigned());
      withTime += mistakes(TimedDivision.of(division, bin, others).assigned());
    }
    assertThat(withTime).isLessThan(without * 3 / 4);
  }

  @Test
  void aCaseInDoubtIsUnrelatedBeforeTheDiseaseBeganAndIllAfterwards() {
    Division division = division(3, true);
    TimedDivision timed = TimedDivision.of(division, bin, others);
    int early = -1;
    int late = -1;
    for (int i = 0; i < cases.length; i++) {
      if (Arrays.stream(cases[i]).sum() != 2) continue;
      if (bin[i] < BEGINS - 5) early = i;
      if (bin[i] > BEGINS + 5 && Arrays.equals(cases[i], cases[Math.max(0, early)])) late = i;
    }
    assertThat(division.posterior(early, 1)).isEqualTo(division.posterior(late, 1));
    assertThat(timed.posterior(early, 1)).isLessThan(division.posterior(early, 1));
    assertThat(timed.posterior(late, 1)).isGreaterThan(division.posterior(late, 1));
    assertThat(timed.posterior(late, 0) + timed.posterior(late, 1)).isCloseTo(1, within(1e-12));
  }

  @Test
  void whereNoDiseaseLivesAnywhereTimeChangesNothing() {
    Division division = division(5, false);
    assertThat(division.populations()).isZero();
    assertThat(TimedDivision.of(division, bin, others).assigned()).containsOnly(0);
  }

  @Test
  void aSmallDiseaseDoesNotTakeInACrowdThatRisesInItsTime() {
    SplittableRandom random = new SplittableRandom(1);
    int crowd = 30_000;
    int ill = 40;
    int[][] all = new int[crowd + ill][];
    int[] when = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      boolean of = i >= crowd;
      boolean missing = !of && random.nextInt(16) == 0;
      int telling = of || random.nextInt(20_000) == 0 ? 1 : 0;
      all[i] = new int[] {missing ? -1 : telling, random.nextInt(2)};
      when[i] = of ? BEGINS + random.nextInt(BINS - BEGINS) : BINS - 1 - fewerLater(random);
    }
    int[][] rest = new int[30_000][];
    for (int i = 0; i < rest.length; i++)
      rest[i] = new int[] {random.nextInt(20_000) == 0 ? 1 : 0, random.nextInt(2)};
    Arrays.fill(others, 1000);
    Division division =
        new AnchoredMixture(new Signs(all, rest), List.of(), 1).divide().orElseThrow();
    assertThat(division.populations()).isEqualTo(1);

    int[] assigned = TimedDivision.of(division, when, others).assigned();
    assertThat(Arrays.stream(assigned).filter(c -> c > 0).count()).isBetween(38L, 50L);
  }

  private static int fewerLater(SplittableRandom random) {
    int one = random.nextInt(BINS);
    int other = random.nextInt(BINS);
    return Math.min(one, other);
  }

  // What a simulated fleet of twelve million rows showed: 35 cases became 37,000.
  @Test
  void ofAClassThatConsistsOfDoubtsTimeDecidesNothing() {
    SplittableRandom random = new SplittableRandom(2);
    int[][] all = new int[10_000][];
    int[] when = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = new int[] {i < 35 ? 1 : 0};
      when[i] = BINS - 1 - fewerLater(random);
    }
    Signs signs = new Signs(all, all);
    CasePatterns patterns = new CasePatterns(signs, List.of());
    double[][] posterior = {{0, 1}, {0.506, 0.494}};
    Division division =
        new Division(
            List.of(new ClassKind.Unrelated(), new ClassKind.Diffuse(0)),
            new double[] {0.506, 0.494},
            patterns,
            posterior,
            0,
            0);
    Arrays.fill(others, 1000);

    assertThat(TimedDivision.of(division, when, others).assigned())
        .isEqualTo(division.assigned())
        .satisfies(each -> assertThat(Arrays.stream(each).sum()).isEqualTo(35));
  }
}
