package dev.pumphandle.epi.scan;

import java.util.ArrayList;
import java.util.List;

/// Other ways to write a finding: sets that hold nearly the same records.
///
/// @param set the other way to write it
/// @param jaccard weight of the records in both over weight of the records in either
public record Aliases(ScanSet set, double jaccard) {

  /// Two sets at least this alike are one finding.
  public static final double SAME = 0.8;

  /// The groups of the families without time whose records are at least `least` alike with those of
  /// `finding`, most alike first.
  ///
  /// @param weight what each row weighs, such as its host-time
  public static List<Aliases> of(
      ScanSet finding, List<Family> families, Design design, double[] weight, double least) {
    int[] values = design.values();
    Population rows = design.rows();
    boolean[] inside = new boolean[rows.size()];
    double own = 0;
    for (int r = 0; r < inside.length; r++) {
      inside[r] = finding.member(rows, r, values) == ScanSet.Member.INSIDE;
      if (inside[r]) own += weight[r];
    }
    List<Aliases> found = new ArrayList<>();
    for (Family family : families) {
      if (family.timed()) continue;
      double[] whole = new double[family.groups(values)];
      double[] common = new double[whole.length];
      for (int r = 0; r < inside.length; r++) {
        int g = family.group(rows.codes(), r * rows.attributes(), values);
        if (g < 0) continue;
        whole[g] += weight[r];
        if (inside[r]) common[g] += weight[r];
      }
      for (int g = 0; g < whole.length; g++) {
        double jaccard = common[g] == 0 ? 0 : common[g] / (whole[g] + own - common[g]);
        ScanSet other = new ScanSet(family, g, 0, design.days());
        if (jaccard >= least && !other.equals(finding)) found.add(new Aliases(other, jaccard));
      }
    }
    found.sort((a, b) -> Double.compare(b.jaccard, a.jaccard));
    return found;
  }
}
