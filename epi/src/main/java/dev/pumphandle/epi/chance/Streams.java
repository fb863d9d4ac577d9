package dev.pumphandle.epi.chance;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// A seed from which independent random streams are split by index.
///
/// Stream `i` depends on the seed and on `i` alone, never on who asked first, so that work shared
/// among threads gives the same numbers as work done by one.
///
/// Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47
/// (2021): xoshiro256++. G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014: the SplitMix64 mixing that spreads seeds.
///
/// @param seed the number a user may write down to get the same result again
public record Streams(long seed) {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /// The streams of a named part of the work, independent of its siblings.
  public Streams split(long purpose) {
    return new Streams(mix(seed + GOLDEN_GAMMA * (2 * purpose + 1)));
  }

  /// The random numbers of replicate `index`.
  public UniformRandomProvider stream(long index) {
    long state = mix(seed ^ mix(index + GOLDEN_GAMMA));
    long[] words = new long[4];
    for (int i = 0; i < words.length; i++) {
      state += GOLDEN_GAMMA;
      words[i] = mix(state);
    }
    return RandomSource.XO_SHI_RO_256_PP.create(words);
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
