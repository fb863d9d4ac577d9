package dev.pumphandle.epi.investigation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Looks for physical hosts where the inventory knows none: within one cluster and machine type,
/// ill nodes that followed one another and were ill while young.
///
/// The populations that are of one place are looked at together, because a host that nobody knows
/// comes apart into its nodes; and all cases, because it may have no population. The chance figures
/// are multiplied by the number of questions (Bonferroni).
final class LatentHosts {

  private static final int FEWEST_NODES = 4;
  private static final long PURPOSE = 7001;

  private final Comparison comparison;
  private final Study study;
  private final InvestigationOptions options;
  private final int node;
  private final int place;
  private final int type;

  private record Stratum(int place, int type) {}

  // One node in one stratum.
  private record Life(long from, long to, long born) {}

  private record Question(String where, Map<Integer, Life> lives, Map<Integer, long[]> ill) {}

  private LatentHosts(Comparison comparison, InvestigationOptions options) {
    this.comparison = comparison;
    this.study = comparison.study;
    this.options = options;
    this.node = study.position(Exposure.Role.NODE);
    int cluster = study.position(Exposure.Role.CLUSTER);
    this.place = cluster >= 0 ? cluster : study.position(Exposure.Role.REGION);
    this.type = study.position(Exposure.Role.SKU);
  }

  /// The hypotheses, surest first; none where the inventory knows physical hosts.
  static List<LatentHost> of(
      Comparison comparison, List<DiseaseClass> classes, InvestigationOptions options) {
    Study study = comparison.study;
    boolean hostsKnown = study.position(Exposure.Role.HOST) >= 0;
    LatentHosts search = new LatentHosts(comparison, options);
    if (hostsKnown || !study.hasInventory() || search.node < 0 || search.place < 0)
      return List.of();
    return search.run(classes);
  }

  private List<LatentHost> run(List<DiseaseClass> classes) {
    Map<Stratum, Map<Integer, Life>> lives = lives();
    List<Question> questions = new ArrayList<>();
    questions.addAll(
        questions(
            lives,
            classes.stream()
                .filter(c -> c.kind() == DiseaseClass.Kind.PLACE)
                .flatMap(c -> c.members().stream())
                .toList()));
    questions.addAll(questions(lives, Arrays.stream(comparison.placed).boxed().toList()));
    List<LatentHost> found = new ArrayList<>();
    for (int q = 0; q < questions.size(); q++) {
      LatentHost host = ask(questions.get(q), q, questions.size());
      if (host.p() <= options.alpha() && host.medianAgeDays() <= host.medianAgeOfOthersDays())
        found.add(host);
    }
    found.sort(Comparator.comparingDouble(LatentHost::p));
    Map<String, LatentHost> surest = new LinkedHashMap<>();
    for (LatentHost each : found) surest.putIfAbsent(each.where(), each);
    return List.copyOf(surest.values());
  }

  private Stratum stratum(int stay) {
    return new Stratum(
        study.stays().code(stay, place), type < 0 ? -1 : study.stays().code(stay, type));
  }

  private Map<Stratum, Map<Integer, Life>> lives() {
    Map<Stratum, Map<Integer, Life>> lives = new LinkedHashMap<>();
    Stays stays = study.stays();
    for (int s = 0; s < stays.size(); s++) {
      if (stays.code(s, node) < 0 || stays.code(s, place) < 0) continue;
      long born = stays.ageKnown(s) ? stays.born(s) : stays.from(s);
      lives
          .computeIfAbsent(stratum(s), _ -> new TreeMap<>())
          .merge(
              stays.code(s, node),
              new Life(stays.from(s), stays.to(s), born),
              (a, b) ->
                  new Life(
                      Math.min(a.from, b.from), Math.max(a.to, b.to), Math.min(a.born, b.born)));
    }
    return lives;
  }

  // Of each node its first case and how many, in order of time.
  private List<Question> questions(Map<Stratum, Map<Integer, Life>> lives, List<Integer> members) {
    Map<Stratum, Map<Integer, long[]>> ill = new LinkedHashMap<>();
    Crashes crashes = study.crashes();
    members.stream()
        .filter(i -> crashes.stay(i) >= 0 && study.stays().code(crashes.stay(i), node) >= 0)
        .sorted(Comparator.comparingLong(crashes::at).thenComparing(Comparator.naturalOrder()))
        .forEach(
            i ->
                ill.computeIfAbsent(stratum(crashes.stay(i)), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(
                        study.stays().code(crashes.stay(i), node),
                        _ -> new long[] {crashes.at(i), 0})[1]++);
    List<Question> questions = new ArrayList<>();
    ill.forEach(
        (stratum, nodes) -> {
          Map<Integer, Life> there = lives.getOrDefault(stratum, Map.of());
          if (nodes.size() >= FEWEST_NODES && there.size() > nodes.size())
            questions.add(new Question(words(stratum), there, nodes));
        });
    return questions;
  }

  private String words(Stratum stratum) {
    String where = study.attributes().get(place).values().get(stratum.place);
    return stratum.type < 0
        ? where
        : where + ", " + study.attributes().get(type).values().get(stratum.type);
  }

  private LatentHost ask(Question question, int index, int questions) {
    List<Integer> nodes = new ArrayList<>(question.lives.keySet());
    Map<Integer, Integer> position = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) position.put(nodes.get(i), i);
    List<Succession.Illness> illnesses = new ArrayList<>();
    List<Double> ages = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    long cases = 0;
    for (Map.Entry<Integer, long[]> each : question.ill.entrySet()) {
      long at = each.getValue()[0];
      cases += each.getValue()[1];
      illnesses.add(new Succession.Illness(position.get(each.getKey()), at));
      for (Map.Entry<Integer, Life> life : question.lives.entrySet()) {
        if (at < life.getValue().from || at > life.getValue().to) continue;
        double days = (at - life.getValue().born) / (double) Uptime.DAY;
        if (life.getKey().equals(each.getKey())) ages.add(days);
        else others.add(days);
      }
    }
    Succession succession =
        new Succession(
            nodes.stream()
                .map(question.lives::get)
                .map(life -> new Succession.Life(life.from, life.to, life.born))
                .toList(),
            illnesses);
    long seed = options.seed() + PURPOSE + index;
    Succession.Result result = succession.test(options.replicates(), seed, options.threads());
    // Only what looks striking by itself is worth the replicates that the number of questions
    // needs.
    if (result.p() <= options.alpha())
      result = succession.test(options.replicates() * questions, seed, options.threads());
    List<String> names = study.attributes().get(node).values();
    return new LatentHost(
        question.where,
        question.ill.keySet().stream().map(names::get).toList(),
        Math.toIntExact(cases),
        result.places(),
        result.placesByChance(),
        result.handovers(),
        result.handoversByChance(),
        Math.min(1, result.p() * questions),
        median(ages),
        median(others));
  }

  private static double median(List<Double> values) {
    if (values.isEmpty()) return Double.NaN;
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
