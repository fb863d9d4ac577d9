package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Value;
import dev.pumphandle.epi.investigation.Diagnosis;
import dev.pumphandle.epi.investigation.DiseaseClass;
import dev.pumphandle.epi.investigation.Finding;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.HostInquiry;
import dev.pumphandle.epi.investigation.InvestigationOptions;
import dev.pumphandle.epi.investigation.LatentHost;
import dev.pumphandle.epi.investigation.OneHost;
import dev.pumphandle.epi.investigation.Study;
import dev.pumphandle.epi.measure.Caveat;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.onset.Onset;
import dev.pumphandle.registry.StudyIntake;
import dev.pumphandle.registry.StudyTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The findings for programs: every figure of the page, with interval, counts and caveats.
public final class InvestigationJson {

  private InvestigationJson() {}

  /// The findings as one value.
  public static Value of(
      String condition,
      StudyTables tables,
      Optional<Findings> findings,
      InvestigationOptions options) {
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("question", Value.text(condition));
    all.put("seed", Value.whole(options.seed()));
    all.put("replicates", Value.whole(options.replicates()));
    all.put("intake", intake(tables.intake()));
    if (tables.study().isPresent() && findings.isPresent()) {
      found(all, tables.study().get(), findings.get());
    }
    return new Value.Named(all);
  }

  private static void found(Map<String, Value> all, Study study, Findings found) {
    all.put("first_day", Value.text(Figures.day(study.start(), 0).toString()));
    all.put("days", Value.whole(study.days()));
    all.put("host_hours", number(found.hostHours()));
    all.put("groups_searched", Value.whole(found.groupsSearched()));
    all.put("onset", onset(study, found.onset()));
    all.put("findings", several(found.findings(), f -> finding(study, f)));
    all.put("leads", several(found.leads(), f -> finding(study, f)));
    all.put(
        "mixed_up",
        several(
            found.mixedUp(),
            m -> {
              Map<String, Value> named = new LinkedHashMap<>();
              named.put("what", Value.text(m.words()));
              named.put("odds_ratio", estimate(m.crude()));
              named.put("odds_ratio_adjusted", estimate(m.adjusted()));
              named.put("reversed", new Value.Truth(m.reversed()));
              return new Value.Named(named);
            }));
    List<Value> populations = new java.util.ArrayList<>();
    for (int i = 0; i < found.classes().size(); i++) {
      populations.add(population(study, found.classes().get(i), found.diagnoses().get(i)));
    }
    all.put("populations", new Value.Several(populations));
    all.put("labels_and_populations", several(found.labels(), Value::text));
    all.put("latent_hosts", several(found.latentHosts(), InvestigationJson::latentHost));
    all.put("host", found.host().map(InvestigationJson::host).orElse(Value.MISSING));
    all.put("one_host", found.oneHost().map(InvestigationJson::oneHost).orElse(Value.MISSING));
  }

