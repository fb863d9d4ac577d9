package dev.pumphandle.epi.scan;

/// Records as columns of small integers: cells of host-time, crashes, or cases.
///
/// A code of −1 means that the value is missing.
public final class Population {

  /// The code of a missing value.
  public static final int MISSING = -1;

  private final int attributes;
  private final int[] codes;
  private final int[] days;

  /// @param attributes how many attributes a record has
  /// @param codes the codes, record after record; not copied, the caller lets go of it
  /// @param days the day of each record, from 0; not copied
  public Population(int attributes, int[] codes, int[] days) {
    if (codes.length != (long) attributes * days.length)
      throw new IllegalArgumentException(
          codes.length + " codes for " + days.length + " records of " + attributes + " attributes");
    this.attributes = attributes;
    this.codes = codes;
    this.days = days;
  }

  /// How many records.
  public int size() {
    return days.length;
  }

  /// How many attributes.
  public int attributes() {
    return attributes;
  }

  /// The value of an attribute of a record, [#MISSING] when unknown.
  public int code(int record, int attribute) {
    return codes[record * attributes + attribute];
  }

  /// The day of a record.
  public int day(int record) {
    return days[record];
  }

  int[] codes() {
    return codes;
  }

  int[] days() {
    return days;
  }
}
