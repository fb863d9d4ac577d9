package dev.pumphandle.epi.vectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Evaluates a file of vectors group by group.
///
/// The evaluators call the same public methods that an investigation calls; the few that exist only
/// to
/// reproduce another program's rounding say so in their names.
public final class VectorSuite {

  private static final Map<String, BiConsumer<Node, Comparison>> GROUPS = groups();

  private VectorSuite() {}

  private static Map<String, BiConsumer<Node, Comparison>> groups() {
    Map<String, BiConsumer<Node, Comparison>> groups = new LinkedHashMap<>();
    groups.put("two_by_two", each(TableVectors::twoByTwo));
    groups.put("proportions", each(TableVectors::proportion));
    groups.put("rates", each(TableVectors::rate));
    groups.put("rate_ratios", each(TableVectors::rateRatio));
    groups.put("mantel_haenszel", each(StrataVectors::mantelHaenszel));
    groups.put("mh_rates", each(StrataVectors::rates));
    groups.put("p_adjust", each(StrataVectors::adjustment));
    groups.put("tarone", each(StrataVectors::tarone));
    groups.put("tree_scan", each(ScanVectors::tree));
    groups.put("bernoulli_llr", each(ScanVectors::bernoulli));
    groups.put("gumbel", each(ScanVectors::gumbel));
    groups.put("space_time_scan", each(ScanVectors::spaceTime));
    groups.put("change_point", each(OnsetVectors::changePoint));
    groups.put("poisson_cusum", each(WatchVectors::cusum));
    groups.put("cusum_arl0", each(WatchVectors::runLength));
    groups.put("e_process", each(WatchVectors::eProcess));
    groups.put("shiryaev_roberts", each(WatchVectors::shiryaevRoberts));
    groups.put("maxsprt", each(WatchVectors::maxSprt));
    groups.put("surveillance_r", each(WatchVectors::peers));
    groups.put("nb", each(ModelVectors::spread));
    groups.put("logistic", each(ModelVectors::logistic));
    groups.put("lca", each(ModelVectors::latentClasses));
    groups.put("ari", each(ModelVectors::adjustedRand));
    groups.put("e_value", each(TableVectors::hiddenCause));
    groups.put("race", each(RaceVectors::forward));
    groups.put("race_inverse", each(RaceVectors::inverse));
    groups.put("fermi", each(RaceVectors::product));
    groups.put("greedy_conditional", each(GreedyVectors::greedy));
    return groups;
  }

  @FunctionalInterface
  private interface Evaluator {
    void evaluate(Node vector, int index, Comparison comparison);
  }

  private static BiConsumer<Node, Comparison> each(Evaluator evaluator) {
    return (group, comparison) -> {
      int index = 0;
      for (Node vector : group.items()) evaluator.evaluate(vector, index++, comparison);
    };
  }

  /// The groups that can be evaluated, in the order of the published file.
  public static List<String> names() {
    return List.copyOf(GROUPS.keySet());
  }

  /// The results of every group in the file, in its order; a group that is not known here fails,
  /// and
  /// so does one in which a method throws. The group `meta` holds no vectors.
  public static List<GroupResult> evaluate(Node file) {
    if (!(file instanceof Node.Fields(Map<String, Node> groups)))
      throw new IllegalArgumentException("a vector file holds named groups");
    List<GroupResult> results = new ArrayList<>();
    groups.forEach(
        (name, group) -> {
          if (!name.equals("meta")) results.add(evaluate(name, group));
        });
    return results;
  }

  private static GroupResult evaluate(String name, Node group) {
    Comparison comparison = new Comparison(name);
    BiConsumer<Node, Comparison> evaluator = GROUPS.get(name);
    if (evaluator == null) comparison.failed(name, "no such group here");
    else {
      try {
        evaluator.accept(group, comparison);
      } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
        comparison.failed(name, "could not be evaluated: " + e);
      }
    }
    return comparison.result();
  }
}
