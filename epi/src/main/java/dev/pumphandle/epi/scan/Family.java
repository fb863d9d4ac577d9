package dev.pumphandle.epi.scan;

/// A family of subsets that pay one penalty: the values of an attribute, of a pair, or of an
/// attribute together with a time, or of time alone.
public sealed interface Family {

  /// Each value of one attribute.
  record Single(int attribute) implements Family {}

  /// Each combination of the values of two attributes.
  record Pair(int first, int second) implements Family {}

  /// Each value of one attribute from some day on.
  record Onset(int attribute) implements Family {}

  /// Each value of one attribute within some days.
  ///
  /// @param longestDays the longest window looked at (days)
  record Window(int attribute, int longestDays) implements Family {}

  /// Everybody, from some day on or until some day: the rise and fall of the cases as a whole.
  ///
  /// It is no cause but what causes must be told from: where cases climb, all that came late looks
  /// guilty, such as the last releases. As one more family it takes part in the search, and once
  /// accepted everything after it is compared within its times.
  record Everybody() implements Family {}

  /// How many conditions a member of the family states.
  default int conditions() {
    return switch (this) {
      case Single single -> 1;
      case Pair pair -> 2;
      case Onset onset -> 2;
      case Window window -> 2;
      case Everybody everybody -> 0;
    };
  }

  /// The value or combination that a record belongs to, or −1 when an attribute is missing.
  default int group(int[] codes, int base, int[] values) {
    return switch (this) {
      case Single(int a) -> codes[base + a];
      case Pair(int a, int b) -> {
        int x = codes[base + a];
        int y = codes[base + b];
        yield x < 0 || y < 0 ? -1 : x * values[b] + y;
      }
      case Onset(int a) -> codes[base + a];
      case Window(int a, int _) -> codes[base + a];
      case Everybody everybody -> 0;
    };
  }

  /// [#group] of many records, one after the other.
  ///
  /// @param size how many records
  /// @param into receives the group of each
  default void groups(int[] codes, int width, int size, int[] values, int[] into) {
    switch (this) {
      case Single(int a) -> column(codes, width, size, a, into);
      case Pair(int a, int b) -> {
        int most = values[b];
        for (int i = 0, base = 0; i < size; i++, base += width) {
          int x = codes[base + a];
          int y = codes[base + b];
          into[i] = x < 0 || y < 0 ? -1 : x * most + y;
        }
      }
      case Onset(int a) -> column(codes, width, size, a, into);
      case Window(int a, int _) -> column(codes, width, size, a, into);
      case Everybody everybody -> java.util.Arrays.fill(into, 0, size, 0);
    }
  }

  /// [#group] of each run of a population.
  default int[] groups(Population rows, int[] values) {
    int[][] codes = rows.runCodes();
    return switch (this) {
      case Single(int a) -> codes[a];
      case Pair(int a, int b) -> {
        int[] first = codes[a];
        int[] second = codes[b];
        int most = values[b];
        int[] groups = new int[first.length];
        for (int run = 0; run < groups.length; run++)
          groups[run] = first[run] < 0 || second[run] < 0 ? -1 : first[run] * most + second[run];
        yield groups;
      }
      case Onset(int a) -> codes[a];
      case Window(int a, int _) -> codes[a];
      case Everybody everybody -> new int[rows.runs().length - 1];
    };
  }

  private static void column(int[] codes, int width, int size, int attribute, int[] into) {
    for (int i = 0, at = attribute; i < size; i++, at += width) into[i] = codes[at];
  }

  /// How many groups there can be.
  default int groups(int[] values) {
    return switch (this) {
      case Single(int a) -> values[a];
      case Pair(int a, int b) -> Math.multiplyExact(values[a], values[b]);
      case Onset(int a) -> values[a];
      case Window(int a, int _) -> values[a];
      case Everybody everybody -> 1;
    };
  }

  /// Whether members have a window of time.
  default boolean timed() {
    return switch (this) {
      case Single single -> false;
      case Pair pair -> false;
      case Onset onset -> true;
      case Window window -> true;
      case Everybody everybody -> true;
    };
  }
}
