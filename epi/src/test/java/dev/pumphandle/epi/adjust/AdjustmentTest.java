package dev.pumphandle.epi.adjust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class AdjustmentTest {

  @Test
  void orderOfTheInputDoesNotMatterAndValuesStayMonotone() {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5L);
    double[] p = random.doubles(40).toArray();
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    for (Adjustment adjustment : Adjustment.values()) {
      double[] q = adjustment.adjust(p);
      double[] qOfSorted = adjustment.adjust(sorted);
      for (int i = 0; i < p.length; i++) {
        int at = Arrays.binarySearch(sorted, p[i]);
        assertThat(q[i])
            .isEqualTo(qOfSorted[at])
            .isGreaterThanOrEqualTo(p[i])
            .isLessThanOrEqualTo(1);
      }
      for (int i = 1; i < p.length; i++)
        assertThat(qOfSorted[i]).isGreaterThanOrEqualTo(qOfSorted[i - 1]);
    }
  }

  @Test
  void strongerGuaranteesCostMore() {
    double[] p = {0.001, 0.01, 0.02, 0.2, 0.6};
    double[] bh = Adjustment.BENJAMINI_HOCHBERG.adjust(p);
    double[] by = Adjustment.BENJAMINI_YEKUTIELI.adjust(p);
    double[] holm = Adjustment.HOLM.adjust(p);
    double[] bonferroni = Adjustment.BONFERRONI.adjust(p);
    for (int i = 0; i < p.length; i++) {
      assertThat(bh[i]).isLessThanOrEqualTo(by[i]);
      assertThat(holm[i]).isLessThanOrEqualTo(bonferroni[i]);
    }
  }

  @Test
  void nothingToAdjustStaysNothing() {
    for (Adjustment adjustment : Adjustment.values())
      assertThat(adjustment.adjust(new double[0])).isEmpty();
  }

  @Test
  void testsThatCannotBeSignificantArePaidForByNobody() {
    double[] least = new double[1003];
    Arrays.fill(least, 0.3);
    least[0] = 1e-6;
    least[1] = 1e-5;
    least[2] = 1e-4;
    Tarone tarone = Tarone.of(least, 0.05);
    assertThat(tarone.factor()).isEqualTo(3);
    assertThat(tarone.testable().indices()).containsExactly(0, 1, 2);
    assertThat(tarone.testable().withheld()).isEqualTo(1000);
  }
}