  private static Value intake(StudyIntake intake) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("listed", Value.whole(intake.listed()));
    named.put("readable", Value.whole(intake.readable()));
    named.put("excluded", reasons(intake.excluded()));
    named.put("unread", reasons(intake.unread()));
    named.put("undated", Value.whole(intake.undated()));
    named.put("crashes", Value.whole(intake.crashes()));
    named.put("matching", Value.whole(intake.matching()));
    named.put("episodes", Value.whole(intake.episodes()));
    named.put("case_episodes", Value.whole(intake.caseEpisodes()));
    named.put("outside_time", Value.whole(intake.outside()));
    named.put("unplaced", reasons(intake.unplaced()));
    named.put("inventory_overlapping", Value.whole(intake.overlapping()));
    named.put("inventory_empty", Value.whole(intake.empty()));
    named.put("labels", reasons(intake.labels()));
    return new Value.Named(named);
  }

  private static Value reasons(List<StudyIntake.Reason> reasons) {
    Map<String, Value> named = new LinkedHashMap<>();
    reasons.forEach(r -> named.put(r.reason(), Value.whole(r.count())));
    return new Value.Named(named);
  }

  // In an order of its own: equal findings are equal bytes, run after run.
  private static Value condition(Finding.Condition c) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("column", Value.text(c.exposure().column()));
    named.put("value", Value.text(c.value()));
    return new Value.Named(named);
  }

  private static Value finding(Study study, Finding f) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("what", Value.text(f.words()));
    named.put("conditions", several(f.conditions(), InvestigationJson::condition));
    named.put("verdict", word(f.verdict()));
    named.put(
        "from_day",
        f.fromDay() < 0
            ? Value.MISSING
            : Value.text(Figures.day(study.start(), f.fromDay()).toString()));
    named.put("family_wise_p", number(f.familyWiseP()));
    named.put("cases", Value.whole(f.cases()));
    named.put("crashes", Value.whole(f.crashes()));
    named.put("cases_elsewhere", Value.whole(f.allCases() - f.cases()));
    named.put("crashes_elsewhere", Value.whole(f.allCrashes() - f.crashes()));
    named.put(
        "expected", f.expected().isPresent() ? number(f.expected().getAsDouble()) : Value.MISSING);
    named.put("nodes", Value.whole(f.nodes()));
    named.put("necessary", new Value.Truth(f.necessary()));
    named.put("odds_ratio", estimate(f.oddsRatio()));
    named.put("odds_ratio_adjusted", estimate(f.oddsRatioAdjusted()));
    named.put("rate_ratio", estimate(f.rateRatio()));
    named.put("rate_ratio_adjusted", estimate(f.rateRatioAdjusted()));
    named.put("within", f.within().map(Value::text).orElse(Value.MISSING));
    named.put("aliases", several(f.aliases(), Value::text));
    return new Value.Named(named);
  }

  private static Value population(Study study, DiseaseClass c, Diagnosis diagnosis) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("kind", word(c.kind()));
    named.put("cases", Value.whole(c.members().size()));
    named.put("size", number(c.size()));
    named.put("place", c.place().map(f -> Value.text(f.words())).orElse(Value.MISSING));
    Map<String, Value> labels = new LinkedHashMap<>();
    c.labels().forEach(l -> labels.put(l.label(), Value.whole(l.count())));
    named.put("labels", new Value.Named(labels));
    named.put(
        "signs",
        several(
            c.signs(),
            s -> {
              Map<String, Value> sign = new LinkedHashMap<>();
              sign.put("sign", Value.text(s.sign()));
              sign.put("share", number(s.share()));
              sign.put("lower", number(s.interval().lower()));
              sign.put("upper", number(s.interval().upper()));
              sign.put("share_of_others", number(s.shareOfOthers()));
              return new Value.Named(sign);
            }));
    named.put("regions", Value.whole(c.regions()));
    named.put("share_on_young_nodes", number(c.youngShare()));
    named.put("onset", onset(study, c.onset()));
    named.put("ended", new Value.Truth(c.ended()));
    named.put("nature", word(diagnosis.nature()));
    named.put(
        "arguments",
        several(
            diagnosis.arguments(),
            a -> {
              Map<String, Value> argument = new LinkedHashMap<>();
              argument.put("speaks_for", word(a.speaksFor()));
              argument.put("sentence", Value.text(a.sentence()));
              return new Value.Named(argument);
            }));
    return new Value.Named(named);
  }

  private static Value host(HostInquiry h) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("host", Value.text(h.host()));
    named.put("cases", Value.whole(h.cases()));
    named.put("expected", number(h.expected()));
    named.put("nodes", Value.whole(h.nodes()));
    named.put("nodes_with_cases", Value.whole(h.nodesWithCases()));
    named.put("chance_of_nodes", number(h.chanceOfNodes()));
    named.put("excess_without_worst_node", number(h.excessWithoutBest()));
    named.put("least_excess_without_one_node", number(h.leastExcess()));
    named.put("bar", number(h.bar()));
    named.put("self_controlled", estimate(h.selfControlled()));
    named.put("oldest_with_case", Value.text(h.oldestWithCase()));
    named.put("answer", word(h.answer()));
    return new Value.Named(named);
  }

  private static Value oneHost(OneHost h) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("host", Value.text(h.host()));
    named.put("cases", Value.whole(h.cases()));
    named.put("all_cases", Value.whole(h.allCases()));
    named.put("other_crashes", Value.whole(h.others()));
    named.put("all_other_crashes", Value.whole(h.allOthers()));
    named.put("share_of_host_time", number(h.shareOfHostTime()));
    return new Value.Named(named);
  }

  private static Value latentHost(LatentHost h) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("where", Value.text(h.where()));
    named.put("nodes", several(h.nodes(), Value::text));
    named.put("cases", Value.whole(h.cases()));
    named.put("places", Value.whole(h.places()));
    named.put("places_by_chance", Value.whole(h.placesByChance()));
    named.put("handovers", Value.whole(h.handovers()));
    named.put("handovers_by_chance", Value.whole(h.handoversByChance()));
    named.put("p", number(h.p()));
    named.put("median_age_days", number(h.medianAgeDays()));
    named.put("median_age_of_others_days", number(h.medianAgeOfOthersDays()));
    return new Value.Named(named);
  }

  private static Value onset(Study study, Onset onset) {
    Map<String, Value> named = new LinkedHashMap<>();
    switch (onset) {
      case Onset.TooFew few -> {
        named.put("answer", Value.text("too-few"));
        named.put("cases", Value.whole(few.cases()));
      }
      case Onset.NoChange none -> {
        named.put("answer", Value.text("no-change"));
        named.put("p", number(none.p()));
      }
      case Onset.Began began -> {
        named.put("answer", Value.text("began"));
        named.put("start", day(study, began.start()));
        named.put("earliest", day(study, began.earliest()));
        named.put("latest", day(study, began.latest()));
        named.put("best_step", day(study, began.bestStep()));
        named.put("shape", word(began.shape()));
        named.put("step_probability", number(began.stepProbability()));
        named.put("never_before", new Value.Truth(began.neverBefore()));
        named.put("p", number(began.p()));
      }
    }
    return new Value.Named(named);
  }

  private static Value day(Study study, int bin) {
    return Value.text(Figures.day(study.start(), bin).toString());
  }

  private static Value estimate(Estimate e) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("value", number(e.value()));
    named.put("lower", number(e.interval().lower()));
    named.put("upper", number(e.interval().upper()));
    named.put("caveats", several(e.caveats().stream().map(Caveat::text).toList(), Value::text));
    return new Value.Named(named);
  }

  // JSON has no infinity: a limit that is not known is null.
  private static Value number(double x) {
    return Double.isFinite(x) ? new Value.Decimal(x) : Value.MISSING;
  }

  private static Value word(Enum<?> constant) {
    return Value.text(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static <T> Value several(List<T> all, Function<T, Value> each) {
    return new Value.Several(all.stream().map(each).toList());
  }
}
