package dev.pumphandle.epi.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TwoByTwoTest {

  private static final double LEVEL = 0.95;

  @Test
  void aZeroCellLeavesABoundAndSaysSo() {
    Estimate odds = new TwoByTwo(5, 2, 0, 93).oddsRatio(LEVEL);
    assertThat(odds.value()).isInfinite();
    assertThat(odds.interval().lower()).isBetween(20.0, 40.0);
    assertThat(odds.interval().upper()).isInfinite();
    assertThat(odds.caveats()).contains(new Caveat.OneSided(Caveat.OneSided.Side.AT_LEAST));
  }

  @Test
  void aZeroMarginCannotBeEstimatedAndThrowsNothing() {
    for (TwoByTwo t :
        new TwoByTwo[] {
          new TwoByTwo(0, 0, 0, 0),
          new TwoByTwo(0, 0, 3, 4),
          new TwoByTwo(0, 5, 0, 7),
          new TwoByTwo(5, 0, 7, 0),
          new TwoByTwo(3, 4, 0, 0)
        }) {
      assertThat(t.oddsRatio(LEVEL).estimable()).isFalse();
      assertThat(t.oddsRatio(LEVEL).caveats()).isNotEmpty();
      assertThat(t.riskRatio(LEVEL)).isNotNull();
      assertThat(t.riskDifference(LEVEL)).isNotNull();
      ConditionalOddsRatio conditional = ConditionalOddsRatio.of(t);
      assertThat(conditional.pTwoSided()).isEqualTo(1);
      assertThat(conditional.midPInterval(LEVEL))
          .isEqualTo(new Interval(0, Double.POSITIVE_INFINITY, LEVEL));
      assertThat(new TableTests(t).pearson().p()).isNaN();
      assertThat(new TableTests(t).likelihoodRatio().p()).isEqualTo(1);
    }
  }

  @Test
  void exchangingExposedAndUnexposedInvertsTheOddsRatio() {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3L);
    for (int i = 0; i < 200; i++) {
      int a = 1 + random.nextInt(20);
      int b = 1 + random.nextInt(200);
      int c = 1 + random.nextInt(60);
      int d = 1 + random.nextInt(2000);
      Estimate one = new TwoByTwo(a, b, c, d).oddsRatio(LEVEL);
      Estimate other = new TwoByTwo(c, d, a, b).oddsRatio(LEVEL);
      assertThat(one.value() * other.value()).isCloseTo(1, within(1e-8));
      assertThat(one.interval().lower() * other.interval().upper()).isCloseTo(1, within(1e-8));
    }
  }

  @Test
  void exchangingCasesAndExposureLeavesTheOddsRatioAndTheTests() {
    TwoByTwo table = new TwoByTwo(9, 3, 40, 700);
    TwoByTwo turned = new TwoByTwo(9, 40, 3, 700);
    assertThat(turned.oddsRatio(LEVEL).value())
        .isCloseTo(table.oddsRatio(LEVEL).value(), Percentage.withPercentage(1e-6));
    assertThat(ConditionalOddsRatio.of(turned).pTwoSided())
        .isCloseTo(ConditionalOddsRatio.of(table).pTwoSided(), Percentage.withPercentage(1e-6));
  }

  @Test
  void theMidPIntervalLiesInsideTheExactOne() {
    ConditionalOddsRatio conditional = ConditionalOddsRatio.of(new TwoByTwo(7, 13, 20, 300));
    Interval exact = conditional.exactInterval(LEVEL);
    Interval midP = conditional.midPInterval(LEVEL);
    assertThat(midP.lower()).isGreaterThan(exact.lower());
    assertThat(midP.upper()).isLessThan(exact.upper());
    assertThat(midP.contains(conditional.estimate())).isTrue();
  }

  @Test
  void ourEstimateIsTheMaximumWhereTheOneThatRPrintsIsNot() {
    ConditionalOddsRatio conditional = ConditionalOddsRatio.of(new TwoByTwo(30, 2, 3, 20_000));
    assertThat(conditional.estimate()).isBetween(60_000.0, 100_000.0);
    assertThat(conditional.printedByR().estimate()).isGreaterThan(1e15);
    assertThat(conditional.midPInterval(LEVEL).contains(conditional.estimate())).isTrue();
  }

  @Test
  void tailsFarBelowOneKeepTheirDigits() {
    assertThat(ConditionalOddsRatio.of(new TwoByTwo(1200, 8000, 3500, 90_000)).pGreater())
        .isCloseTo(8.8496542333328e-260, Percentage.withPercentage(1e-7));
  }

  @Test
  void negativeCountsAreRefused() {
    assertThatThrownBy(() -> new TwoByTwo(-1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
