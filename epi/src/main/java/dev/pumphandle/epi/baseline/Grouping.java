package dev.pumphandle.epi.baseline;

import dev.pumphandle.epi.scan.Population;

/// A way to group cells of host-time.
public sealed interface Grouping {

  /// The values of one attribute.
  record By(int attribute) implements Grouping {}

  /// The combinations of two attributes.
  record Both(int first, int second) implements Grouping {}

  /// The values of one attribute, week by week.
  record Weekly(int attribute) implements Grouping {}

  /// The group of a cell but for its day, −1 when an attribute is missing.
  default int lasting(Population cells, int cell, int[] values) {
    return switch (this) {
      case By(int a) -> cells.code(cell, a);
      case Both(int a, int b) -> joined(cells.code(cell, a), cells.code(cell, b), values[b]);
      case Weekly(int a) -> cells.code(cell, a);
    };
  }

  /// What the day adds to [#lasting].
  default int ofDay(int day, int[] values) {
    return switch (this) {
      case By by -> 0;
      case Both both -> 0;
      case Weekly(int a) -> day / 7 * values[a];
    };
  }

  private static int joined(int x, int y, int valuesOfSecond) {
    return x < 0 || y < 0 ? -1 : x * valuesOfSecond + y;
  }

  /// How many groups there can be.
  ///
  /// @param days how many days the study has
  default int groups(int[] values, int days) {
    return switch (this) {
      case By(int a) -> values[a];
      case Both(int a, int b) -> Math.multiplyExact(values[a], values[b]);
      case Weekly(int a) -> Math.multiplyExact(days / 7 + 1, values[a]);
    };
  }
}
