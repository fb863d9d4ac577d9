package dev.pumphandle.epi.glm;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.RateRatio;
import dev.pumphandle.epi.measure.StratifiedRates;
import dev.pumphandle.epi.measure.TestResult;
import dev.pumphandle.epi.measure.Wald;
import java.util.List;

/// The rate ratio of an exposure adjusted for strata by Poisson regression, beside the one of
/// Mantel
/// and Haenszel, with the likelihood ratio tests of the effect and of its homogeneity.
///
/// Source: K. J. Rothman, S. Greenland, T. L. Lash, Modern Epidemiology, 3rd ed., ch. 20–21.
public final class StratifiedRateRegression {

  private final List<RateRatio> strata;
  private final Fit withExposure;
  private final Fit withoutExposure;

  /// Fits both models; strata without time or events on both sides together say nothing and are
  /// left out.
  public StratifiedRateRegression(StratifiedRates rates) {
    strata =
        rates.strata().stream()
            .filter(s -> s.exposed().time() > 0 && s.unexposed().time() > 0)
            .filter(s -> s.exposed().events() + s.unexposed().events() > 0)
            .toList();
    withExposure = fit(true);
    withoutExposure = fit(false);
  }

  /// The adjusted rate ratio with its Wald interval.
  public Estimate rateRatio(double level) {
    if (strata.isEmpty()) return Estimate.notEstimable("no informative stratum", level);
    return withExposure.ratio(strata.size(), level);
  }

  /// The likelihood ratio test of the exposure.
  public TestResult effect() {
    return TestResult.chiSquare(
        Math.max(0, withoutExposure.deviance() - withExposure.deviance()), 1);
  }

  /// The likelihood ratio test of one common ratio against one per stratum.
  public TestResult homogeneity() {
    return TestResult.chiSquare(withExposure.deviance(), strata.size() - 1);
  }

  /// The adjusted rate ratio as R prints it, see [PrintedByR]; undefined where there is nothing to
  /// fit.
  public Estimate rateRatioPrintedByR(double level) {
    if (strata.isEmpty()) return rateRatio(level);
    Columns columns = columns(true);
    PrintedByR printed =
        PrintedByR.poisson(Design.ofColumns(columns.rows), columns.events, columns.time);
    double ratio = Math.exp(printed.coefficients().getLast());
    return Estimate.of(ratio, Wald.ofLogarithm(ratio, printed.standardErrors().getLast(), level));
  }

  // The arrays of one regression; never leaves this class.
  private static final class Columns {
    private final double[][] rows;
    private final double[] events;
    private final double[] time;

    private Columns(int strata, boolean exposure) {
      rows = new double[2 * strata][strata + (exposure ? 1 : 0)];
      events = new double[2 * strata];
      time = new double[2 * strata];
    }
  }

  private Fit fit(boolean exposure) {
    Columns columns = columns(exposure);
    return PoissonRegression.fit(Design.ofColumns(columns.rows), columns.events, columns.time);
  }

  private Columns columns(boolean exposure) {
    int k = strata.size();
    Columns c = new Columns(k, exposure);
    for (int i = 0; i < k; i++) {
      c.rows[2 * i][i] = 1;
      c.rows[2 * i + 1][i] = 1;
      if (exposure) c.rows[2 * i][k] = 1;
      c.events[2 * i] = strata.get(i).exposed().events();
      c.events[2 * i + 1] = strata.get(i).unexposed().events();
      c.time[2 * i] = strata.get(i).exposed().time();
      c.time[2 * i + 1] = strata.get(i).unexposed().time();
    }
    return c;
  }
}
