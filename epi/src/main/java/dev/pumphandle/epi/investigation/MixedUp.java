package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.scan.Candidate;
import dev.pumphandle.epi.scan.Effects;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.GreedyScan;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An exposure that looks guilty by itself and no longer does once the findings are held fixed.
///
/// @param words which
/// @param crude its odds ratio alone
/// @param adjusted the same within strata of the findings
/// @param reversed whether the effect not only goes away but turns round
public record MixedUp(String words, Estimate crude, Estimate adjusted, boolean reversed) {

  private static final int MOST = 12;
  // An interval without an upper limit says nothing of what the findings explain.
  private static final double UNLIMITED = Double.POSITIVE_INFINITY;

  /// The exposures that the findings explain, the most guilty-looking first.
  static List<MixedUp> by(
      List<ScanSet> findings, Comparison comparison, InvestigationOptions options) {
    if (findings.isEmpty()) return List.of();
    List<Family> singles =
        comparison.families(comparison.otherCrashes).stream()
            .filter(f -> f instanceof Family.Single)
            .toList();
    GreedyScan scan =
        new GreedyScan(
            comparison.otherCrashes, singles, dev.pumphandle.epi.scan.ScanOptions.usual(0, 1));
    SetWords words = new SetWords(comparison.study.attributes(), comparison.values());
    List<Candidate> suspicious =
        scan.candidates(List.of()).stream()
            .filter(c -> c.llr() > 0 && c.cases() >= 3)
            .filter(
                c ->
                    comparison.study.attributes().get(SetWords.attribute(c.set().family())).role()
                        != Exposure.Role.NODE)
            .filter(
                c ->
                    findings.stream()
                        .flatMap(f -> words.conditions(f).stream())
                        .noneMatch(words.conditions(c.set())::contains))
            .sorted(Comparator.comparingDouble(Candidate::llr).reversed())
            .limit(MOST)
            .toList();
    return options
        .each(suspicious)
        .flatMap(each -> explained(each.set(), findings, comparison, words, options).stream())
        .toList();
  }

  private static Optional<MixedUp> explained(
      ScanSet set,
      List<ScanSet> findings,
      Comparison comparison,
      SetWords words,
      InvestigationOptions options) {
    double level = options.level();
    Estimate crude = new Effects(comparison.otherCrashes, List.of(set)).crude(0, level);
    if (!crude.interval().above(1)) return Optional.empty();
    List<ScanSet> with = new ArrayList<>(findings);
    with.add(set);
    Estimate adjusted =
        new Effects(comparison.otherCrashes, with).stratified(with.size() - 1, level);
    double upper = adjusted.interval().upper();
    return !adjusted.interval().above(1) && upper < UNLIMITED
        ? Optional.of(new MixedUp(words.words(set), crude, adjusted, upper < 1))
        : Optional.empty();
  }
}
