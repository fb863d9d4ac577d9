package dev.pumphandle.bench;

import dev.pumphandle.epi.investigation.Study;
import dev.pumphandle.epi.mixture.AdjustedRand;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.lab.fleet.Planted;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How well two planted diseases could be told apart at best: by somebody who was told which cases
/// belong to a place, how many each of the other causes made, how often it shows each sign and when
/// it strikes, and who takes the likelier cause of each case.
///
/// What was told is taken from the very cases that are divided, which flatters it a little. What a
/// method reaches is to be held against this rather than against 1: where the signs of a case are
/// those of something else, nobody can know.
final class ToldOfCauses {

  private static final int TIMES = 10;
  private static final double PSEUDO_COUNT = 0.5;

  private final Study study;
  private final Population crashes;
  private final int[] cases;
  // Of each case the true cause, by index of what was planted; the last is none of it.
  private final int[] truth;
  private final int causes;

  private ToldOfCauses(StudiedFleet fleet) {
    this.study = fleet.study();
    this.crashes = study.crashes().population(study.start());
    this.cases =
        IntStream.range(0, study.crashes().size()).filter(study.crashes()::isCase).toArray();
    List<String> words = fleet.truth().stream().map(Planted::cause).toList();
    this.causes = words.size() + 1;
    this.truth =
        IntStream.of(cases)
            .map(i -> words.indexOf(fleet.causes().get(i)))
            .map(c -> c < 0 ? words.size() : c)
            .toArray();
  }

  /// The adjusted Rand index over the cases of what was planted; NaN with fewer than two diseases.
  static double rand(StudiedFleet fleet) {
    if (fleet.truth().size() < 2) return Double.NaN;
    ToldOfCauses told = new ToldOfCauses(fleet);
    double[][] log = told.logLikelihoods();
    int[] planted =
        IntStream.range(0, told.truth.length)
            .filter(i -> told.truth[i] < told.causes - 1)
            .toArray();
    return AdjustedRand.index(
        IntStream.of(planted).map(i -> told.truth[i]).toArray(),
        IntStream.of(planted).map(i -> likeliest(fleet.truth(), told.truth[i], log[i])).toArray());
  }

  private static int likeliest(List<Planted> planted, int cause, double[] log) {
    if (!planted.get(cause).attribute().isEmpty()) return cause;
    int best = log.length - 1;
    for (int c = 0; c < planted.size(); c++)
      if (planted.get(c).attribute().isEmpty() && log[c] > log[best]) best = c;
    return best;
  }

  private double[][] logLikelihoods() {
    double[][] log = new double[cases.length][causes];
    add(log, new int[cases.length], 1);
    add(log, IntStream.of(cases).map(this::time).toArray(), TIMES);
    for (int j = 0; j < study.signs().size(); j++) {
      int sign = j;
      add(
          log,
          IntStream.of(cases).map(i -> study.crashes().sign(i, sign)).toArray(),
          study.signs().get(j).values().size());
    }
    return log;
  }

  private int time(int crash) {
    return Math.clamp((long) crashes.day(crash) * TIMES / study.days(), 0, TIMES - 1);
  }

  // Without levels what is left is how many cases each cause made.
  private void add(double[][] log, int[] codes, int levels) {
    double[][] count = new double[causes][levels];
    double[] known = new double[causes];
    for (double[] each : count) Arrays.fill(each, PSEUDO_COUNT);
    Arrays.fill(known, PSEUDO_COUNT * levels);
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0) continue;
      count[truth[i]][codes[i]]++;
      known[truth[i]]++;
    }
    for (int i = 0; i < codes.length; i++)
      for (int c = 0; codes[i] >= 0 && c < causes; c++)
        log[i][c] += Math.log(count[c][codes[i]] / (levels == 1 ? codes.length : known[c]));
  }
}
