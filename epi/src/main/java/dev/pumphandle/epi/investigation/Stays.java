package dev.pumphandle.epi.investigation;

import java.util.Optional;

/// The fleet's inventory: stretches of time in which a node lived with the same exposures.
///
/// The uptime exposure is not in it: it changes within a stretch, and [HostTime] splits by it.
public final class Stays {

  private final int width;
  private final int[] codes;
  private final long[] from;
  private final long[] to;
  private final long[] born;
  private final Optional<String> load;
  private final double[] loads;

  /// @param width how many exposures a stretch has
  /// @param codes their codes, stretch after stretch, −1 where unknown; not
  /// copied
  /// @param from when each began (epoch seconds); not copied
  /// @param to when each ended (epoch seconds); not copied
  /// @param born when the node started (epoch seconds), `Long.MIN_VALUE` where unknown; not copied
  public Stays(int width, int[] codes, long[] from, long[] to, long[] born) {
    this(width, codes, from, to, born, Optional.empty(), new double[0]);
  }

  private Stays(
      int width,
      int[] codes,
      long[] from,
      long[] to,
      long[] born,
      Optional<String> load,
      double[] loads) {
    if (codes.length != (long) width * from.length)
      throw new IllegalArgumentException(
          codes.length + " codes for " + from.length + " stretches of " + width + " exposures");
    this.width = width;
    this.codes = codes;
    this.from = from;
    this.to = to;
    this.born = born;
    this.load = load;
    this.loads = loads;
  }

  /// No inventory.
  public static Stays none(int width) {
    return new Stays(width, new int[0], new long[0], new long[0], new long[0]);
  }

  /// The same with what load each stretch was under.
  ///
  /// @param column the column of the inventory that counts it
  /// @param values per stretch, NaN where nobody counted; not copied
  public Stays under(String column, double[] values) {
    if (values.length != from.length)
      throw new IllegalArgumentException(
          values.length + " loads for " + from.length + " stretches");
    return new Stays(width, codes, from, to, born, Optional.of(column), values);
  }

  /// How many stretches.
  public int size() {
    return from.length;
  }

  int width() {
    return width;
  }

  int code(int stay, int exposure) {
    return codes[stay * width + exposure];
  }

  long from(int stay) {
    return from[stay];
  }

  long to(int stay) {
    return to[stay];
  }

  boolean ageKnown(int stay) {
    return born[stay] != Long.MIN_VALUE;
  }

  long born(int stay) {
    return born[stay];
  }

  /// The column that counts the load, if one does.
  Optional<String> load() {
    return load;
  }

  double load(int stay) {
    return loads[stay];
  }
}
