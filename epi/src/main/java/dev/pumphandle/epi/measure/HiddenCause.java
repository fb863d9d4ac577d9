package dev.pumphandle.epi.measure;

/// How strong an unmeasured common cause would have to be to explain a risk ratio away: it would
/// need
/// risk ratios of at least this much with both the exposure and the crash.
///
/// The literature says "E-value"; we do not, since `surveillance` has e-processes.
///
/// Source: T. J. VanderWeele, P. Ding, Annals of Internal Medicine 167 (2017) 268–274.
public final class HiddenCause {

  private HiddenCause() {}

  /// `RR + √(RR (RR − 1))`, with 1/RR in place of an RR below 1; NaN for an RR that is not above 0.
  public static double strength(double riskRatio) {
    if (!(riskRatio > 0)) return Double.NaN;
    double rr = riskRatio < 1 ? 1 / riskRatio : riskRatio;
    return Double.isInfinite(rr) ? rr : rr + Math.sqrt(rr * (rr - 1));
  }

  /// The strength needed to move the interval to include 1; 1 when it already does.
  public static double strengthForLimit(double riskRatio, Interval interval) {
    if (!interval.defined() || interval.contains(1)) return 1;
    return strength(riskRatio >= 1 ? interval.lower() : interval.upper());
  }
}
