package dev.pumphandle.epi.investigation;

import static dev.pumphandle.epi.investigation.TurnedHost.BAD;
import static dev.pumphandle.epi.investigation.TurnedHost.DAYS;
import static dev.pumphandle.epi.investigation.TurnedHost.TURNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.epi.onset.Onset;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The population of a host that turned bad on a known day.
class ClassesTest {

  private static DiseaseClass ofTheHost(int foundFrom) {
    Study study = TurnedHost.study();
    Finding found = TurnedHost.finding(new ScanSet(new Family.Onset(0), BAD, foundFrom, DAYS));
    return new Classes(new Comparison(study), InvestigationOptions.usual(1, 1).withReplicates(99))
        .divide(List.of(found)).classes().stream()
            .filter(c -> c.kind() == DiseaseClass.Kind.PLACE)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void aPopulationHasItsCasesOfBeforeTheDayThatTheSearchFound() {
    assertThat(ofTheHost(TURNED + 9).members())
        .hasSize(DAYS - TURNED)
        .isEqualTo(ofTheHost(TURNED).members());
  }

  @Test
  void aPopulationBeganWithItsFirstCaseAndNotOnTheDayThatTheSearchFound() {
    Onset.Began began = (Onset.Began) ofTheHost(TURNED + 9).onset();
    assertThat(began.bestStep()).isEqualTo(TURNED);
  }
}
