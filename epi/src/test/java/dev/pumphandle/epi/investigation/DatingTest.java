package dev.pumphandle.epi.investigation;

import static dev.pumphandle.epi.investigation.TurnedHost.BAD;
import static dev.pumphandle.epi.investigation.TurnedHost.DAYS;
import static dev.pumphandle.epi.investigation.TurnedHost.HOSTS;
import static dev.pumphandle.epi.investigation.TurnedHost.TURNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.epi.onset.Onset;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The date of a host that turned bad on a known day.
class DatingTest {

  private static Onset dated(Family family, int group) {
    Study study = TurnedHost.study();
    List<Integer> cases =
        IntStream.of(study.crashes().cases())
            .filter(i -> study.crashes().code(i, 0) == BAD)
            .boxed()
            .toList();
    return new Dating(new Comparison(study), InvestigationOptions.usual(1, 1).withReplicates(99))
        .of(cases, Optional.of(TurnedHost.finding(new ScanSet(family, group, 0, DAYS))))
        .onset();
  }

  @Test
  void aHostIsDatedOverItsTime() {
    Onset.Began began = (Onset.Began) dated(new Family.Single(0), BAD);
    assertThat(began.bestStep()).isEqualTo(TURNED);
  }

  @Test
  void aHostUnderOneKernelIsDatedOverAllTheTimeOfTheHost() {
    Onset.Began began = (Onset.Began) dated(new Family.Pair(0, 1), 2 * BAD + 1);
    assertThat(began).isEqualTo(dated(new Family.Single(0), BAD));
    assertThat(dated(new Family.Pair(1, 0), HOSTS + BAD)).isEqualTo(began);
  }

  @Test
  void aKernelIsDatedOverItsOwnTimeAndHadNoBefore() {
    assertThat(dated(new Family.Single(1), 1)).isInstanceOf(Onset.NoChange.class);
  }
}
