package dev.pumphandle.epi.measure;

/// A confidence interval; an end may be infinite (one-sided knowledge) or, when nothing can be
/// said,
/// both ends are NaN.
///
/// @param lower the lower limit (unit of the measure)
/// @param upper the upper limit (unit of the measure)
/// @param level the confidence level, in (0, 1)
public record Interval(double lower, double upper, double level) {

  /// The level used everywhere unless said otherwise.
  public static final double USUAL_LEVEL = 0.95;

  /// Refuses a level outside (0, 1) and limits in the wrong order.
  public Interval {
    if (!(level > 0 && level < 1))
      throw new IllegalArgumentException("confidence level " + level + ", expected within (0, 1)");
    if (lower > upper)
      throw new IllegalArgumentException("interval from " + lower + " down to " + upper);
    if (Double.isNaN(lower) != Double.isNaN(upper))
      throw new IllegalArgumentException("interval with one end undefined");
  }

  /// An interval about which nothing is known, not even that it is unbounded.
  public static Interval undefined(double level) {
    return new Interval(Double.NaN, Double.NaN, level);
  }

  /// Whether both ends are numbers (infinite ones included).
  public boolean defined() {
    return !Double.isNaN(lower);
  }

  /// Whether `value` lies inside, ends included; false when undefined.
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }

  /// Whether the whole interval lies above `value`; false when undefined.
  public boolean above(double value) {
    return lower > value;
  }

  /// The interval with both ends multiplied by a positive factor.
  public Interval times(double factor) {
    return new Interval(lower * factor, upper * factor, level);
  }

  /// The tail probability outside each end, `(1 − level) / 2`.
  static double tail(double level) {
    return (1 - level) / 2;
  }
}
