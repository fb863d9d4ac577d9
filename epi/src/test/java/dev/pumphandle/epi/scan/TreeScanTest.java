package dev.pumphandle.epi.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pumphandle.epi.chance.MonteCarlo;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class TreeScanTest {

  private static final int[] PARENT = {-1, 0, 0, 1, 1, 2, 2};
  private static final int[] LEAVES = {3, 4, 5, 6};

  @Test
  void monteCarloAgreesWithCountingEveryArrangement() {
    TreeScan scan = new TreeScan(PARENT, LEAVES, new int[] {0, 1, 1, 6}, new double[] {3, 5, 4, 2});
    double exact = scan.exactP(1_000_000).orElseThrow();
    double[] maxima = scan.replicatedMaxima(9999, 3, 2);
    double p = MonteCarlo.pValue(maxima, scan.conditional()[scan.best()]);
    assertThat(p).isCloseTo(exact, within(4 * Math.sqrt(exact * (1 - exact) / 9999) + 1e-4));
    assertThat(maxima).isEqualTo(scan.replicatedMaxima(9999, 3, 1));
  }

  @Test
  void theUnitOfExpectedCountsDoesNotMatter() {
    int[] cases = {0, 1, 1, 6};
    assertThat(new TreeScan(PARENT, LEAVES, cases, new double[] {30, 50, 40, 20}).conditional())
        .containsExactly(
            new TreeScan(PARENT, LEAVES, cases, new double[] {3, 5, 4, 2}).conditional(),
            within(1e-12));
  }

  @Test
  void withoutCasesNothingStandsOut() {
    TreeScan scan = new TreeScan(PARENT, LEAVES, new int[4], new double[] {1, 1, 1, 1});
    assertThat(scan.conditional()).containsOnly(0);
    assertThat(scan.exactP(1000)).hasValue(1);
  }

  @Test
  void aSubsetWithNothingButCasesKeepsItsRatio() {
    assertThat(LogLikelihoodRatio.bernoulli(6, 6, 26, 326)).isCloseTo(15.8700, within(1e-4));
    assertThat(LogLikelihoodRatio.bernoulli(5, 5, 5, 100)).isPositive().isFinite();
    assertThat(LogLikelihoodRatio.conditionalPoisson(7, 1, 7))
        .isCloseTo(7 * Math.log(7), within(1e-12));
    assertThat(LogLikelihoodRatio.conditionalPoisson(0, 0, 0)).isZero();
  }

  @Test
  void equalTrialsAreBinomial() {
    double[] p = new double[12];
    java.util.Arrays.fill(p, 0.3);
    PoissonBinomial sum = new PoissonBinomial(p);
    BinomialDistribution binomial = BinomialDistribution.of(12, 0.3);
    for (int k = 0; k <= 12; k++)
      assertThat(sum.probability(k)).isCloseTo(binomial.probability(k), within(1e-14));
    assertThat(sum.atLeast(0)).isCloseTo(1, within(1e-14));
    assertThat(new PoissonBinomial(new double[0]).atLeast(1)).isZero();
  }

  @Test
  void oneSickVmIsNotASickHost() {
    HostTrace.Vm sick = new HostTrace.Vm(9, 0.2, 500, 0, 0);
    HostTrace.Vm well = new HostTrace.Vm(0, 0.2, 500, 0, 0);
    HostTrace one = new HostTrace(List.of(sick, well, well, well), 300);
    assertThat(one.answer(3)).isEqualTo(HostTrace.Answer.ONE_VM);
    assertThat(one.llrGivenBestVm()).isZero();
    HostTrace.Vm ill = new HostTrace.Vm(4, 0.2, 500, 0, 400);
    HostTrace all = new HostTrace(List.of(ill, ill, ill, well), 300);
    assertThat(all.answer(3)).isEqualTo(HostTrace.Answer.CONFIRMED_HOST);
    assertThat(all.pOfVmsWithCases()).isLessThan(0.03);
    assertThat(all.selfControlled(0.95).interval().lower()).isGreaterThan(1);
    assertThat(one.selfControlled(0.95).estimable()).isFalse();
    assertThat(new HostTrace(List.of(), 10).answer(3)).isEqualTo(HostTrace.Answer.NO_EXCESS);
  }

  @Test
  void treeAndTimeTogetherFindAHostThatWasSickForTwoWeeks() {
    SimulatedFleet fleet = new SimulatedFleet(400, 60, 2);
    int[] cases =
        fleet.crashes(
            100,
            12,
            r ->
                fleet.rows.code(r, SimulatedFleet.HOST) == 50
                    && fleet.rows.day(r) >= 20
                    && fleet.rows.day(r) < 32,
            4);
    List<Family> families =
        Families.tree(
                List.of(
                    SimulatedFleet.REGION,
                    SimulatedFleet.CLUSTER,
                    SimulatedFleet.HOST,
                    SimulatedFleet.VM),
                fleet.days)
            .families();
    GreedyScan.Result result =
        new GreedyScan(
                fleet.againstHostTime(cases), families, ScanOptions.usual(1, 2).withReplicates(199))
            .run();
    ScanSet best = result.accepted().getFirst();
    assertThat(best.family()).isEqualTo(new Family.Window(SimulatedFleet.HOST, 28));
    assertThat(best.group()).isEqualTo(50);
    assertThat(best.fromDay()).isBetween(18, 24);
    assertThat(best.toDay()).isBetween(28, 33);
  }
}
