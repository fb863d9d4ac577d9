package dev.pumphandle.epi.measure;

import java.util.ArrayList;
import java.util.List;

/// The fourfold table: exposure against being a case.
///
/// @param exposedCases a: exposed, case
/// @param exposedOthers b: exposed, not a case
/// @param unexposedCases c: not exposed, case
/// @param unexposedOthers d: not exposed, not a case
public record TwoByTwo(
    long exposedCases, long exposedOthers, long unexposedCases, long unexposedOthers) {

  private static final long FEW = 5;

  /// Refuses negative counts.
  public TwoByTwo {
    if (exposedCases < 0 || exposedOthers < 0 || unexposedCases < 0 || unexposedOthers < 0)
      throw new IllegalArgumentException("a count below zero");
  }

  /// a + b.
  public long exposed() {
    return exposedCases + exposedOthers;
  }

  /// c + d.
  public long unexposed() {
    return unexposedCases + unexposedOthers;
  }

  /// a + c.
  public long cases() {
    return exposedCases + unexposedCases;
  }

  /// b + d.
  public long others() {
    return exposedOthers + unexposedOthers;
  }

  /// a + b + c + d.
  public long total() {
    return exposed() + unexposed();
  }

  /// Whether all four margins are above zero: otherwise only one table is possible.
  public boolean informative() {
    return exposed() > 0 && unexposed() > 0 && cases() > 0 && others() > 0;
  }

  /// Whether a cell is zero.
  public boolean hasZero() {
    return exposedCases == 0 || exposedOthers == 0 || unexposedCases == 0 || unexposedOthers == 0;
  }

  /// The odds ratio to show: conditional maximum likelihood with its mid-p interval.
  ///
  /// A zero cell leaves a bound on one side; a zero margin leaves nothing to estimate.
  public Estimate oddsRatio(double level) {
    if (!informative()) return Estimate.notEstimable("a margin of the table is zero", level);
    ConditionalOddsRatio conditional = ConditionalOddsRatio.of(this);
    return new Estimate(
        conditional.estimate(), conditional.midPInterval(level), caveats(conditional.estimate()));
  }

  /// The risk ratio `[a/(a+b)] / [c/(c+d)]` with the interval of its logarithm.
  ///
  /// Source: D. Katz et al., Biometrics 34 (1978) 469–474.
  public Estimate riskRatio(double level) {
    if (exposed() == 0 || unexposed() == 0)
      return Estimate.notEstimable("nobody on one side of the comparison", level);
    if (cases() == 0) return Estimate.notEstimable("no cases", level);
    double ratio = exposedRisk() / unexposedRisk();
    if (exposedCases == 0 || unexposedCases == 0)
      return new Estimate(ratio, Interval.undefined(level), caveats(ratio));
    double variance =
        1.0 / exposedCases - 1.0 / exposed() + 1.0 / unexposedCases - 1.0 / unexposed();
    return new Estimate(ratio, Wald.ofLogarithm(ratio, Math.sqrt(variance), level), caveats(ratio));
  }

  /// The risk difference with Newcombe's hybrid score interval.
  ///
  /// Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
  public Estimate riskDifference(double level) {
    if (exposed() == 0 || unexposed() == 0)
      return Estimate.notEstimable("nobody on one side of the comparison", level);
    double p = exposedRisk();
    double q = unexposedRisk();
    Interval e = new Proportion(exposedCases, exposed()).wilson(level);
    Interval u = new Proportion(unexposedCases, unexposed()).wilson(level);
    double difference = p - q;
    return Estimate.of(
        difference,
        new Interval(
            difference - Math.hypot(p - e.lower(), u.upper() - q),
            difference + Math.hypot(e.upper() - p, q - u.lower()),
            level));
  }

  /// a/(a+b); NaN when nobody is exposed.
  public double exposedRisk() {
    return (double) exposedCases / exposed();
  }

  /// c/(c+d); NaN when everybody is exposed.
  public double unexposedRisk() {
    return (double) unexposedCases / unexposed();
  }

  private List<Caveat> caveats(double estimate) {
    List<Caveat> list = new ArrayList<>();
    if (Double.isInfinite(estimate)) list.add(new Caveat.OneSided(Caveat.OneSided.Side.AT_LEAST));
    else if (estimate == 0) list.add(new Caveat.OneSided(Caveat.OneSided.Side.AT_MOST));
    if (exposedCases < FEW) list.add(new Caveat.SmallCounts(exposedCases));
    return list;
  }
}
