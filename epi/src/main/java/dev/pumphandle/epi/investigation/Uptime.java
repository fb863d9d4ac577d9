package dev.pumphandle.epi.investigation;

import java.util.List;

/// Ages of nodes in four classes, split at 1, 7 and 30 days.
public final class Uptime {

  static final long DAY = 86_400;

  private static final long[] SPLITS = {DAY, 7 * DAY, 30 * DAY};

  private Uptime() {}

  /// The names of the classes.
  public static List<String> names() {
    return List.of("under 1 day", "1 to 7 days", "7 to 30 days", "over 30 days");
  }

  /// The class of an age.
  ///
  /// @param age how long the node had been running (seconds)
  public static int of(long age) {
    int at = 0;
    while (at < SPLITS.length && age >= SPLITS[at]) at++;
    return at;
  }

  // The first split after an age; far away when there is none.
  static long nextSplit(long age) {
    for (long split : SPLITS) if (age < split) return split;
    return Long.MAX_VALUE / 4;
  }
}
