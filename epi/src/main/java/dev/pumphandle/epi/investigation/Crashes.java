package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.scan.Population;

/// The crashes of a study, one per episode: cases, and others to compare them with.
public final class Crashes {

  private final int width;
  private final int[] codes;
  private final long[] at;
  private final int[] stay;
  private final boolean[] isCase;
  private final int[] label;
  private final int[][] signs;

  /// @param width how many attributes a crash has: the exposures, the uptime class, then the traits
  /// @param codes their codes, crash after crash; not copied
  /// @param at when (epoch seconds); not copied
  /// @param stay the stretch of the inventory it belongs to, −1 for none; not copied
  /// @param isCase whether each is a case; not copied
  /// @param label the code of each one's label; not copied
  /// @param signs the codes of each one's signs; not copied
  public Crashes(
      int width, int[] codes, long[] at, int[] stay, boolean[] isCase, int[] label, int[][] signs) {
    if (codes.length != (long) width * at.length)
      throw new IllegalArgumentException(
          codes.length + " codes for " + at.length + " crashes of " + width + " attributes");
    this.width = width;
    this.codes = codes;
    this.at = at;
    this.stay = stay;
    this.isCase = isCase;
    this.label = label;
    this.signs = signs;
  }

  /// How many crashes.
  public int size() {
    return at.length;
  }

  int width() {
    return width;
  }

  int code(int crash, int attribute) {
    return codes[crash * width + attribute];
  }

  long at(int crash) {
    return at[crash];
  }

  int stay(int crash) {
    return stay[crash];
  }

  /// Whether a crash is a case.
  public boolean isCase(int crash) {
    return isCase[crash];
  }

  /// Which crashes are cases, a copy.
  public boolean[] isCase() {
    return isCase.clone();
  }

  int label(int crash) {
    return label[crash];
  }

  int[] signs(int crash) {
    return signs[crash];
  }

  /// The code of one sign of a crash, negative where it is missing.
  public int sign(int crash, int sign) {
    return signs[crash][sign];
  }

  /// The crashes with their attributes and days.
  ///
  /// @param start when day 0 begins (epoch seconds, a UTC midnight)
  public Population population(long start) {
    int[] day = new int[at.length];
    for (int i = 0; i < day.length; i++) day[i] = (int) Math.floorDiv(at[i] - start, Uptime.DAY);
    return new Population(width, codes, day);
  }

  /// The crashes by index that are cases.
  int[] cases() {
    int n = 0;
    for (boolean c : isCase) if (c) n++;
    int[] cases = new int[n];
    int next = 0;
    for (int i = 0; i < isCase.length; i++) if (isCase[i]) cases[next++] = i;
    return cases;
  }
}
