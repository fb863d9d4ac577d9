package dev.pumphandle.epi.mixture;

/// An accepted scan set as the place of a class: its cases are dense there and nowhere else.
///
/// @param inside whether each case lies in the set; false where unknown
/// @param shareOfOthers the share of other crashes in the set, in (0, 1]: within the set a case of
/// this
///     class is 1/share times as likely as an unrelated one
public record PlaceAnchor(Membership inside, double shareOfOthers) {

  /// Whether each case is inside.
  @FunctionalInterface
  public interface Membership {
    /// Whether case `i` is inside.
    boolean test(int i);
  }

  // "Nowhere else", as a logarithm: impossible but for a mistake in the record.
  private static final double NOWHERE = -50;

  /// Refuses a share that is none.
  public PlaceAnchor {
    if (!(shareOfOthers > 0 && shareOfOthers <= 1))
      throw new IllegalArgumentException("share of others " + shareOfOthers);
  }

  double logDensity(int record) {
    return inside.test(record) ? -Math.log(shareOfOthers) : NOWHERE;
  }
}
