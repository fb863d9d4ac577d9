package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.chance.MonteCarlo;
import dev.pumphandle.epi.chance.Streams;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/// Do nodes that fell ill follow one another more than chance lets them? Nodes that live on one
/// physical host one after another never share a moment; nodes that are ill for reasons of their
/// own do.
///
/// Two things are measured. *Places*: how many of the ill nodes were alive at once at most; a host
/// must have had so many places for all of them. *Handovers*: how many of them began within an hour
/// of another one's end, as when a freed place is given to the next. Both are compared with what
/// they would be if, whenever a node fell ill, any node that was alive then and in the same class
/// of age had fallen ill in its stead, each at most once. Times and ages of illness stay as they
/// are, so that neither an outbreak in the whole stratum nor a disease of young nodes looks like a
/// host.
///
/// Source: the number of places is the clique number of an interval graph, found by a sweep over
/// its ends: M. Golumbic, Algorithmic Graph Theory and Perfect Graphs (1980), ch. 8. The
/// permutation within risk sets is that of conditional logistic regression: N. Breslow, N. Day,
/// Statistical Methods in Cancer Research I (1980), §7.1.
///
/// @param lives the nodes of the stratum, ill or not
/// @param illnesses who fell ill and when, each node once
public record Succession(List<Life> lives, List<Illness> illnesses) {

  /// A node's life.
  ///
  /// @param from when it was first there (epoch seconds)
  /// @param to when it was last there (epoch seconds)
  /// @param born when it started (epoch seconds)
  public record Life(long from, long to, long born) {
    boolean has(long at) {
      return from <= at && at <= to;
    }
  }

  /// A node's first case.
  ///
  /// @param life which node, by index
  /// @param at when (epoch seconds)
  public record Illness(int life, long at) {}

  /// What came of it.
  ///
  /// @param places how many ill nodes were alive at once at most
  /// @param placesByChance the median of the same by chance
  /// @param handovers how many began within an hour of another one's end
  /// @param handoversByChance the median of the same by chance
  /// @param p twice the smaller of P(so few places) and P(so many handovers), at most 1
  public record Result(
      int places, int placesByChance, int handovers, int handoversByChance, double p) {}

  private static final long AT_ONCE = 3600;

  /// Copies the lists.
  public Succession {
    lives = List.copyOf(lives);
    illnesses = List.copyOf(illnesses);
  }

  /// Compares with chance.
  public Result test(int replicates, long seed, int threads) {
    int[] ill = illnesses.stream().mapToInt(Illness::life).toArray();
    int[][] alive = illnesses.stream().map(this::aliveAt).toArray(int[][]::new);
    Streams streams = new Streams(seed);
    double[] fewer =
        MonteCarlo.statistics(
            streams, 0, replicates, threads, () -> random -> -places(drawn(alive, random)));
    double[] more =
        MonteCarlo.statistics(
            streams, 0, replicates, threads, () -> random -> handovers(drawn(alive, random)));
    int places = places(ill);
    int handovers = handovers(ill);
    double p = 2 * Math.min(MonteCarlo.pValue(fewer, -places), MonteCarlo.pValue(more, handovers));
    return new Result(
        places,
        (int) -median(fewer, -places),
        handovers,
        (int) median(more, handovers),
        Math.min(1, p));
  }

  private static double median(double[] replicates, double otherwise) {
    double[] sorted = replicates.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? otherwise : sorted[sorted.length / 2];
  }

  private int[] aliveAt(Illness illness) {
    int[] alive = new int[lives.size()];
    int n = 0;
    int age = Uptime.of(illness.at() - lives.get(illness.life()).born());
    for (int i = 0; i < lives.size(); i++)
      if (lives.get(i).has(illness.at()) && Uptime.of(illness.at() - lives.get(i).born()) == age)
        alive[n++] = i;
    return Arrays.copyOf(alive, n);
  }

  private int[] drawn(int[][] alive, UniformRandomProvider random) {
    boolean[] taken = new boolean[lives.size()];
    int[] ill = new int[alive.length];
    int n = 0;
    for (int[] candidates : alive) {
      int free = 0;
      for (int c : candidates) if (!taken[c]) free++;
      if (free == 0) continue;
      int skip = random.nextInt(free);
      for (int c : candidates)
        if (!taken[c] && skip-- == 0) {
          taken[c] = true;
          ill[n++] = c;
          break;
        }
    }
    return Arrays.copyOf(ill, n);
  }

  // A node that ends as another begins leaves its place to it.
  private int places(int[] ill) {
    int n = ill.length;
    long[] from = new long[n];
    long[] to = new long[n];
    for (int i = 0; i < n; i++) {
      from[i] = lives.get(ill[i]).from();
      to[i] = lives.get(ill[i]).to();
    }
    Arrays.sort(from);
    Arrays.sort(to);
    int most = 0;
    for (int begun = 0, ended = 0; begun < n; begun++) {
      while (to[ended] <= from[begun]) ended++;
      most = Math.max(most, begun - ended + 1);
    }
    return most;
  }

  private int handovers(int[] ill) {
    int count = 0;
    for (int next : ill) {
      for (int last : ill) {
        long gap = lives.get(next).from() - lives.get(last).to();
        if (next != last && gap >= 0 && gap <= AT_ONCE) {
          count++;
          break;
        }
      }
    }
    return count;
  }
}
