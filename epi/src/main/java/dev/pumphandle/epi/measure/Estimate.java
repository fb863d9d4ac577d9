package dev.pumphandle.epi.measure;

import java.util.ArrayList;
import java.util.List;

/// A measure with its interval and everything that must be said beside it.
///
/// @param value the point estimate; NaN when not estimable (a caveat then says why), infinite when
/// a
///     zero cell leaves only a lower limit
/// @param interval the confidence interval, possibly one-sided or undefined
/// @param caveats what limits the figure, most important first
public record Estimate(double value, Interval interval, List<Caveat> caveats) {

  /// Copies the caveats.
  public Estimate {
    caveats = List.copyOf(caveats);
  }

  /// An estimate about which there is nothing to add.
  public static Estimate of(double value, Interval interval) {
    return new Estimate(value, interval, List.of());
  }

  /// A measure that these counts do not determine.
  public static Estimate notEstimable(String reason, double level) {
    return new Estimate(
        Double.NaN, Interval.undefined(level), List.of(new Caveat.NotEstimable(reason)));
  }

  /// Whether there is a value, infinite ones included.
  public boolean estimable() {
    return !Double.isNaN(value);
  }

  /// The estimate with one more caveat.
  public Estimate with(Caveat caveat) {
    List<Caveat> more = new ArrayList<>(caveats);
    more.add(caveat);
    return new Estimate(value, interval, more);
  }
}
