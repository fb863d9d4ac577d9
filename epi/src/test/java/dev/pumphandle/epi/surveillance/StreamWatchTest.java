package dev.pumphandle.epi.surveillance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pumphandle.epi.surveillance.StreamWatch.Bin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

class StreamWatchTest {

  private static final double A_MONTH_OVER_TWENTY_STREAMS = EDetector.threshold(20, 30);

  private static List<Bin> days(int days, double events) {
    return Collections.nCopies(days, new Bin(events, 1));
  }

  @Test
  void aStreamThatGoesOnAsBeforeIsQuiet() {
    StreamWatch watch = new StreamWatch(days(90, 2), days(60, 2));

    StreamWatch.Outcome outcome = watch.outcome(A_MONTH_OVER_TWENTY_STREAMS, 1);

    assertThat(outcome.alarms()).isEmpty();
    assertThat(outcome.observed()).isEqualTo(120);
    assertThat(outcome.expected()).isCloseTo(60 * 181 / 90.0, within(1e-9));
  }

  @Test
  void aRiseAlarmsAndIsDatedToItsBeginning() {
    List<Bin> now = new ArrayList<>(days(10, 2));
    now.addAll(days(5, 8));

    StreamWatch.Outcome outcome =
        new StreamWatch(days(90, 2), now).outcome(A_MONTH_OVER_TWENTY_STREAMS, 1);

    assertThat(outcome.alarms().getFirst().bin()).isBetween(10, 13);
    assertThat(outcome.alarms().getFirst().since()).isEqualTo(10);
  }

  @Test
  void aLabelNeverSeenBeforeAlarmsAtItsThirdCase() {
    List<Bin> past = days(90, 0);

    StreamWatch two = new StreamWatch(past, List.of(new Bin(2, 1)));
    StreamWatch three = new StreamWatch(past, List.of(new Bin(3, 1)));

    assertThat(two.outcome(A_MONTH_OVER_TWENTY_STREAMS, 1).alarms()).isEmpty();
    assertThat(three.outcome(A_MONTH_OVER_TWENTY_STREAMS, 1).alarms()).hasSize(1);
  }

  @Test
  void aDayThatHasOnlyBegunExpectsOnlyItsPart() {
    StreamWatch watch = new StreamWatch(days(90, 24), List.of(new Bin(1, 1 / 24.0)));

    assertThat(watch.outcome(A_MONTH_OVER_TWENTY_STREAMS, 1).expected()).isCloseTo(1, within(0.01));
  }

  @Test
  void withoutAPastOneCaseInTheLeastExposureIsUsual() {
    StreamWatch watch = new StreamWatch(List.of(), days(2, 1));

    assertThat(watch.learned(1).rate()).isEqualTo(1);
    assertThat(watch.outcome(A_MONTH_OVER_TWENTY_STREAMS, 1).alarms()).isEmpty();
  }

  @Test
  void timeWithoutHostsTeachesNothing() {
    List<Bin> past = new ArrayList<>(days(30, 3));
    past.addAll(Collections.nCopies(60, new Bin(0, 0)));

    assertThat(new StreamWatch(past, List.of()).learned(1).rate())
        .isCloseTo(91 / 30.0, within(1e-9));
  }

  @Test
  void quietIsSurprisingInProportionToWhatWasExpected() {
    StreamWatch busy = new StreamWatch(days(90, 12), days(9, 0));
    StreamWatch rare = new StreamWatch(days(90, 0), days(9, 0));

    assertThat(busy.outcome(A_MONTH_OVER_TWENTY_STREAMS, 1).chanceOfNone()).isLessThan(1e-30);
    assertThat(rare.outcome(A_MONTH_OVER_TWENTY_STREAMS, 1).chanceOfNone()).isGreaterThan(0.5);
  }

  /// The promise that the command makes: over all streams, one false alarm in the budget of time,
  /// or fewer. Poisson counts, rates between one case in ten days and five a day, 90 days to learn
  /// from, as STATISTICS measured it.
  @Test
  void falseAlarmsComeNoOftenerThanStated() {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1854);
    int streams = 100;
    int watched = 180;
    int alarms = 0;
    for (int fleet = 0; fleet < 4; fleet++) {
      for (int s = 0; s < streams; s++) {
        double rate = 0.1 * Math.pow(50, s / (streams - 1.0));
        var counts = PoissonDistribution.of(rate).createSampler(random);
        List<Bin> past = new ArrayList<>();
        List<Bin> now = new ArrayList<>();
        for (int d = 0; d < 90; d++) past.add(new Bin(counts.sample(), 1));
        for (int d = 0; d < watched; d++) now.add(new Bin(counts.sample(), 1));
        alarms +=
            new StreamWatch(past, now).outcome(EDetector.threshold(streams, 30), 1).alarms().size();
      }
    }
    double months = 4 * watched / 30.0;
    assertThat(alarms / months).as("false alarms a month").isLessThanOrEqualTo(1);
  }
}
