package dev.pumphandle.epi.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How often the scan finds something where nothing is, and how often it finds what is there.
@Tag("slow")
class ScanErrorRateTest {

  private static final int FLEETS = 200;

  @Test
  void withoutAnOutbreakFindingsAreAsRareAsAlpha() {
    SimulatedFleet fleet = new SimulatedFleet(400, 60, 8);
    List<Family> families = fleet.families();
    int hostTime = 0;
    int otherCrashes = 0;
    for (int seed = 0; seed < FLEETS; seed++) {
      int[] cases = fleet.crashes(80, 0, r -> true, 1000 + seed);
      int[] others = fleet.crashes(600, 0, r -> true, 5000 + seed);
      ScanOptions options = ScanOptions.usual(seed, 2).withReplicates(99);
      if (!new GreedyScan(fleet.againstHostTime(cases), families, options)
          .run()
          .accepted()
          .isEmpty()) hostTime++;
      if (!new GreedyScan(fleet.againstOtherCrashes(cases, others), families, options)
          .run()
          .accepted()
          .isEmpty()) otherCrashes++;
    }
    // 19 of 200 is the 99.5 % quantile at a true rate of 5 %.
    assertThat(hostTime).as("against host-time").isLessThanOrEqualTo(19);
    assertThat(otherCrashes).as("against other crashes").isLessThanOrEqualTo(19);
  }

  @Test
  void aHostWithTwentyCasesIsRankedFirstAlmostAlways() {
    SimulatedFleet fleet = new SimulatedFleet(1000, 60, 8);
    List<Family> families = fleet.families();
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      int host = 10 + seed * 11;
      int[] cases =
          fleet.crashes(
              170,
              20,
              r -> fleet.rows.code(r, SimulatedFleet.HOST) == host && fleet.rows.day(r) > 25,
              seed);
      List<ScanSet> accepted =
          new GreedyScan(
                  fleet.againstHostTime(cases),
                  families,
                  ScanOptions.usual(seed, 2).withReplicates(99))
              .run()
              .accepted();
      if (!accepted.isEmpty()
          && accepted.getFirst().group() == host
          && isOfHosts(accepted.getFirst().family())) found++;
    }
    assertThat(found).isGreaterThanOrEqualTo(19);
  }

  private static boolean isOfHosts(Family family) {
    return family.equals(new Family.Onset(SimulatedFleet.HOST))
        || family.equals(new Family.Single(SimulatedFleet.HOST));
  }
}
