package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.chance.Gumbel;
import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.chance.Streams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The penalised greedy conditional scan: find the subset with the best score, test it against the
/// best scores that chance gives, put it into the model, and search again for what it leaves
/// unexplained. The result is a short list of separate causes, not a long one of correlated rows.
///
/// The score is the log likelihood ratio less `ln M`, M the number of non-empty groups of the
/// family:
/// a Bonferroni correction within the family, on the scale of logarithms. The p-value is that of
/// the
/// maximum over all families, by Monte Carlo.
///
/// Source: M. Kulldorff, Communications in Statistics: Theory and Methods 26 (1997) 1481–1496 (the
/// statistic and its Monte Carlo test); Z. Zhang, R. Assunção, M. Kulldorff, Journal of Probability
/// and Statistics (2010) 642379 (searching again after a find).
public final class GreedyScan {

  // Early stop: of the first 20 replicates, 6 as good as the observed one settle the question.
  private static final int FIRST_LOOK = 20;
  private static final int HOPELESS = 6;
  // A finding stays while its ratio, given the others, is this far above its penalty.
  private static final double STAY = 3;

  /// A replicate has no more cases than this.
  ///
  /// How high the best of many ratios climbs by chance hardly depends on the number of cases, once
  /// most groups have some: ratios are close to χ² then, whatever their counts (S. Wilks, Annals of
  /// Mathematical Statistics 9 (1938) 60–62). Where fewer cases make counts smaller, the ratios of
  /// rare groups have heavier tails, which makes the test a little stricter, never laxer. Test:
  /// GreedyScanTest, aTestOfManyCasesIsHeldAgainstReplicatesOfFewer.
  static final int MOST_DRAWN = 5_000;

  // Of more cases than this no more replicates than that are made.
  private static final int MANY_CASES = 2_000;
  private static final int REPLICATES_OF_MANY = 199;

  private final Design design;
  private final List<Family> families;
  private final ScanOptions options;
  private final int[] values;
  private final Sample observed;

  /// @param families which subsets to look at; on ties the earlier family wins
  public GreedyScan(Design design, List<Family> families, ScanOptions options) {
    this.design = design;
    this.families = List.copyOf(families);
    this.options = options;
    this.values = design.values();
    this.observed = Sample.of(design.cases());
  }

  /// One round of the search.
  ///
  /// @param best the subset with the best score
  /// @param p the family-wise p-value of its score
  /// @param gumbelP the same from the Gumbel fit, for when no replicate was as good
  /// @param replicates how many replicates were run
  /// @param accepted whether it went into the model
  public record Step(Candidate best, double p, double gumbelP, int replicates, boolean accepted) {}

  /// What a scan found.
  ///
  /// @param steps the rounds, the last one usually not accepted
  /// @param accepted the sets in the model after the backward check, in order of acceptance
  /// @param leads the best candidates of the last round, none significant, one per group
  /// @param groupsSearched how many non-empty groups all families had
  public record Result(
      List<Step> steps, List<ScanSet> accepted, List<Candidate> leads, long groupsSearched) {}

  /// Runs the scan.
  public Result run() {
    List<ScanSet> accepted = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    List<Candidate> leads = List.of();
    long groups = 0;
    while (steps.size() < options.mostSteps()) {
      Model model = model(accepted);
      if (accepted.isEmpty()) groups = model.tables.stream().mapToLong(FamilyTable::filled).sum();
      List<Candidate> ranked = ranked(model.tables);
      if (ranked.isEmpty()) break;
      Step step = tested(model, ranked.getFirst(), steps.size());
      steps.add(step);
      if (!step.accepted) {
        leads = leads(ranked);
        break;
      }
      accepted.add(ranked.getFirst().set());
    }
    return new Result(steps, withoutTheExplained(accepted), leads, groups);
  }

  /// Every group of the families without time, given the accepted sets, in the order of families
  /// and
  /// groups: also those with few cases, or fewer than expected.
  public List<Candidate> candidates(List<ScanSet> accepted) {
    List<Candidate> all = new ArrayList<>();
    for (FamilyTable table : model(accepted).tables) {
      if (table.family.timed()) continue;
      int[] cases = new int[table.groups];
      int known = 0;
      for (int i = 0; i < observed.size; i++) {
        int g = table.family.group(observed.codes, i * observed.width, values);
        if (g < 0) continue;
        cases[g]++;
        known++;
      }
      for (int g = 0; g < table.groups; g++) {
        double expected = table.share(g, 0, table.days) * known;
        if (expected == 0 && cases[g] == 0) continue;
        double llr = table.ratio(g, 0, table.days, cases[g], known);
        all.add(
            new Candidate(
                new ScanSet(table.family, g, 0, table.days),
                cases[g],
                expected,
                table.crashes(g, 0, table.days),
                known,
                llr,
                llr - table.penalty));
      }
    }
    return all;
  }

  /// What each row of the design expects once the given sets are explained.
  public double[] fitted(List<ScanSet> accepted) {
    return weights(accepted, Patterns.of(accepted, design.rows(), values));
  }

  private record Model(Supplier<Design.Draw> draw, List<FamilyTable> tables) {}

  private Model model(List<ScanSet> accepted) {
    Patterns patterns = Patterns.of(accepted, design.rows(), values);
    double[] weights = weights(accepted, patterns);
    double[] runWeights = design.rows().runSums(weights);
    List<FamilyTable> tables = each(families, f -> table(f, weights, runWeights));
    return new Model(() -> design.draw(patterns, weights, MOST_DRAWN), tables);
  }

