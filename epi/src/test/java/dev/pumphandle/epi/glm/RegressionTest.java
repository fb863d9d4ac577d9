package dev.pumphandle.epi.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pumphandle.epi.measure.Caveat;
import dev.pumphandle.epi.measure.SampleOddsRatio;
import dev.pumphandle.epi.measure.TwoByTwo;
import org.junit.jupiter.api.Test;

class RegressionTest {

  @Test
  void oneIndicatorReproducesTheOddsRatioOfItsTable() {
    Fit fit =
        LogisticRegression.fit(
            Design.withIntercept(new double[][] {{1}, {0}}),
            new double[] {9, 40},
            new double[] {12, 740});
    assertThat(Math.exp(fit.coefficients().get(1)))
        .isCloseTo(new SampleOddsRatio(new TwoByTwo(9, 3, 40, 700)).value(), within(1e-7));
    assertThat(fit.deviance()).isCloseTo(0, within(1e-9));
  }

  @Test
  void allCasesOnOneHostStayFiniteUnderThePenaltyOnly() {
    Design x = Design.withIntercept(new double[][] {{1}, {0}});
    double[] cases = {7, 0};
    double[] trials = {9, 500};
    Fit plain = LogisticRegression.fit(x, cases, trials);
    Fit firth = LogisticRegression.firth(x, cases, trials);
    assertThat(plain.status()).isEqualTo(Fit.Status.SEPARATED);
    assertThat(plain.ratio(1, 0.95).caveats()).contains(new Caveat.Separated());
    assertThat(firth.status()).isEqualTo(Fit.Status.CONVERGED);
    assertThat(firth.ratio(1, 0.95).interval().above(1)).isTrue();
    assertThat(PoissonRegression.firth(x, cases, trials).status()).isEqualTo(Fit.Status.CONVERGED);
  }

  @Test
  void theUnitOfACovariateScalesItsSlopeAndNothingElse() {
    double[] y = {3, 5, 9, 16, 22};
    double[] time = {10, 10, 10, 10, 10};
    double[][] small = {{1}, {2}, {3}, {4}, {5}};
    double[][] large = {{1e6}, {2e6}, {3e6}, {4e6}, {5e6}};
    Fit one = PoissonRegression.fit(Design.withIntercept(small), y, time);
    Fit other = PoissonRegression.fit(Design.withIntercept(large), y, time);
    assertThat(other.coefficients().get(1) * 1e6)
        .isCloseTo(one.coefficients().get(1), within(1e-9));
    assertThat(other.logLikelihood()).isCloseTo(one.logLikelihood(), within(1e-9));
  }

  @Test
  void columnsThatSayTheSameAreNamedAsSuch() {
    Fit fit =
        PoissonRegression.fit(
            Design.withIntercept(new double[][] {{1, 2}, {2, 4}, {3, 6}}),
            new double[] {1, 2, 3},
            new double[] {1, 1, 1});
    assertThat(fit.status()).isEqualTo(Fit.Status.COLLINEAR);
    assertThat(fit.ratio(1, 0.95).estimable()).isFalse();
  }

  @Test
  void cellsWithoutExposureSayNothing() {
    double[] y = {4, 9, 0};
    double[] time = {100, 100, 0};
    Fit with = PoissonRegression.fit(Design.withIntercept(new double[][] {{0}, {1}, {1}}), y, time);
    assertThat(Math.exp(with.coefficients().get(1))).isCloseTo(9.0 / 4, within(1e-9));
  }

  @Test
  void countsNoMoreSpreadThanChanceHaveNoNegativeBinomialFit() {
    CountSpread even =
        new CountSpread(
            new double[] {2, 1, 3, 2, 1, 2, 3, 2}, new double[] {1, 1, 1, 1, 1, 1, 1, 1});
    assertThat(even.negativeBinomial()).isEmpty();
    assertThat(even.excessByMoments()).isZero();
    CountSpread none = new CountSpread(new double[] {0, 0, 0}, new double[] {1, 1, 1});
    assertThat(none.negativeBinomial()).isEmpty();
  }
}
