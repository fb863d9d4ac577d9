package dev.pumphandle.epi.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// 20,000 nodes, 120 days, 3,600 cases, 999 replicates: within half a minute on two cores.
@Tag("slow")
class ScanAtLargeScaleTest {

  @Test
  void aFleetOfTwentyThousandNodesIsScannedWithinThirtySeconds() {
    SimulatedFleet fleet = new SimulatedFleet(20_000, 120, 1);
    List<Family> families = fleet.families();
    int[] cases =
        fleet.crashes(
            3600,
            20,
            r -> fleet.rows.code(r, SimulatedFleet.HOST) == 77 && fleet.rows.day(r) > 60,
            2);
    long start = System.nanoTime();
    GreedyScan.Result result =
        new GreedyScan(fleet.againstHostTime(cases), families, ScanOptions.usual(7, 2)).run();
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertThat(result.accepted()).hasSize(1);
    assertThat(result.accepted().getFirst().group()).isEqualTo(77);
    assertThat(taken).isLessThan(Duration.ofSeconds(30));
  }
}
