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

/// Vectors of the greedy conditional scan.
final class GreedyVectors {

  private static final List<String> ATTRIBUTES = List.of("host", "kernel");

  private GreedyVectors() {}

  static void greedy(Node n, int index, Comparison comparison) {
    int[][] columns = ATTRIBUTES.stream().map(n::wholes).toArray(int[][]::new);
    int[][] values =
        Arrays.stream(columns)
            .map(c -> Arrays.stream(c).distinct().sorted().toArray())
            .toArray(int[][]::new);
    int rows = columns[0].length;
    int[] codes = new int[rows * columns.length];
    for (int r = 0; r < rows; r++)
      for (int a = 0; a < columns.length; a++)
        codes[r * columns.length + a] = Arrays.binarySearch(values[a], columns[a][r]);
    Population cells = new Population(columns.length, codes, new int[rows]);
    List<Attribute> attributes = new ArrayList<>();
    List<Family> families = new ArrayList<>();
    for (int a = 0; a < columns.length; a++) {
      attributes.add(new Attribute(ATTRIBUTES.get(a), values[a].length));
      families.add(new Family.Single(a));
    }
    GreedyScan scan =
        new GreedyScan(
            new AgainstHostTime(
                attributes, 1, cells, n.numbers("exposure"), cases(cells, n.wholes("cases"))),
            families,
            ScanOptions.usual(ScanVectors.SEED, 1));
    Comparison.Vector v = comparison.vector(n, index, "host", "kernel", "exposure", "cases");
    List<ScanSet> accepted = new ArrayList<>();
    v.take("steps");
    int number = 0;
    for (Node step : n.at("steps").items()) {
      List<Candidate> candidates = scan.candidates(accepted);
      Candidate best =
          candidates.stream().max(Comparator.comparingDouble(Candidate::score)).orElseThrow();
      compare(step, number++, comparison, candidates, name(best.set(), values));
      accepted.add(best.set());
    }
    v.same(
        "final_terms",
        new Node.Items(
                accepted.stream().map(s -> (Node) new Node.Text(name(s, values))).toList())
            .values()
            .toString());
    regression(n, v, cells, accepted);
    v.row("final_fitted", scan.fitted(accepted), Tolerance.REGRESSION).done();
  }

  private static Population cases(Population cells, int[] counts) {
    int n = Arrays.stream(counts).sum();
    int[] codes = new int[n * cells.attributes()];
    int at = 0;
    for (int r = 0; r < counts.length; r++)
      for (int i = 0; i < counts[r]; i++)
        for (int a = 0; a < cells.attributes(); a++) codes[at++] = cells.code(r, a);
    return new Population(cells.attributes(), codes, new int[n]);
  }

  private static String name(ScanSet set, int[][] values) {
    int attribute = ((Family.Single) set.family()).attribute();
    return ATTRIBUTES.get(attribute) + "=" + values[attribute][set.group()];
  }

  private static void compare(
      Node step, int number, Comparison comparison, List<Candidate> found, String best) {
    comparison
        .vector(step, number, "candidate")
        .row("cases", found.stream().mapToDouble(Candidate::cases).toArray(), Tolerance.CLOSED)
        .row(
            "expected",
            found.stream().mapToDouble(Candidate::expected).toArray(),
            Tolerance.CLOSED)
        .row("llr", found.stream().mapToDouble(Candidate::llr).toArray(), Tolerance.CLOSED)
        .row("score", found.stream().mapToDouble(Candidate::score).toArray(), Tolerance.CLOSED)
        .same("best", best)
        .done();
  }

  private static void regression(
      Node n, Comparison.Vector v, Population cells, List<ScanSet> accepted) {
    int[] values = {Integer.MAX_VALUE, Integer.MAX_VALUE};
    double[][] rows = new double[cells.size()][accepted.size()];
    for (int r = 0; r < rows.length; r++)
      for (int j = 0; j < accepted.size(); j++)
        rows[r][j] =
            accepted.get(j).member(cells, r, values) == ScanSet.Member.INSIDE ? 1 : 0;
    Fit fit =
        PoissonRegression.fit(
            Design.withIntercept(rows), n.numbers("cases"), n.numbers("exposure"));
    double[] ratio = new double[accepted.size()];
    double[] error = new double[accepted.size()];
    for (int j = 0; j < ratio.length; j++) {
      ratio[j] = Math.exp(fit.coefficients().get(j + 1));
      error[j] = fit.standardErrors().get(j + 1);
    }
    v.row("final_rr", ratio, Tolerance.REGRESSION)
        .row("final_se_log", error, Tolerance.REGRESSION);
  }
}
