package dev.pumphandle.epi.vectors;

import dev.pumphandle.epi.glm.Design;
import dev.pumphandle.epi.glm.Fit;
import dev.pumphandle.epi.glm.PoissonRegression;
import dev.pumphandle.epi.scan.AgainstHostTime;
import dev.pumphandle.epi.scan.Attribute;
import dev.pumphandle.epi.scan.Candidate;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.GreedyScan;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.epi.scan.ScanOptions;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Vectors of the greedy conditional scan: one table of cells, attribute by attribute.
final class GreedyVectors {

  private final Node node;
  private final List<String> names = new ArrayList<>();
  private final List<int[]> levels = new ArrayList<>();
  private final int[] caseCounts;
  private final double[] exposure;
  private final Population cells;
  private final int[] values;

  private GreedyVectors(Node node) {
    this.node = node;
    this.caseCounts = node.wholes("cases");
    this.exposure = node.numbers("exposure");
    List<int[]> columns = new ArrayList<>();
    if (node instanceof Node.Fields(Map<String, Node> named)) {
      for (Map.Entry<String, Node> e : named.entrySet()) {
        if (!isAttribute(e.getKey(), e.getValue())) continue;
        int[] column = node.wholes(e.getKey());
        names.add(e.getKey());
        columns.add(column);
        levels.add(Arrays.stream(column).distinct().sorted().toArray());
      }
    }
    int[] codes = new int[caseCounts.length * columns.size()];
    for (int r = 0; r < caseCounts.length; r++)
      for (int a = 0; a < columns.size(); a++)
        codes[r * columns.size() + a] = Arrays.binarySearch(levels.get(a), columns.get(a)[r]);
    this.cells = new Population(columns.size(), codes, new int[caseCounts.length]);
    this.values = levels.stream().mapToInt(l -> l.length).toArray();
  }

  private boolean isAttribute(String name, Node value) {
    return !name.equals("cases")
        && !name.equals("exposure")
        && !name.startsWith("final_")
        && value instanceof Node.Items(List<Node> items)
        && items.size() == exposure.length
        && items.stream().allMatch(i -> i instanceof Node.Figure);
  }

  static void greedy(Node n, int index, Comparison comparison) {
    new GreedyVectors(n).evaluate(index, comparison);
  }

  private void evaluate(int index, Comparison comparison) {
    List<Attribute> attributes = new ArrayList<>();
    List<Family> families = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      attributes.add(new Attribute(names.get(a), values[a]));
      families.add(new Family.Single(a));
    }
    GreedyScan scan =
        new GreedyScan(
            new AgainstHostTime(attributes, 1, cells, exposure, cases()),
            families,
            ScanOptions.usual(ScanVectors.SEED, 1));
    Comparison.Vector v = comparison.vector(node, index, "exposure", "cases", "steps");
    for (String name : names) v.take(name);
    List<ScanSet> accepted = new ArrayList<>();
    int number = 0;
    for (Node step : node.at("steps").items()) {
      List<Candidate> found = scan.candidates(accepted);
      Candidate best =
          found.stream().max(Comparator.comparingDouble(Candidate::score)).orElseThrow();
      compare(step, number++, comparison, found, best);
      accepted.add(best.set());
    }
    List<ScanSet> terms = accepted;
    if (node.at("final_terms") instanceof Node.Items(List<Node> given) && given.size() < number)
      terms = accepted.subList(0, given.size());
    v.same("final_terms", terms.stream().map(s -> new Node.Text(name(s))).toList().toString());
    regression(v, terms);
    v.row("final_fitted", scan.fitted(terms), Tolerance.REGRESSION).done();
  }

  private Population cases() {
    int n = Arrays.stream(caseCounts).sum();
    int[] codes = new int[n * cells.attributes()];
    int at = 0;
    for (int r = 0; r < caseCounts.length; r++)
      for (int i = 0; i < caseCounts[r]; i++)
        for (int a = 0; a < cells.attributes(); a++) codes[at++] = cells.code(r, a);
    return new Population(cells.attributes(), codes, new int[n]);
  }

  private String name(ScanSet set) {
    for (int a = 0; a < names.size(); a++)
      if (set.family().equals(new Family.Single(a)))
        return names.get(a) + "=" + levels.get(a)[set.group()];
    throw new IllegalArgumentException("only single attributes are searched here");
  }

  private void compare(
      Node step, int number, Comparison comparison, List<Candidate> found, Candidate best) {
    comparison
        .vector(step, number)
        .same(
            "candidate", found.stream().map(c -> new Node.Text(name(c.set()))).toList().toString())
        .row("cases", found.stream().mapToDouble(Candidate::cases).toArray(), Tolerance.CLOSED)
        .row(
            "expected", found.stream().mapToDouble(Candidate::expected).toArray(), Tolerance.CLOSED)
        .row("llr", found.stream().mapToDouble(Candidate::llr).toArray(), Tolerance.CLOSED)
        .row("score", found.stream().mapToDouble(Candidate::score).toArray(), Tolerance.CLOSED)
        .same("best", name(best.set()))
        .done();
  }

  private void regression(Comparison.Vector v, List<ScanSet> terms) {
    double[][] rows = new double[cells.size()][terms.size()];
    for (int r = 0; r < rows.length; r++)
      for (int j = 0; j < terms.size(); j++)
        rows[r][j] = terms.get(j).member(cells, r, values) == ScanSet.Member.INSIDE ? 1 : 0;
    Fit fit = PoissonRegression.fit(Design.withIntercept(rows), node.numbers("cases"), exposure);
    double[] ratio = new double[terms.size()];
    double[] error = new double[terms.size()];
    for (int j = 0; j < ratio.length; j++) {
      ratio[j] = Math.exp(fit.coefficients().get(j + 1));
      error[j] = fit.standardErrors().get(j + 1);
    }
    v.row("final_rr", ratio, Tolerance.REGRESSION).row("final_se_log", error, Tolerance.REGRESSION);
  }
}
