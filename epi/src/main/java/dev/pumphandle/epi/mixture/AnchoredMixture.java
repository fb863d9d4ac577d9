package dev.pumphandle.epi.mixture;

import dev.pumphandle.epi.chance.Streams;
import dev.pumphandle.epi.numeric.Logs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// One disease or several: a mixture over cases whose classes are unrelated crashes, one class for
/// each accepted scan set, and up to three diffuse classes that live anywhere.
///
/// - *Unrelated*: the signs of other crashes, the places of other crashes.
/// - *Place k*: signs of its own, `1/P_other(S_k)` times as dense inside set k and absent outside.
/// - *Diffuse*: signs of its own, the places of other crashes; a race lives here.
///
/// Signs are independent within a class; two pseudo-counts at the unrelated profile keep small
/// classes
/// sober; a missing sign is skipped. How many places (in the order of acceptance) and diffuse
/// classes:
/// by Schwarz's criterion with (K − 1)(1 + free sign probabilities) parameters, ties to fewer
/// classes.
///
/// Folklore: where 35 of 600,000 cases had a sign that hardly any other shows, the fit put half of
/// all cases into their class, with a profile that hardly differed from the others': a class of any
/// size explains a rare sign equally well, as long as size times frequency is 35. So a
/// fit with a class of doubts goes on from the cases of which signs speak for the class, and that
/// one is taken where the other explains the cases no better than so many free numbers explain
/// noise (Wilks's χ², 95 %): a disease is as small as its signs let it be. Where no class consists
/// of doubts this is not asked: of two real optima the likelier one told the planted diseases apart
/// better. Test: AnchoredMixtureTest.
///
/// Source: G. McLachlan, D. Peel, Finite Mixture Models (2000), ch. 2 and 6; R. Kass, A. Raftery,
/// Journal of the American Statistical Association 90 (1995) 773–795 (a factor of three is the
/// least that counts as evidence); S. Wilks, Annals of Mathematical Statistics 9 (1938) 60–62.
public final class AnchoredMixture {

  /// Fewer cases than this are not divided.
  public static final int FEWEST_CASES = 20;

  /// A class smaller than this is no class.
  public static final double SMALLEST_CLASS = 5;

  private static final int MOST_DIFFUSE = 3;
  private static final int STARTS = 6;
  private static final int MOST_STEPS = 500;

  // When so many more classes than the best division has do not pay, still more will not.
  private static final int PATIENCE = 3;
  private static final double ENOUGH = 1e-8;
  private static final double PSEUDO_COUNTS = 2;

  // From this factor on, signs speak for a class.
  private static final double EVIDENCE = 3;
  // Of twenty fits at most one fits noise better than this quantile of its free numbers says.
  private static final double NOISE = 0.95;

  private final Signs signs;
  private final List<PlaceAnchor> places;
  private final Streams streams;
  private final CasePatterns patterns;
  // Of each place, of each pattern.
  private final double[][] placeDensity;
  // Patterns with the same signs share a portrait: places make many patterns of few portraits.
  private final int[] portrait;
  // Of each sign, of each portrait.
  private final int[][] level;
  private final int threads;

  /// @param places the accepted scan sets, most certain first
  public AnchoredMixture(Signs signs, List<PlaceAnchor> places, long seed) {
    this(signs, places, seed, 1);
  }

  /// @param places the accepted scan sets, most certain first
  /// @param threads how many threads share the work; never changes the result
  public AnchoredMixture(Signs signs, List<PlaceAnchor> places, long seed, int threads) {
    this.signs = signs;
    this.threads = threads;
    this.places = List.copyOf(places);
    this.streams = new Streams(seed);
    this.patterns = new CasePatterns(signs, places);
    this.placeDensity = new double[places.size()][patterns.size()];
    for (int k = 0; k < places.size(); k++)
      for (int i = 0; i < patterns.size(); i++)
        placeDensity[k][i] = places.get(k).logDensity(patterns.firstCase(i));
    Map<List<Integer>, Integer> known = new HashMap<>();
    List<List<Integer>> portraits = new ArrayList<>();
    this.portrait = new int[patterns.size()];
    for (int i = 0; i < portrait.length; i++) {
      List<Integer> levels = new ArrayList<>();
      for (int j = 0; j < signs.count(); j++) levels.add(signs.level(patterns.firstCase(i), j));
      int next = portraits.size();
      portrait[i] = known.computeIfAbsent(levels, _ -> next);
      if (portrait[i] == next) portraits.add(levels);
    }
    this.level = new int[signs.count()][portraits.size()];
    for (int j = 0; j < level.length; j++)
      for (int i = 0; i < level[j].length; i++) level[j][i] = portraits.get(i).get(j);
  }

