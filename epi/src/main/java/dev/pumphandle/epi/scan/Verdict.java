package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.measure.Estimate;

/// How sure a finding is, from both designs together.
public enum Verdict {
  /// Family-wise significant in one design, and in the other at least nominally: mid-p below 0.05
  /// and an interval above 1, by itself and with the other findings held fixed.
  CONFIRMED,
  /// Family-wise significant in one design only.
  ONE_DESIGN,
  /// Not significant, but q at most 0.05 in the browse list.
  LEAD,
  /// Nothing to show.
  NOTHING;

  private static final double NOMINAL = 0.05;

  /// What one design says of a set.
  ///
  /// @param familyWiseP the p-value of the scan, 1 when the scan did not accept it
  /// @param midP its own one-sided mid-p
  /// @param effect its effect with interval
  /// @param adjusted its effect with the other findings held fixed
  /// @param q its adjusted p-value in the browse list
  public record Evidence(
      double familyWiseP, double midP, Estimate effect, Estimate adjusted, double q) {

    boolean significant(double alpha) {
      return familyWiseP <= alpha;
    }

    boolean nominal() {
      return midP < NOMINAL && effect.interval().above(1) && adjusted.interval().above(1);
    }

    /// What a design says that could not be run.
    public static Evidence none() {
      Estimate none = Estimate.notEstimable("this design was not run", 0.95);
      return new Evidence(1, 1, none, none, 1);
    }
  }

  /// The verdict on one set.
  public static Verdict of(Evidence otherCrashes, Evidence hostTime, double alpha) {
    boolean a = otherCrashes.significant(alpha);
    boolean b = hostTime.significant(alpha);
    if ((a && (b || hostTime.nominal())) || (b && otherCrashes.nominal())) return CONFIRMED;
    if (a || b) return ONE_DESIGN;
    return Math.min(otherCrashes.q, hostTime.q) <= NOMINAL ? LEAD : NOTHING;
  }
}
