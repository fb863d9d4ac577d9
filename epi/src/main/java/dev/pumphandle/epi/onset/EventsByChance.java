package dev.pumphandle.epi.onset;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.simple.RandomSource;

/// Throws a number of events at bins, each bin with a chance in proportion to its exposure.
///
/// Few events are thrown one by one. Of many, most come as a Poisson number for each bin: given
/// how many those are together, they are spread just as events thrown one by one, and only what is
/// missing has to be thrown. Source: J. Kingman, Poisson Processes (1993), section 2.4 (counts of
/// a Poisson process are multinomial given their sum).
final class EventsByChance {

  // So many events a bin and more are worth a Poisson number.
  private static final int MANY = 16;
  // How far below the number wanted the mean of the sum is held, in standard deviations: in 30,000
  // draws one is too large, and is drawn again.
  private static final double BELOW = 4;

  private final long events;
  private final double[] upTo;
  private final SharedStateDiscreteSampler[] poisson;

  /// @param events how many
  /// @param exposure of each bin, positive
  EventsByChance(long events, double[] exposure) {
    this.events = events;
    this.upTo = new double[exposure.length + 1];
    for (int i = 0; i < exposure.length; i++) upTo[i + 1] = upTo[i] + exposure[i];
    double together = (double) events - BELOW * Math.sqrt((double) events);
    boolean many = events >= (long) MANY * exposure.length && together > 0;
    this.poisson = new SharedStateDiscreteSampler[many ? exposure.length : 0];
    UniformRandomProvider unused = RandomSource.XO_SHI_RO_256_PP.create(1L);
    for (int i = 0; i < poisson.length; i++)
      poisson[i] =
          PoissonSampler.of(
              unused, Math.max(Double.MIN_NORMAL, together * exposure[i] / upTo[upTo.length - 1]));
  }

  /// The number of events in each bin.
  int[] draw(UniformRandomProvider random) {
    int[] counts = new int[upTo.length - 1];
    long thrown = poisson.length == 0 ? 0 : poisson(counts, random);
    for (long e = thrown; e < events; e++) {
      int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
      counts[at < 0 ? -at - 2 : at]++;
    }
    return counts;
  }

  private long poisson(int[] counts, UniformRandomProvider random) {
    long sum;
    do {
      sum = 0;
      for (int i = 0; i < counts.length; i++) {
        counts[i] = poisson[i].withUniformRandomProvider(random).sample();
        sum += counts[i];
      }
    } while (sum > events);
    return sum;
  }
}
