package dev.pumphandle.epi.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pumphandle.epi.adjust.Adjustment;
import dev.pumphandle.epi.chance.Streams;
import dev.pumphandle.epi.measure.Estimate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreedyScanTest {

  private static final SimulatedFleet FLEET = new SimulatedFleet(800, 60, 5);
  private static final List<Family> FAMILIES = FLEET.families();
  private static final int SICK_HOST = 33;

  private static boolean onSickHost(int row) {
    return FLEET.rows.code(row, SimulatedFleet.HOST) == SICK_HOST && FLEET.rows.day(row) >= 20;
  }

  private static ScanOptions options(int threads) {
    return ScanOptions.usual(42, threads).withReplicates(199);
  }

  @Test
  void aSickHostIsFoundAgainstHostTimeAndExplainsItsCluster() {
    int[] cases = FLEET.crashes(150, 20, GreedyScanTest::onSickHost, 1);
    GreedyScan.Result result =
        new GreedyScan(FLEET.againstHostTime(cases), FAMILIES, options(1)).run();
    assertThat(result.accepted()).hasSize(1);
    assertThat(hostOf(result.accepted().getFirst())).isEqualTo(SICK_HOST);
    assertThat(result.steps().getLast().accepted()).isFalse();
    assertThat(result.leads()).isNotEmpty();
  }

  @Test
  void aSickHostIsFoundAgainstOtherCrashes() {
    int[] cases = FLEET.crashes(150, 20, GreedyScanTest::onSickHost, 1);
    int[] others = FLEET.crashes(2000, 0, r -> true, 2);
    Design design = FLEET.againstOtherCrashes(cases, others);
    GreedyScan.Result result = new GreedyScan(design, FAMILIES, options(1)).run();
    assertThat(result.accepted()).isNotEmpty();
    assertThat(hostOf(result.accepted().getFirst())).isEqualTo(SICK_HOST);
    Effects effects = new Effects(design, result.accepted());
    assertThat(effects.crude(0, 0.95).interval().above(1)).isTrue();
    assertThat(effects.adjusted(0.95).getFirst().interval().above(1)).isTrue();
  }

  @Test
  void aTestOfManyCasesIsHeldAgainstReplicatesOfFewer() {
    Design design = FLEET.againstHostTime(FLEET.crashes(6_000, 0, r -> true, 3));
    double[] ofAll = bestByChance(design, 6_000);
    double[] ofFewer = bestByChance(design, 1_500);
    assertThat(ofFewer[ofFewer.length / 2]).isCloseTo(ofAll[ofAll.length / 2], within(1.0));
    int nineteenOfTwenty = ofAll.length * 19 / 20;
    assertThat(ofFewer[nineteenOfTwenty]).isGreaterThan(ofAll[nineteenOfTwenty] - 1.0);
  }

  @Test
  void whatRaisesTheRateByLessThanAHalfIsNoFindingHoweverSurely() {
    assertThat(acceptedWhereARegionHas(0.3)).isEmpty();
    assertThat(acceptedWhereARegionHas(1.0)).contains(0);
  }

  /// The regions accepted of 20,000 cases, where the first has so many times its share besides.
  private static List<Integer> acceptedWhereARegionHas(double more) {
    int regular = 0;
    for (int row : FLEET.crashes(20_000, 0, r -> true, 7)) if (inFirstRegion(row)) regular++;
    int[] cases = FLEET.crashes(20_000, (int) (more * regular), GreedyScanTest::inFirstRegion, 7);
    List<Family> regions = List.of(new Family.Single(SimulatedFleet.REGION));
    return new GreedyScan(FLEET.againstHostTime(cases), regions, options(1))
        .run().accepted().stream().map(ScanSet::group).toList();
  }

  private static boolean inFirstRegion(int row) {
    return FLEET.rows.code(row, SimulatedFleet.REGION) == 0;
  }

  private static double[] bestByChance(Design design, int most) {
    double[] weights = design.startingWeights();
    double[] runWeights = design.rows().runSums(weights);
    List<FamilyTable> tables =
        FAMILIES.stream()
            .map(
                f ->
                    FamilyTable.of(
                        f,
                        design.values(),
                        design.days(),
                        design.rows(),
                        weights,
                        runWeights,
                        false))
            .toList();
    Search search = new Search(tables, design.values(), 3, 1);
    Design.Draw draw =
        design.draw(Patterns.of(List.of(), design.rows(), design.values()), weights, most);
    Sample sample = new Sample(design.rows().attributes(), most);
    double[] best = new double[199];
    for (int i = 0; i < best.length; i++) {
      draw.fill(sample, new Streams(5).stream(i));
      assertThat(sample.size).isEqualTo(most);
      best[i] = search.bestScore(sample);
    }
    Arrays.sort(best);
    return best;
  }

  private static int hostOf(ScanSet set) {
    return switch (set.family()) {
      case Family.Single(int a) when a == SimulatedFleet.HOST -> set.group();
      case Family.Onset(int a) when a == SimulatedFleet.HOST -> set.group();
      case Family.Single single -> -1;
      case Family.Onset onset -> -1;
      case Family.Pair pair -> -1;
      case Family.Window window -> -1;
      case Family.Everybody everybody -> -1;
    };
  }

  @Test
  void theNumberOfThreadsNeverChangesAResult() {
    int[] cases = FLEET.crashes(150, 12, GreedyScanTest::onSickHost, 3);
    int[] others = FLEET.crashes(1500, 0, r -> true, 4);
    for (Design design :
        List.of(FLEET.againstHostTime(cases), FLEET.againstOtherCrashes(cases, others))) {
      GreedyScan.Result one = new GreedyScan(design, FAMILIES, options(1)).run();
      assertThat(new GreedyScan(design, FAMILIES, options(2)).run()).isEqualTo(one);
      assertThat(new GreedyScan(design, FAMILIES, options(3)).run()).isEqualTo(one);
    }
  }

  @Test
  void theOrderOfTheCasesNeverChangesAFinding() {
    int[] cases = FLEET.crashes(150, 20, GreedyScanTest::onSickHost, 1);
    int[] turned = new int[cases.length];
    for (int i = 0; i < cases.length; i++) turned[i] = cases[cases.length - 1 - i];
    assertThat(new GreedyScan(FLEET.againstHostTime(turned), FAMILIES, options(1)).run().accepted())
        .isEqualTo(
            new GreedyScan(FLEET.againstHostTime(cases), FAMILIES, options(1)).run().accepted());
  }

  @Test
  void noCasesAndOneCaseFindNothing() {
    for (int[] cases : new int[][] {{}, {17}, {17, 18}}) {
      assertThat(
              new GreedyScan(FLEET.againstHostTime(cases), FAMILIES, options(1)).run().accepted())
          .isEmpty();
      assertThat(
              new GreedyScan(
                      FLEET.againstOtherCrashes(cases, new int[] {1, 2, 3}), FAMILIES, options(1))
                  .run()
                  .accepted())
          .isEmpty();
    }
  }

  @Test
  void allCasesOnOneHostAreFoundAndLeaveNothingToExplain() {
    int[] cases = FLEET.crashes(0, 25, GreedyScanTest::onSickHost, 9);
    int[] others = FLEET.crashes(800, 0, r -> true, 4);
    for (Design design :
        List.of(FLEET.againstHostTime(cases), FLEET.againstOtherCrashes(cases, others))) {
      GreedyScan.Result result = new GreedyScan(design, FAMILIES, options(1)).run();
      assertThat(result.accepted()).isNotEmpty();
      assertThat(hostOf(result.accepted().getFirst())).isEqualTo(SICK_HOST);
      Effects effects = new Effects(design, result.accepted());
      assertThat(effects.shareOfCases(0)).isEqualTo(1);
      assertThat(effects.crude(0, 0.95).value()).isInfinite();
      assertThat(effects.adjusted(0.95)).allSatisfy(e -> assertThat(e.value()).isFinite());
    }
  }

  @Test
  void casesWithMissingAttributesAreLeftOutOfTheFamilyOnly() {
    int[] cases = FLEET.crashes(150, 30, GreedyScanTest::onSickHost, 1);
    Population known = FLEET.population(cases);
    int[] codes = known.codes().clone();
    for (int i = 0; i < cases.length; i += 3)
      codes[i * known.attributes() + SimulatedFleet.HOST] = Population.MISSING;
    Design design =
        new AgainstHostTime(
            FLEET.attributes,
            FLEET.days,
            FLEET.rows,
            FLEET.frailty,
            new Population(known.attributes(), codes, known.days()));
    GreedyScan.Result result = new GreedyScan(design, FAMILIES, options(1)).run();
    assertThat(result.accepted()).isNotEmpty();
    Candidate best = result.steps().getFirst().best();
    if (hostOf(best.set()) >= 0) assertThat(best.known()).isEqualTo(120);
  }

  @Test
  void fittedCountsAgreeWithEveryAcceptedSet() {
    int[] cases = FLEET.crashes(300, 60, GreedyScanTest::onSickHost, 6);
    Design design = FLEET.againstHostTime(cases);
    GreedyScan scan = new GreedyScan(design, FAMILIES, options(1));
    List<ScanSet> sets =
        List.of(
            new ScanSet(new Family.Single(SimulatedFleet.HOST), SICK_HOST, 0, FLEET.days),
            new ScanSet(new Family.Single(SimulatedFleet.KERNEL), 2, 0, FLEET.days));
    double[] fitted = scan.fitted(sets);
    assertThat(Arrays.stream(fitted).sum()).isCloseTo(cases.length, within(1e-6));
    for (ScanSet set : sets) {
      double expected = 0;
      long seen = 0;
      for (int r = 0; r < fitted.length; r++)
        if (set.member(FLEET.rows, r, design.values()) == ScanSet.Member.INSIDE)
          expected += fitted[r];
      for (int c = 0; c < cases.length; c++)
        if (set.member(design.cases(), c, design.values()) == ScanSet.Member.INSIDE) seen++;
      assertThat(expected).isCloseTo((double) seen, within(1e-6));
    }
  }

  @Test
  void anAttributeThatDecidesAnotherIsNotPairedWithIt() {
    Families families =
        Families.usual(
            FLEET.attributes, FLEET.rows, List.of(SimulatedFleet.VM), List.of(SimulatedFleet.HOST));
    assertThat(families.dependent())
        .contains(new Family.Pair(SimulatedFleet.CLUSTER, SimulatedFleet.HOST));
    assertThat(families.families())
        .noneMatch(f -> f instanceof Family.Pair p && p.second() == SimulatedFleet.VM);
  }

  @Test
  void twoNamesForTheSameRecordsAreAliases() {
    Design design = FLEET.againstHostTime(FLEET.crashes(50, 0, r -> true, 1));
    ScanSet sku = new ScanSet(new Family.Single(SimulatedFleet.SKU), 1, 0, FLEET.days);
    List<Aliases> found = Aliases.of(sku, FAMILIES, design, design.startingWeights(), Aliases.SAME);
    assertThat(found).allSatisfy(a -> assertThat(a.jaccard()).isBetween(Aliases.SAME, 1.0));
    assertThat(
            Aliases.of(
                sku,
                List.of(new Family.Single(SimulatedFleet.SKU)),
                design,
                design.startingWeights(),
                0.8))
        .isEmpty();
  }

  @Test
  void theBrowseListTestsOnlyWhatCanBeSignificant() {
    int[] cases = FLEET.crashes(60, 20, GreedyScanTest::onSickHost, 1);
    int[] others = FLEET.crashes(1000, 0, r -> true, 2);
    GreedyScan scan =
        new GreedyScan(FLEET.againstOtherCrashes(cases, others), FAMILIES, options(1));
    BrowseList list =
        BrowseList.of(
            scan.candidates(List.of()),
            cases.length + others.length,
            Adjustment.BENJAMINI_HOCHBERG,
            0.05,
            0.95);
    assertThat(list.withheld()).isPositive();
    assertThat(list.entries().getFirst().q()).isLessThan(0.05);
    for (int i = 1; i < list.entries().size(); i++)
      assertThat(list.entries().get(i).effect().interval().lower())
          .isLessThanOrEqualTo(list.entries().get(i - 1).effect().interval().lower());
  }

  @Test
  void aFindingIsConfirmedByBothDesignsOnly() {
    Estimate up = Estimate.of(4, new dev.pumphandle.epi.measure.Interval(2, 9, 0.95));
    Verdict.Evidence strong = new Verdict.Evidence(0.001, 1e-5, up, up, 1e-4);
    Verdict.Evidence nominal = new Verdict.Evidence(1, 0.01, up, up, 0.2);
    assertThat(Verdict.of(strong, nominal, 0.05)).isEqualTo(Verdict.CONFIRMED);
    assertThat(Verdict.of(nominal, strong, 0.05)).isEqualTo(Verdict.CONFIRMED);
    assertThat(Verdict.of(strong, Verdict.Evidence.none(), 0.05)).isEqualTo(Verdict.ONE_DESIGN);
    assertThat(Verdict.of(nominal, nominal, 0.05)).isEqualTo(Verdict.NOTHING);
    assertThat(Verdict.of(new Verdict.Evidence(1, 0.2, up, up, 0.04), nominal, 0.05))
        .isEqualTo(Verdict.LEAD);
  }
}