  /// The best division, or nothing with fewer than 20 cases.
  public Optional<Division> divide() {
    if (signs.size() < FEWEST_CASES) return Optional.empty();
    Division best = fit(0, 0, streams.stream(0));
    int most = places.size() + MOST_DIFFUSE;
    for (int classes = 1; classes <= Math.min(most, best.populations() + PATIENCE); classes++) {
      for (int k = Math.min(classes, places.size());
          k >= Math.max(0, classes - MOST_DIFFUSE);
          k--) {
        for (Division next : fits(k, classes - k)) {
          if (next.smallestClass() >= SMALLEST_CLASS && next.bic() < best.bic() - 1e-6) best = next;
        }
      }
    }
    return Optional.of(best);
  }

  // Without a diffuse class nothing about a start is random.
  private List<Division> fits(int k, int diffuse) {
    IntStream starts = IntStream.range(0, diffuse == 0 ? 1 : STARTS);
    long first = ((k + diffuse) * 64L + k) * STARTS;
    return (threads > 1 ? starts.parallel() : starts)
        .mapToObj(start -> fit(k, diffuse, streams.stream(first + start)))
        .toList();
  }

  private Division fit(int k, int diffuse, UniformRandomProvider random) {
    State state = new State(kinds(k, diffuse), random);
    Division settled = settled(state);
    if (!settled.hasClassOfDoubts()) return settled;
    state.keepWhatSignsSpeakFor();
    Division small = settled(state);
    double more = 2 * (settled.logLikelihood() - small.logLikelihood());
    double noise =
        ChiSquaredDistribution.of(diffuse * (1.0 + signs.freeParameters()))
            .inverseCumulativeProbability(NOISE);
    return more <= noise && small.smallestClass() >= SMALLEST_CLASS ? small : settled;
  }

