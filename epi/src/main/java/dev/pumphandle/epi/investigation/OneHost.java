package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.scan.Population;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/// One physical host has most of the cases *and* most of the other crashes, but little host-time.
///
/// Folklore: where everything that died died on one host, other crashes are no control: what is
/// expected of a host is learnt from them, so that host expects all cases, and no search of either
/// design finds it. Whether the host kills everything or the line list holds the cores of that host
/// only, no figure can say; a person can. Test:
/// InvestigateCommandTest, whereEverythingDiedOnOneHostThePageSaysSoAndWhyNoSearchCanConfirmIt.
///
/// @param host its name
/// @param cases cases on it
/// @param allCases cases whose host is known
/// @param others other crashes on it
/// @param allOthers other crashes whose host is known
/// @param shareOfHostTime its share of the host-time, 0 to 1
public record OneHost(
    String host, int cases, int allCases, int others, int allOthers, double shareOfHostTime) {

  private static final double MOST = 0.5;
  // Fewer cases may fall on one host by chance.
  private static final int FEWEST_CASES = 5;
  private static final double CHANCE = 0.001;
  // With fewer other crashes elsewhere than the rest of this, there is nothing to compare with.
  private static final double NEARLY_ALL = 0.8;

  /// Whether so few other crashes are elsewhere that no trace is worth anything.
  boolean hasNearlyAll() {
    return others >= NEARLY_ALL * allOthers;
  }

  static Optional<OneHost> of(Study study, Population crashes, HostTime time) {
    int at = study.position(Exposure.Role.HOST);
    if (at < 0) return Optional.empty();
    int hosts = study.attributes().get(at).values().size();
    int[] cases = new int[hosts];
    int[] others = new int[hosts];
    int allCases = 0;
    int allOthers = 0;
    for (int r = 0; r < crashes.size(); r++) {
      int host = crashes.code(r, at);
      if (host < 0) continue;
      if (study.crashes().isCase(r)) {
        cases[host]++;
        allCases++;
      } else {
        others[host]++;
        allOthers++;
      }
    }
    for (int host = 0; host < hosts; host++) {
      if (cases[host] < FEWEST_CASES
          || cases[host] <= MOST * allCases
          || others[host] <= MOST * allOthers) continue;
      double share = shareOfHostTime(time, at, host);
      int here = cases[host] + others[host];
      if (atLeast(here, allCases + allOthers, share) > CHANCE) continue;
      return Optional.of(
          new OneHost(
              study.attributes().get(at).values().get(host),
              cases[host],
              allCases,
              others[host],
              allOthers,
              share));
    }
    return Optional.empty();
  }

  private static double atLeast(int here, int all, double share) {
    return BinomialDistribution.of(all, share).survivalProbability(here - 1);
  }

  private static double shareOfHostTime(HostTime time, int at, int host) {
    Population cells = time.cells();
    double here = 0;
    double all = 0;
    for (int r = 0; r < cells.size(); r++) {
      all += time.hours()[r];
      if (cells.code(r, at) == host) here += time.hours()[r];
    }
    return all == 0 ? 0 : here / all;
  }
}
