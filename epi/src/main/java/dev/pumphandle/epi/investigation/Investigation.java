package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.onset.Onset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Investigates a study: who, where, since when, and is it one disease or several.
public final class Investigation {

  private Investigation() {}

  /// What the study shows. Equal study, options and seed give equal findings, whatever the threads.
  ///
  /// @param progress is told what begins, in a few words
  public static Findings of(Study study, InvestigationOptions options, Consumer<String> progress) {
    progress.accept("expected counts");
    Comparison comparison = new Comparison(study);
    int cases = study.crashes().cases().length;
    FindingSearch.Found found = new FindingSearch.Found(List.of(), List.of(), 0);
    if (cases > 0) {
      progress.accept("scan of exposures, pairs and onsets");
      found = new FindingSearch(comparison, options).run();
    }
    progress.accept("populations");
    Classes.Divided divided = new Classes(comparison, options).divide(found.findings());
    progress.accept("dates and hosts");
    List<Integer> all = new ArrayList<>();
    for (int c : study.crashes().cases()) all.add(c);
    Dating.Dated dated = new Dating(comparison, options).of(all, Optional.empty());
    Optional<HostInquiry> traced =
        cases == 0 ? Optional.empty() : HostInquiry.of(comparison, found.findings(), options);
    // What a trace expects of a host is learnt from other crashes. Where some are elsewhere, an
    // excess that is left counts; where none are, it says nothing either way.
    boolean blamed = traced.filter(HostInquiry::blamesTheHost).isPresent();
    Optional<OneHost> oneHost = comparison.oneHost.filter(h -> !blamed || h.hasNearlyAll());
    Optional<HostInquiry> host = oneHost.isPresent() ? Optional.empty() : traced;
    List<Diagnosis> diagnoses =
        divided.classes().stream()
            .map(c -> Diagnosis.of(c, host, oneHost, load(study, c, options)))
            .toList();
    return new Findings(
        cases,
        comparison.placed.length,
        study.crashes().size(),
        comparison.time.totalHours(),
        found.groupsSearched(),
        comparison.unused,
        dated.onset(),
        divided.classes(),
        diagnoses,
        divided.discord().map(Classes.Discord::attributes).orElse(List.of()),
        divided.discord().map(Classes.Discord::test),
        LabelSentence.of(divided.classes()),
        found.findings(),
        found.leads(),
        MixedUp.by(found.findings().stream().map(Finding::set).toList(), comparison, options),
        host,
        oneHost,
        LatentHosts.of(comparison, divided.classes(), options));
  }

  // What lives in one place has that place's load: only what is spread can follow it. Before the
  // onset there was nothing to follow.
  private static Optional<LoadCheck> load(
      Study study, DiseaseClass population, InvestigationOptions options) {
    if (population.kind() != DiseaseClass.Kind.DIFFUSE) return Optional.empty();
    long since =
        population.onset() instanceof Onset.Began began
            ? study.start() + began.latest() * Uptime.DAY
            : study.start();
    return LoadCheck.of(study, population.dated(), since, options);
  }
}
