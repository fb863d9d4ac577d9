package dev.pumphandle.epi.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.epi.chance.Streams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/// A stratum of fifteen hosts, each with one node after another: ill nodes of one host, or of any.
class SuccessionTest {

  private static final long DAY = 86_400;
  private static final int HOSTS = 15;
  private static final int REPLICATES = 199;

  private final List<Succession.Life> lives = new ArrayList<>();
  private final List<Integer> hostOf = new ArrayList<>();

  private void live(long seed) {
    UniformRandomProvider random = new Streams(seed).stream(0);
    lives.clear();
    hostOf.clear();
    for (int host = 0; host < HOSTS; host++) {
      for (long at = 0; at < 200 * DAY; ) {
        long to = at + DAY * 6 + (long) (random.nextDouble() * 20 * DAY);
        lives.add(new Succession.Life(at, to, at));
        hostOf.add(host);
        at = to;
      }
    }
  }

  private Succession ill(List<Integer> nodes) {
    return new Succession(
        lives,
        nodes.stream()
            .map(n -> new Succession.Illness(n, lives.get(n).from() + DAY * 2))
            .sorted(Comparator.comparingLong(Succession.Illness::at))
            .toList());
  }

  private List<Integer> ofHost(int host) {
    List<Integer> nodes = new ArrayList<>();
    for (int n = 0; n < lives.size(); n++) if (hostOf.get(n) == host) nodes.add(n);
    return nodes;
  }

  @Test
  void nodesOfOneHostNeedOnePlaceAndHandItOver() {
    live(1);
    List<Integer> nodes = ofHost(4);
    Succession.Result result = ill(nodes).test(REPLICATES, 1, 1);
    assertThat(result.places()).isEqualTo(1);
    assertThat(result.placesByChance()).isGreaterThan(1);
    assertThat(result.handovers()).isEqualTo(nodes.size() - 1);
    assertThat(result.p()).isLessThanOrEqualTo(2 * 1.0 / (REPLICATES + 1));
  }

  @Test
  void nodesOfAnyHostLookLikeAHostAsOftenAsChanceAllows() {
    int striking = 0;
    int fleets = 60;
    for (int fleet = 0; fleet < fleets; fleet++) {
      live(100 + fleet);
      UniformRandomProvider random = new Streams(900 + fleet).stream(1);
      List<Integer> nodes = new ArrayList<>();
      for (int n = 0; n < lives.size(); n++) if (random.nextInt(10) == 0) nodes.add(n);
      if (ill(nodes).test(REPLICATES, fleet, 1).p() <= 0.05) striking++;
    }
    // P(more than 8 of 60) is below 1 % at 5 %.
    assertThat(striking).isLessThanOrEqualTo(8);
  }

  @Test
  void whereEveryNodeIsIllThereIsNothingToTell() {
    live(2);
    List<Integer> all = new ArrayList<>();
    for (int n = 0; n < lives.size(); n++) all.add(n);
    assertThat(ill(all).test(REPLICATES, 1, 1).p()).isEqualTo(1);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    live(3);
    Succession succession = ill(ofHost(7));
    assertThat(succession.test(REPLICATES, 5, 2)).isEqualTo(succession.test(REPLICATES, 5, 1));
  }
}
