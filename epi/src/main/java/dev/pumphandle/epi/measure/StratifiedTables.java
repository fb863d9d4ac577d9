package dev.pumphandle.epi.measure;

import java.util.ArrayList;
import java.util.List;

/// One exposure, many strata: the odds ratio of Mantel and Haenszel and what belongs to it.
///
/// In a stratum: a, b exposed cases and others; c, d unexposed ones; n = a + b + c + d. Strata with
/// a
/// zero margin carry no information; they are left out and counted.
///
/// @param strata the tables, one per stratum
public record StratifiedTables(List<TwoByTwo> strata) {

  private static final double DISAGREE = 0.05;

  /// Copies the strata.
  public StratifiedTables {
    strata = List.copyOf(strata);
  }

  /// The table of all strata thrown together.
  public TwoByTwo crude() {
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (TwoByTwo t : strata) {
      a += t.exposedCases();
      b += t.exposedOthers();
      c += t.unexposedCases();
      d += t.unexposedOthers();
    }
    return new TwoByTwo(a, b, c, d);
  }

  /// The strata that carry information.
  public List<TwoByTwo> informative() {
    return strata.stream().filter(TwoByTwo::informative).toList();
  }

  /// `Σ(ad/n) / Σ(bc/n)`, with the interval of Robins, Breslow and Greenland.
  ///
  /// Variance of the logarithm: `ΣPR/2R² + Σ(PS + QR)/2RS + ΣQS/2S²` with P = (a+d)/n, Q = (b+c)/n,
  /// R_i = ad/n, S_i = bc/n.
  ///
  /// Source: N. Mantel, W. Haenszel, JNCI 22 (1959) 719–748; J. Robins, N. Breslow, S. Greenland,
  /// Biometrics 42 (1986) 311–323.
  public Estimate oddsRatio(double level) {
    double r = 0;
    double s = 0;
    double pr = 0;
    double mixed = 0;
    double qs = 0;
    for (TwoByTwo t : informative()) {
      double n = t.total();
      double p = (t.exposedCases() + t.unexposedOthers()) / n;
      double q = (t.exposedOthers() + t.unexposedCases()) / n;
      double ri = (double) t.exposedCases() * t.unexposedOthers() / n;
      double si = (double) t.exposedOthers() * t.unexposedCases() / n;
      r += ri;
      s += si;
      pr += p * ri;
      mixed += p * si + q * ri;
      qs += q * si;
    }
    if (r == 0 && s == 0) return Estimate.notEstimable("no informative stratum", level);
    double ratio = r / s;
    Interval interval = Interval.undefined(level);
    if (r > 0 && s > 0) {
      double variance = pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s);
      interval = Wald.ofLogarithm(ratio, Math.sqrt(variance), level);
    }
    return new Estimate(ratio, interval, caveats(ratio));
  }

  private List<Caveat> caveats(double ratio) {
    List<Caveat> list = new ArrayList<>();
    TestResult disagreement = new Homogeneity(this).tarone();
    if (disagreement.p() < DISAGREE) list.add(new Caveat.Heterogeneous(disagreement.p()));
    int informative = informative().size();
    if (informative < strata.size())
      list.add(new Caveat.UninformativeStrata(informative, strata.size()));
    if (Double.isInfinite(ratio)) list.add(new Caveat.OneSided(Caveat.OneSided.Side.AT_LEAST));
    if (ratio == 0) list.add(new Caveat.OneSided(Caveat.OneSided.Side.AT_MOST));
    return list;
  }

  /// The Cochran–Mantel–Haenszel χ²: `(|Σa − ΣE a| − correction)² / ΣVar a`, with the
  /// hypergeometric
  /// variance.
  ///
  /// @param continuity whether half a case is taken off, where the deviation is that large
  public TestResult cochranMantelHaenszel(boolean continuity) {
    double deviation = 0;
    double variance = 0;
    for (TwoByTwo t : informative()) {
      double n = t.total();
      deviation += t.exposedCases() - (double) t.exposed() * t.cases() / n;
      variance += (double) t.exposed() * t.unexposed() * t.cases() * t.others() / (n * n * (n - 1));
    }
    double distance = Math.abs(deviation);
    if (continuity && distance >= 0.5) distance -= 0.5;
    return TestResult.chiSquare(variance == 0 ? Double.NaN : distance * distance / variance, 1);
  }

  /// The common odds ratio given all margins, exact: for few cases (the sum of the least margins
  /// below 25) better than the χ².
  public ConditionalOddsRatio exact() {
    return ConditionalOddsRatio.common(informative());
  }

  /// The Mantel–Haenszel risk ratio `Σ(a n0/n) / Σ(c n1/n)`, n1 = a + b, n0 = c + d.
  ///
  /// Source: S. Greenland, J. Robins, Biometrics 41 (1985) 55–68.
  public Estimate riskRatio(double level) {
    double r = 0;
    double s = 0;
    double v = 0;
    for (TwoByTwo t : strata) {
      double n = t.total();
      if (t.exposed() == 0 || t.unexposed() == 0) continue;
      r += t.exposedCases() * (double) t.unexposed() / n;
      s += t.unexposedCases() * (double) t.exposed() / n;
      v +=
          ((double) t.cases() * t.exposed() * t.unexposed()
                  - (double) t.exposedCases() * t.unexposedCases() * n)
              / (n * n);
    }
    if (r == 0 && s == 0) return Estimate.notEstimable("no informative stratum", level);
    double ratio = r / s;
    if (r == 0 || s == 0) return new Estimate(ratio, Interval.undefined(level), caveats(ratio));
    return new Estimate(
        ratio, Wald.ofLogarithm(ratio, Math.sqrt(v / (r * s)), level), caveats(ratio));
  }
}
