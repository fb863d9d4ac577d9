package dev.pumphandle.epi.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RateTest {

  private static final double LEVEL = 0.95;

  @Test
  void nothingSeenGivesTheRuleOfThree() {
    Estimate none = new Rate(0, 1000).estimate(LEVEL);
    assertThat(none.value()).isZero();
    assertThat(none.interval().lower()).isZero();
    assertThat(new Rate(0, 1000).upperLimit(LEVEL)).isCloseTo(0.0029957, within(1e-6));
    assertThat(none.caveats()).isNotEmpty();
  }

  @Test
  void noTimeAtRiskCannotBeEstimated() {
    assertThat(new Rate(3, 0).estimate(LEVEL).estimable()).isFalse();
    assertThat(new RateRatio(new Rate(0, 0), new Rate(1, 2)).estimate(LEVEL).estimable()).isFalse();
    assertThat(new RateRatio(new Rate(0, 5), new Rate(0, 2)).estimate(LEVEL).estimable()).isFalse();
  }

  @Test
  void theUnitOfTimeDoesNotChangeARatio() {
    RateRatio hours = new RateRatio(new Rate(9, 480), new Rate(40, 96_000));
    RateRatio days = new RateRatio(new Rate(9, 20), new Rate(40, 4000));
    assertThat(days.estimate(LEVEL).value())
        .isCloseTo(hours.estimate(LEVEL).value(), Percentage.withPercentage(1e-9));
    assertThat(days.midPInterval(LEVEL).upper())
        .isCloseTo(hours.midPInterval(LEVEL).upper(), Percentage.withPercentage(1e-7));
    assertThat(days.pTwoSided()).isCloseTo(hours.pTwoSided(), Percentage.withPercentage(1e-7));
  }

  @Test
  void limitsOfAProportionHoldItsTails() {
    Proportion p = new Proportion(3, 10);
    assertThat(new Proportion(3, 10).pGreater(p.clopperPearson(LEVEL).lower()))
        .isCloseTo(0.025, within(1e-9));
    assertThat(new Proportion(0, 0).wilson(LEVEL).defined()).isFalse();
    assertThat(new Proportion(0, 12).estimate(LEVEL).interval().lower()).isZero();
    assertThat(new Proportion(12, 12).estimate(LEVEL).interval().upper()).isEqualTo(1);
  }

  @Test
  void aConfounderDisappearsInItsStrata() {
    StratifiedTables tables =
        new StratifiedTables(List.of(new TwoByTwo(40, 160, 10, 40), new TwoByTwo(2, 98, 18, 882)));
    assertThat(tables.crude().oddsRatio(LEVEL).interval().above(1)).isTrue();
    assertThat(tables.oddsRatio(LEVEL).value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void strataThatDisagreeCarryACaveatAndUninformativeOnesAreCounted() {
    Estimate mixed =
        new StratifiedTables(
                List.of(
                    new TwoByTwo(40, 60, 10, 90),
                    new TwoByTwo(10, 90, 40, 60),
                    new TwoByTwo(0, 0, 3, 4)))
            .oddsRatio(LEVEL);
    assertThat(mixed.caveats()).anyMatch(c -> c instanceof Caveat.Heterogeneous);
    assertThat(mixed.caveats()).contains(new Caveat.UninformativeStrata(2, 3));
    assertThat(new StratifiedTables(List.of()).oddsRatio(LEVEL).estimable()).isFalse();
    assertThat(new StratifiedRates(List.of()).rateRatio(LEVEL).estimable()).isFalse();
  }

  @Test
  void oneStratumIsItsOwnAdjustment() {
    TwoByTwo table = new TwoByTwo(8, 92, 4, 196);
    assertThat(new StratifiedTables(List.of(table)).oddsRatio(LEVEL).value())
        .isCloseTo(new SampleOddsRatio(table).value(), within(1e-9));
  }

  @Test
  void hiddenCausesOfNothingNeedNoStrength() {
    assertThat(HiddenCause.strength(1)).isEqualTo(1);
    assertThat(HiddenCause.strength(0.5)).isCloseTo(HiddenCause.strength(2), within(1e-12));
    assertThat(HiddenCause.strengthForLimit(3, new Interval(0.8, 9, LEVEL))).isEqualTo(1);
  }

  @Test
  void mislabelledCasesPullARatioTowardOne() {
    assertThat(LabelNoise.corrected(3, 0)).isEqualTo(3);
    assertThat(LabelNoise.corrected(3, 0.5)).isEqualTo(5);
    assertThat(LabelNoise.corrected(0.1, 0.5)).isZero();
  }

  @Test
  void shrunkRatiosPutTinyGroupsBehindLargeSureOnes() {
    double[] cases = {3, 60, 10, 12, 9};
    double[] expected = {0.5, 20, 11, 11, 10};
    ShrunkRatio shrunk = ShrunkRatio.of(cases, expected);
    assertThat(shrunk.mean(3, 0.5)).isLessThan(6);
    assertThat(shrunk.sure(60, 20)).isGreaterThan(shrunk.sure(3, 0.5));
  }
}
