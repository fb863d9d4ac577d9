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
    int[] runs = rows.runs();
    double[] whole = rows.runSums(weight);
    double[] inside = new double[whole.length];
    double own = 0;
    int[] mine = finding.family().groups(rows, values);
    for (int run = 0; run < inside.length; run++) {
      if (mine[run] != finding.group()) continue;
      for (int r = runs[run]; r < runs[run + 1]; r++)
        if (finding.within(rows.day(r))) inside[run] += weight[r];
      own += inside[run];
    }
    List<Aliases> found = new ArrayList<>();
    for (Family family : families) {
      if (family.timed()) continue;
      double[] all = new double[family.groups(values)];
      double[] common = new double[all.length];
      int[] groups = family.groups(rows, values);
      for (int run = 0; run < inside.length; run++) {
        int g = groups[run];
        if (g < 0) continue;
        all[g] += whole[run];
        common[g] += inside[run];
      }
      for (int g = 0; g < all.length; g++) {
        double jaccard = common[g] == 0 ? 0 : common[g] / (all[g] + own - common[g]);
        ScanSet other = new ScanSet(family, g, 0, design.days());
        if (jaccard >= least && !other.equals(finding)) found.add(new Aliases(other, jaccard));
      }
    }
    found.sort((a, b) -> Double.compare(b.jaccard, a.jaccard));
    return found;
  }
}
