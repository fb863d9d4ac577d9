package dev.pumphandle.epi.mixture;

import dev.pumphandle.epi.adjust.Adjustment;
import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.chance.Streams;
import dev.pumphandle.epi.numeric.Logs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/// Are two classes two populations? Their class is compared with attributes on which they were
/// *not*
/// split: classes found by signs are tested on place, week and uptime, classes found by place on
/// signs.
///
/// For each attribute the G statistic of class against attribute, with class labels permuted over
/// the
/// cases; then Benjamini–Hochberg over the attributes.
///
/// Source: P. Good, Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd ed. (2005), ch.
/// 6.
///
/// @param g the statistic of each attribute
/// @param p its permutation p-value
/// @param q the same adjusted
public record Discordance(List<Double> g, List<Double> p, List<Double> q) {

  /// Copies the lists.
  public Discordance {
    g = List.copyOf(g);
    p = List.copyOf(p);
    q = List.copyOf(q);
  }

  /// The test of two classes.
  ///
  /// @param inFirst whether each case is in the first of the two classes
  /// @param attributes the attributes, each with one code per case, −1 where missing
  public static Discordance test(
      boolean[] inFirst, List<int[]> attributes, int replicates, long seed, int threads) {
    List<Double> g = new ArrayList<>();
    List<Double> p = new ArrayList<>();
    Streams streams = new Streams(seed);
    for (int a = 0; a < attributes.size(); a++) {
      int[] codes = compact(attributes.get(a));
      double observed = statistic(inFirst, codes);
      double[] permuted =
          MonteCarlo.statistics(
              streams.split(a),
              0,
              replicates,
              threads,
              () -> random -> statistic(shuffled(inFirst, random), codes));
      g.add(observed);
      p.add(MonteCarlo.pValue(permuted, observed));
    }
    double[] raw = p.stream().mapToDouble(Double::doubleValue).toArray();
    List<Double> q = new ArrayList<>();
    for (double x : Adjustment.BENJAMINI_HOCHBERG.adjust(raw)) q.add(x);
    return new Discordance(g, p, q);
  }

  private static int[] compact(int[] codes) {
    Map<Integer, Integer> seen = new HashMap<>();
    int[] compact = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      Integer known = seen.get(codes[i]);
      if (codes[i] >= 0 && known == null) {
        known = seen.size();
        seen.put(codes[i], known);
      }
      compact[i] = codes[i] < 0 || known == null ? -1 : known;
    }
    return compact;
  }

  private static double statistic(boolean[] inFirst, int[] codes) {
    int levels = java.util.Arrays.stream(codes).max().orElse(-1) + 1;
    double[][] cell = new double[2][levels];
    double[] row = new double[2];
    double n = 0;
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0) continue;
      int side = inFirst[i] ? 0 : 1;
      cell[side][codes[i]]++;
      row[side]++;
      n++;
    }
    double sum = 0;
    for (int l = 0; l < levels; l++) {
      double column = cell[0][l] + cell[1][l];
      for (int side = 0; side < 2; side++)
        sum += Logs.xLogY(cell[side][l], cell[side][l] * n / (row[side] * column));
    }
    return 2 * Math.max(0, sum);
  }

  private static boolean[] shuffled(boolean[] labels, UniformRandomProvider random) {
    boolean[] copy = labels.clone();
    for (int i = copy.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      boolean swap = copy[i];
      copy[i] = copy[j];
      copy[j] = swap;
    }
    return copy;
  }
}