  private static Division settled(State state) {
    double before = Double.NEGATIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      double now = state.expect();
      if (now - before < ENOUGH * Math.abs(now)) break;
      before = now;
      state.maximise();
    }
    return state.division(state.expect());
  }

  private static List<ClassKind> kinds(int k, int diffuse) {
    List<ClassKind> kinds = new ArrayList<>();
    kinds.add(new ClassKind.Unrelated());
    for (int i = 0; i < k; i++) kinds.add(new ClassKind.Place(i));
    for (int i = 0; i < diffuse; i++) kinds.add(new ClassKind.Diffuse(i));
    return kinds;
  }

  /// The moving parts of one fit.
  private final class State {
    private final List<ClassKind> kinds;
    private final double[] share;
    private final double[][][] profile;
    private final double[][] posterior;
    // Of each class, of each pattern.
    private final double[][] ofPlace;

    State(List<ClassKind> kinds, UniformRandomProvider random) {
      this.kinds = kinds;
      this.share = new double[kinds.size()];
      java.util.Arrays.fill(share, 1.0 / kinds.size());
      this.profile = new double[kinds.size()][signs.count()][];
      this.ofPlace = kinds.stream().map(this::placeDensity).toArray(double[][]::new);
      this.posterior = new double[patterns.size()][kinds.size()];
      for (int c = 0; c < kinds.size(); c++)
        for (int j = 0; j < signs.count(); j++) profile[c][j] = startingProfile(c, j, random);
    }

    // A diffuse class starts at the signs of a random case, the others at the unrelated profile.
    private double[] startingProfile(int c, int sign, UniformRandomProvider random) {
      double[] p = new double[signs.levels(sign)];
      for (int l = 0; l < p.length; l++) p[l] = signs.ofOthers(sign, l);
      if (kinds.get(c) instanceof ClassKind.Diffuse) {
        int seen = signs.level(random.nextInt(signs.size()), sign);
        for (int l = 0; l < p.length; l++)
          p[l] = seen < 0 ? p[l] : 0.5 * p[l] + (l == seen ? 0.5 : 0);
      }
      return p;
    }

    double expect() {
      double[][][] logProfile = new double[kinds.size()][signs.count()][];
      for (int c = 0; c < logProfile.length; c++)
        for (int j = 0; j < signs.count(); j++) logProfile[c][j] = Logs.of(profile[c][j]);
      double[] logShare = Logs.of(share);
      int portraits = level.length == 0 ? 1 : level[0].length;
      double[][] ofSigns = new double[portraits][kinds.size()];
      for (int f = 0; f < portraits; f++)
        for (int c = 0; c < logShare.length; c++) {
          ofSigns[f][c] = logShare[c];
          for (int j = 0; j < level.length; j++)
            if (level[j][f] >= 0) ofSigns[f][c] += logProfile[c][j][level[j][f]];
        }
      double sum = 0;
      double[] log = new double[kinds.size()];
      for (int i = 0; i < posterior.length; i++) {
        for (int c = 0; c < log.length; c++) log[c] = ofSigns[portrait[i]][c] + ofPlace[c][i];
        double total = Logs.sumOfExponentials(log);
        for (int c = 0; c < log.length; c++) posterior[i][c] = Math.exp(log[c] - total);
        sum += patterns.weight(i) * total;
      }
      return sum;
    }

    private double[] placeDensity(ClassKind kind) {
      return switch (kind) {
        case ClassKind.Place(int set) -> placeDensity[set];
        case ClassKind.Unrelated unrelated -> new double[patterns.size()];
        case ClassKind.Diffuse diffuse -> new double[patterns.size()];
      };
    }

    void maximise() {
      for (int c = 0; c < kinds.size(); c++) {
        double size = 0;
        for (int i = 0; i < posterior.length; i++) size += patterns.weight(i) * posterior[i][c];
        share[c] = Math.max(1e-12, size / signs.size());
        if (kinds.get(c) instanceof ClassKind.Unrelated) continue;
        double[] cases = new double[level.length == 0 ? 1 : level[0].length];
        for (int i = 0; i < posterior.length; i++)
          cases[portrait[i]] += patterns.weight(i) * posterior[i][c];
        for (int j = 0; j < signs.count(); j++) profile[c][j] = updated(cases, j);
      }
    }

    // The factor is that of the odds of a class after its signs and places to those before.
    void keepWhatSignsSpeakFor() {
      for (int c = 0; c < kinds.size(); c++) {
        if (!(kinds.get(c) instanceof ClassKind.Diffuse)) continue;
        double least = EVIDENCE * share[c] / (1 - share[c]);
        for (double[] of : posterior)
          if (of[c] < least * (1 - of[c])) {
            of[0] += of[c];
            of[c] = 0;
          }
      }
      maximise();
    }

    private double[] updated(double[] cases, int sign) {
      double[] p = new double[signs.levels(sign)];
      double n = PSEUDO_COUNTS;
      for (int l = 0; l < p.length; l++) p[l] = PSEUDO_COUNTS * signs.ofOthers(sign, l);
      int[] shown = level[sign];
      for (int i = 0; i < shown.length; i++) {
        if (shown[i] < 0) continue;
        p[shown[i]] += cases[i];
        n += cases[i];
      }
      for (int l = 0; l < p.length; l++) p[l] /= n;
      return p;
    }

    Division division(double logLikelihood) {
      int parameters = (kinds.size() - 1) * (1 + signs.freeParameters());
      double bic = -2 * logLikelihood + parameters * Math.log(signs.size());
      return new Division(kinds, share, patterns, posterior, logLikelihood, bic);
    }
  }
}