  // Something of each, in their order, whichever thread did it.
  private <T, R> List<R> each(List<T> of, Function<T, R> work) {
    return (options.threads() > 1 ? of.parallelStream() : of.stream()).map(work).toList();
  }

  private double[] weights(List<ScanSet> accepted, Patterns patterns) {
    return accepted.isEmpty()
        ? design.startingWeights()
        : design.fitted(patterns, accepted.stream().mapToDouble(this::target).toArray());
  }

  private FamilyTable table(Family family, double[] weights, double[] runWeights) {
    return FamilyTable.of(
        family, values, design.days(), design.rows(), weights, runWeights, design.rowsAreCrashes());
  }

  // The cases of a set, raised for those whose membership is unknown.
  private double target(ScanSet set) {
    double inside = 0;
    double known = 0;
    for (int c = 0; c < design.cases().size(); c++) {
      switch (set.member(design.cases(), c, values)) {
        case INSIDE -> {
          inside++;
          known++;
        }
        case OUTSIDE -> known++;
        case UNKNOWN -> {}
      }
    }
    if (design.rowsAreCrashes()) return inside;
    return known == 0 ? 0 : inside * design.cases().size() / known;
  }

  private List<Candidate> ranked(List<FamilyTable> tables) {
    List<List<Candidate>> ofTable =
        each(
            tables,
            table -> {
              List<Candidate> some = new ArrayList<>();
              new Search(List.of(table), values, options.leastCases(), design.doubt())
                  .forEach(
                      observed,
                      c -> {
                        if (c.llr() > 0) some.add(c);
                      });
              return some;
            });
    List<Candidate> found = new ArrayList<>();
    ofTable.forEach(found::addAll);
    found.sort(Comparator.comparingDouble(Candidate::score).reversed());
    return found;
  }

  private Step tested(Model model, Candidate best, int round) {
    Design.Draw draw = model.draw.get();
    Streams streams = new Streams(options.seed()).split(round);
    Supplier<MonteCarlo.Replicate> workers =
        () -> {
          Search search = new Search(model.tables, values, options.leastCases(), 1);
          Sample sample = new Sample(observed.width, observed.size);
          return random -> {
            draw.fill(sample, random);
            return search.bestScore(sample);
          };
        };
    int replicates = replicates();
    int first = Math.min(FIRST_LOOK, replicates);
    double[] look = MonteCarlo.statistics(streams, 0, first, options.threads(), workers);
    double[] all = look;
    if (first < replicates && MonteCarlo.reaching(look, best.score()) < HOPELESS) {
      double[] rest = MonteCarlo.statistics(streams, first, replicates, options.threads(), workers);
      all = java.util.Arrays.copyOf(look, replicates);
      System.arraycopy(rest, 0, all, first, rest.length);
    }
    double p = MonteCarlo.pValue(all, best.score());
    double gumbel = Gumbel.fit(finite(all)).pValue(best.score());
    boolean accepted = p <= options.alpha() && all.length == replicates;
    return new Step(best, p, gumbel, all.length, accepted);
  }

  /// As many as were asked for, fewer where each one draws very many cases.
  private int replicates() {
    return observed.size > MANY_CASES
        ? Math.min(options.replicates(), REPLICATES_OF_MANY)
        : options.replicates();
  }

  private static double[] finite(double[] x) {
    return java.util.Arrays.stream(x).filter(Double::isFinite).toArray();
  }

  private List<Candidate> leads(List<Candidate> ranked) {
    List<Candidate> leads = new ArrayList<>();
    for (Candidate c : ranked) {
      if (leads.size() == options.leads()) break;
      boolean known =
          leads.stream()
              .anyMatch(
                  l ->
                      l.set().family().equals(c.set().family())
                          && l.set().group() == c.set().group());
      if (!known) leads.add(c);
    }
    return leads;
  }

  // A set found early can be a shadow of one found later: it goes when, given the others, its ratio
  // no longer clears its penalty by a margin.
  private List<ScanSet> withoutTheExplained(List<ScanSet> accepted) {
    List<ScanSet> kept = new ArrayList<>(accepted);
    while (kept.size() > 1) {
      Optional<ScanSet> weakest = Optional.empty();
      double least = STAY;
      for (ScanSet set : kept) {
        List<ScanSet> others = kept.stream().filter(s -> !s.equals(set)).toList();
        double margin = score(set, others);
        if (margin < least) {
          least = margin;
          weakest = Optional.of(set);
        }
      }
      if (weakest.isEmpty()) break;
      kept.remove(weakest.get());
    }
    return kept;
  }

  private double score(ScanSet set, List<ScanSet> others) {
    Patterns patterns = Patterns.of(others, design.rows(), values);
    double[] weights = weights(others, patterns);
    FamilyTable table = table(set.family(), weights, design.rows().runSums(weights));
    double inside = 0;
    double known = 0;
    for (int c = 0; c < design.cases().size(); c++) {
      ScanSet.Member member = set.member(design.cases(), c, values);
      if (member == ScanSet.Member.UNKNOWN) continue;
      known++;
      if (member == ScanSet.Member.INSIDE) inside++;
    }
    return table.ratio(set.group(), set.fromDay(), set.toDay(), inside, known) - table.penalty;
  }
}
