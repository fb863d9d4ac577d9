package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.scan.ScanSet;
import dev.pumphandle.epi.scan.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Somebody who has more cases than expected.
///
/// @param set who, as the scan knows it
/// @param words who, in words, such as `physical host = ph-we-00042`
/// @param conditions the exposures and values that make it up
/// @param fromDay the day from which on, −1 where the finding has no time
/// @param verdict how sure it is, from both designs
/// @param cases cases inside
/// @param allCases cases of which it is known whether they are inside
/// @param crashes crashes inside, cases among them
/// @param allCrashes crashes of which it is known
/// @param nodes on how many nodes the cases inside are
/// @param expected cases expected inside, where there is host-time
/// @param familyWiseP the smaller of the designs' family-wise p-values
/// @param oddsRatio crude, against other crashes
/// @param oddsRatioAdjusted the same within strata of the other findings
/// @param rateRatio crude, per host-hour against the raked baseline; not estimable without one
/// @param rateRatioAdjusted the same within strata of the other findings
/// @param necessary whether all cases are inside
/// @param within the surer finding that it only narrows or widens; empty for a finding of its own
/// @param aliases other ways to write it
public record Finding(
    ScanSet set,
    String words,
    List<Condition> conditions,
    int fromDay,
    Verdict verdict,
    int cases,
    int allCases,
    int crashes,
    int allCrashes,
    int nodes,
    OptionalDouble expected,
    double familyWiseP,
    Estimate oddsRatio,
    Estimate oddsRatioAdjusted,
    Estimate rateRatio,
    Estimate rateRatioAdjusted,
    boolean necessary,
    Optional<String> within,
    List<String> aliases) {

  /// One exposure with its value.
  public record Condition(Exposure exposure, String value) {}

  /// Copies the lists.
  public Finding {
    conditions = List.copyOf(conditions);
    aliases = List.copyOf(aliases);
  }

  /// Whether the one thing it blames is of this kind.
  public boolean blames(Exposure.Role role) {
    return conditions.stream().anyMatch(c -> c.exposure().role() == role);
  }
}
