package dev.pumphandle.epi.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How large the mixture takes a population to be.
class AnchoredMixtureTest {

  private static final int OTHERS = 30_000;

  private static Division division(int unrelated, int ill, double often) {
    SplittableRandom random = new SplittableRandom(1);
    int[][] cases = new int[unrelated + ill][];
    for (int i = 0; i < cases.length; i++)
      cases[i] = signs(random, i < unrelated ? 1.0 / 20_000 : often);
    int[][] others = new int[OTHERS][];
    for (int i = 0; i < others.length; i++) others[i] = signs(random, 1.0 / 20_000);
    return new AnchoredMixture(new Signs(cases, others), List.of(), 1).divide().orElseThrow();
  }

  // One sign is telling, two are not, and in a sixteenth of the cases the telling one is missing.
  private static int[] signs(SplittableRandom random, double often) {
    int telling = random.nextDouble() < often ? 1 : 0;
    return new int[] {
      random.nextInt(16) == 0 ? Signs.MISSING : telling, random.nextInt(2), random.nextInt(3)
    };
  }

  @Test
  void aFewOfManyCasesWithASignOfTheirOwnAreAPopulationOfTheirSize() {
    Division division = division(300_000, 100, 1);
    assertThat(division.populations()).isEqualTo(1);
    assertThat(division.share(1) * 300_100).isBetween(80.0, 160.0);
    assertThat(division.posterior(0, 1)).isLessThan(0.01);
  }

  @Test
  void aPopulationOfWhichNotAllShowTheSignIsNotCutToThat() {
    Division division = division(300, 100, 0.8);
    assertThat(division.populations()).isEqualTo(1);
    assertThat(division.share(1) * 400).isBetween(80.0, 120.0);
  }
}
