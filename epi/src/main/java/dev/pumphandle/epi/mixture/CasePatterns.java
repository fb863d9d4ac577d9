package dev.pumphandle.epi.mixture;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cases that a mixture cannot tell apart, because their signs are the same and they lie in the
/// same places, put together: what is worked out for one holds for all.
///
/// A million cases show a few hundred patterns, so that a fit takes as long with a million cases
/// as with a thousand.
final class CasePatterns {

  private final int[] patternOf;
  private final int[] firstCase;
  private final double[] weight;

  CasePatterns(Signs signs, List<PlaceAnchor> places) {
    Map<Key, Integer> known = new HashMap<>();
    this.patternOf = new int[signs.size()];
    int[] first = new int[signs.size()];
    double[] count = new double[signs.size()];
    for (int i = 0; i < patternOf.length; i++) {
      int[] key = new int[signs.count() + places.size()];
      for (int j = 0; j < signs.count(); j++) key[j] = signs.level(i, j);
      for (int k = 0; k < places.size(); k++)
        key[signs.count() + k] = places.get(k).inside().test(i) ? 1 : 0;
      int next = known.size();
      int pattern = known.computeIfAbsent(new Key(key), _ -> next);
      if (pattern == next) first[pattern] = i;
      patternOf[i] = pattern;
      count[pattern]++;
    }
    this.firstCase = Arrays.copyOf(first, known.size());
    this.weight = Arrays.copyOf(count, known.size());
  }

  /// How many patterns there are.
  int size() {
    return weight.length;
  }

  /// How many cases show a pattern.
  double weight(int pattern) {
    return weight[pattern];
  }

  /// A case that shows a pattern.
  int firstCase(int pattern) {
    return firstCase[pattern];
  }

  /// How many cases there are.
  int cases() {
    return patternOf.length;
  }

  /// The pattern of a case.
  int of(int record) {
    return patternOf[record];
  }

  private static final class Key {
    private final int[] values;

    Key(int[] values) {
      this.values = values;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(values, key.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }
}
