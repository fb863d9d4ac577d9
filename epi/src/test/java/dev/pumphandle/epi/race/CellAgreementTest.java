package dev.pumphandle.epi.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CellAgreementTest {

  @Test
  void largeCellsAreJudgedByTheDistributionOfTheirStatistic() {
    // P(χ² > 8) with one degree of freedom is erfc(2).
    CellAgreement agreement =
        CellAgreement.of(new long[] {120, 80}, new double[] {100, 100}, 0.95, 99, 1);
    assertThat(agreement.p()).isCloseTo(0.004677735, within(1e-9));
    assertThat(agreement.ratios().getFirst().value()).isCloseTo(1.2, within(1e-12));
  }

  @Test
  void smallCellsAreDrawnAndAgreeWithThatDistributionWhereItIsGoodEnough() {
    long[] observed = {110, 78};
    double[] expected = {99, 99};
    double drawn = CellAgreement.of(observed, expected, 0.95, 9_999, 1).p();
    // χ² = 2 · 16²/94, and erfc(16/√94) = 0.0196.
    assertThat(drawn).isCloseTo(0.0196, within(0.008));
  }
}
