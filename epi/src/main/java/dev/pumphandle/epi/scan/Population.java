package dev.pumphandle.epi.scan;

import java.util.Arrays;

/// Records as columns of small integers: cells of host-time, crashes, or cases.
///
/// A code of −1 means that the value is missing.
public final class Population {

  /// The code of a missing value.
  public static final int MISSING = -1;

  private final int attributes;
  private final int[] codes;
  // Of each record, its row of the codes; empty where the rows are the records.
  private final int[] rowOf;
  private final int[] days;
  // Where a run of records with the same codes begins; last, the number of records.
  private final int[] runs;
  // Of each attribute, the code of each run.
  private final int[][] runCodes;

  /// @param attributes how many attributes a record has
  /// @param codes the codes, record after record; not copied, the caller lets go of it
  /// @param days the day of each record, from 0; not copied
  public Population(int attributes, int[] codes, int[] days) {
    this(attributes, codes, new int[0], days);
    if (codes.length != (long) attributes * days.length)
      throw new IllegalArgumentException(
          codes.length + " codes for " + days.length + " records of " + attributes + " attributes");
  }

  private Population(int attributes, int[] codes, int[] rowOf, int[] days) {
    this.attributes = attributes;
    this.codes = codes;
    this.rowOf = rowOf;
    this.days = days;
    this.runs = findRuns();
    this.runCodes = new int[attributes][runs.length - 1];
    for (int run = 0; run + 1 < runs.length; run++)
      for (int a = 0; a < attributes; a++) runCodes[a][run] = code(runs[run], a);
  }

  /// Records of which many have the same codes: a year of host-time has seven times as many cells
  /// as it has different neighbours, and their codes would take half a gigabyte.
  ///
  /// @param codes the codes, row after row; not copied, the caller lets go of it
  /// @param rowOf the row of each record; not copied
  /// @param days the day of each record, from 0; not copied
  public static Population sharing(int attributes, int[] codes, int[] rowOf, int[] days) {
    if (rowOf.length != days.length)
      throw new IllegalArgumentException(rowOf.length + " rows for " + days.length + " records");
    return new Population(attributes, codes, rowOf, days);
  }

  private int[] findRuns() {
    int[] found = new int[days.length + 1];
    int n = 0;
    for (int r = 0, last = 0; r < days.length; r++) {
      int at = base(r);
      if (r == 0
          || (at != last
              && !Arrays.equals(codes, last, last + attributes, codes, at, at + attributes)))
        found[n++] = r;
      last = at;
    }
    found[n++] = days.length;
    return Arrays.copyOf(found, n);
  }

  /// Where runs of neighbours that differ in nothing but the day begin; last, the number of
  /// records. Host-time has a record for each day of a node's stay, and its exposures change a few
  /// times a year. Not a copy.
  public int[] runs() {
    return runs;
  }

  /// The code of each run of [#runs], attribute by attribute: to read one attribute of a million
  /// records in order takes a tenth of the time that it takes to skip through them.
  int[][] runCodes() {
    return runCodes;
  }

  /// The sum of some weights over each run.
  double[] runSums(double[] weight) {
    double[] sums = new double[runs.length - 1];
    for (int i = 0; i < sums.length; i++)
      for (int r = runs[i]; r < runs[i + 1]; r++) sums[i] += weight[r];
    return sums;
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
    return codes[base(record) + attribute];
  }

  /// The day of a record.
  public int day(int record) {
    return days[record];
  }

  int[] codes() {
    return codes;
  }

  /// Where the codes of a record begin in [#codes].
  int base(int record) {
    return (rowOf.length == 0 ? record : rowOf[record]) * attributes;
  }

  int[] days() {
    return days;
  }
}
