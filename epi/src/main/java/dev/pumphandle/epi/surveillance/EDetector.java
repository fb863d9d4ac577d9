package dev.pumphandle.epi.surveillance;

import dev.pumphandle.epi.numeric.Logs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The detector that watches a stream of counts: Shiryaev–Roberts statistics for several rises at
/// once, with counts that may be spread wider than Poisson ones.
///
/// For each rise ρ: `R ← (1 + R) L`, with `L = ρ^y ((k + μ)/(k + μρ))^(k + y)`, the likelihood
/// ratio
/// of negative binomial counts (for k infinite `ρ^y exp(−μ(ρ − 1))`, Poisson). It alarms when the
/// mean
/// of R over the rises reaches A; if μ is right, false alarms come once in A bins or more rarely.
/// After
/// an alarm it starts anew.
///
/// Source: J. Shin, A. Ramdas, A. Rinaldo, New England Journal of Statistics in Data Science 2
/// (2024)
/// 229–260 (e-detectors); S. W. Roberts, Technometrics 8 (1966) 411–430.
///
/// @param threshold A (bins), see [#threshold(double, double)]
/// @param concentration k; infinite for Poisson counts
public record EDetector(double threshold, double concentration) {

  private static final double[] RISES = {1.5, 2, 3, 5, 10, 20};

  /// Refuses what cannot alarm.
  public EDetector {
    if (!(threshold > 1 && concentration > 0))
      throw new IllegalArgumentException("threshold " + threshold + ", k " + concentration);
  }

  /// The threshold for a budget of false alarms over a whole fleet.
  ///
  /// @param streams how many streams are watched
  /// @param binsPerAlarm how many bins one false alarm over all of them may take (30 daily bins for
  ///     one a month)
  public static double threshold(double streams, double binsPerAlarm) {
    return streams * binsPerAlarm;
  }

  /// An alarm.
  ///
  /// @param bin the bin after which it came
  /// @param since the first bin of the excess: since then the chart of some rise was never at zero
  /// @param rise the rise whose statistic is largest
  public record Alarm(int bin, int since, double rise) {}

  /// The alarms of a stream.
  public List<Alarm> watch(double[] events, double[] expected) {
    List<Alarm> alarms = new ArrayList<>();
    double[] log = new double[RISES.length];
    double[] chart = new double[RISES.length];
    int[] since = new int[RISES.length];
    restart(log, chart, since, 0);
    for (int t = 0; t < events.length; t++) {
      for (int r = 0; r < RISES.length; r++) {
        double ratio = logRatio(RISES[r], events[t], expected[t]);
        log[r] = ShiryaevRoberts.logOnePlus(log[r]) + ratio;
        chart[r] += ratio;
        if (chart[r] <= 0) {
          chart[r] = 0;
          since[r] = t + 1;
        }
      }
      if (Logs.sumOfExponentials(log) - Math.log(RISES.length) < Math.log(threshold)) continue;
      int largest = largest(chart);
      alarms.add(new Alarm(t, since[largest], RISES[largest(log)]));
      restart(log, chart, since, t + 1);
    }
    return alarms;
  }

  private static void restart(double[] log, double[] chart, int[] since, int at) {
    Arrays.fill(log, Double.NEGATIVE_INFINITY);
    Arrays.fill(chart, 0);
    Arrays.fill(since, at);
  }

  private double logRatio(double rise, double y, double mu) {
    if (Double.isInfinite(concentration)) return y * Math.log(rise) - mu * (rise - 1);
    double k = concentration;
    return y * Math.log(rise) + (k + y) * (Math.log(k + mu) - Math.log(k + mu * rise));
  }

  private static int largest(double[] x) {
    int best = 0;
    for (int i = 1; i < x.length; i++) if (x[i] > x[best]) best = i;
    return best;
  }
}
