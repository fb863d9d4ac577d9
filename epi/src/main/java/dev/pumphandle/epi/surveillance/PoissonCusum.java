package dev.pumphandle.epi.surveillance;

/// The cumulative sum chart for Poisson counts: `S ← max(0, S + y ln ρ − μ(ρ − 1))`.
///
/// Drawn as a chart; alarms come from the e-detector, whose false alarms are known beforehand.
///
/// Source: J. M. Lucas, Technometrics 27 (1985) 129–144.
///
/// @param factor ρ, the change of the rate that the chart is tuned to: above 1 for a rise, below
/// for a
///     fall
public record PoissonCusum(double factor) {

  /// Refuses a factor that changes nothing.
  public PoissonCusum {
    if (!(factor > 0) || factor == 1)
      throw new IllegalArgumentException("factor " + factor + ", expected above 0 and not 1");
  }

  /// The chart, one value per bin.
  ///
  /// @param y events per bin
  /// @param expected μ per bin
  public double[] chart(double[] y, double[] expected) {
    double[] s = new double[y.length];
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum = Math.max(0, sum + increment(y[i], expected[i]));
      s[i] = sum;
    }
    return s;
  }

  double increment(double y, double expected) {
    return y * Math.log(factor) - expected * (factor - 1);
  }
}
