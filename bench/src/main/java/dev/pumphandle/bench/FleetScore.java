package dev.pumphandle.bench;

import dev.pumphandle.epi.investigation.DiseaseClass;
import dev.pumphandle.epi.investigation.Finding;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.mixture.AdjustedRand;
import dev.pumphandle.epi.onset.Onset;
import dev.pumphandle.epi.onset.OnsetPosterior;
import dev.pumphandle.epi.scan.Candidate;
import dev.pumphandle.epi.scan.HostTrace.Answer;
import dev.pumphandle.epi.scan.ScanSet;
import dev.pumphandle.epi.scan.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of one fleet's planted causes.
///
/// @param confirmed how many findings were confirmed
/// @param significant how many were significant in at least one design
/// @param first whether the first finding is the planted set
/// @param any whether any is
/// @param falseOnes confirmed findings that are neither it nor enriched with its cases
/// @param words the confirmed findings that are false, in words
/// @param hostNamed whether a physical host is said to be the host and not one sick machine
/// @param onsetError the onset less the true one (days); NaN where none was given
/// @param covered whether its interval holds the true one
/// @param shapeWrong whether a crisp start was called gradual or the other way round
/// @param populations how many populations besides the unrelated cases
/// @param rand how well the populations agree with the true causes (adjusted Rand index)
/// @param bestRand the same for somebody who was told what each cause looks like
/// @param peerRank where each peer's list has the planted set, from 1; 0 where it has not
/// @param peerRows how many rows each peer lists
record FleetScore(
    int confirmed,
    int significant,
    boolean first,
    boolean any,
    int falseOnes,
    List<String> words,
    boolean hostNamed,
    double onsetError,
    boolean covered,
    boolean shapeWrong,
    int populations,
    double rand,
    double bestRand,
    Map<PeerRanking, Integer> peerRank,
    Map<PeerRanking, Integer> peerRows) {

  static FleetScore of(StudiedFleet fleet, Findings findings) {
    Optional<PlantedSet> planted = PlantedSet.of(fleet);
    List<Finding> confirmed =
        findings.findings().stream().filter(f -> f.verdict() == Verdict.CONFIRMED).toList();
    List<Finding> wrong =
        confirmed.stream()
            .filter(
                f ->
                    planted.isEmpty()
                        || !(planted.get().isHit(f.set()) || planted.get().isEnriched(f.set())))
            .toList();
    Map<PeerRanking, Integer> rank = new EnumMap<>(PeerRanking.class);
    Map<PeerRanking, Integer> rows = new EnumMap<>(PeerRanking.class);
    peers(fleet, planted, rank, rows);
    Dated dated = dated(fleet, findings);
    return new FleetScore(
        confirmed.size(),
        findings.findings().size(),
        planted.isPresent()
            && !findings.findings().isEmpty()
            && planted.get().isHit(findings.findings().getFirst().set()),
        planted.isPresent()
            && findings.findings().stream().anyMatch(f -> planted.get().isHit(f.set())),
        wrong.size(),
        wrong.stream().map(Finding::words).toList(),
        findings.host().filter(h -> h.answer() == Answer.CONFIRMED_HOST).isPresent(),
        dated.error,
        dated.covered,
        dated.shapeWrong,
        (int)
            findings.classes().stream()
                .filter(c -> c.kind() != DiseaseClass.Kind.UNRELATED)
                .count(),
        rand(fleet, findings),
        ToldOfCauses.rand(fleet),
        rank,
        rows);
  }

  private static void peers(
      StudiedFleet fleet,
      Optional<PlantedSet> planted,
      Map<PeerRanking, Integer> rank,
      Map<PeerRanking, Integer> rows) {
    List<Candidate> candidates = PeerRanking.candidates(fleet.study());
    for (PeerRanking peer : PeerRanking.values()) {
      List<ScanSet> list = peer.list(candidates, fleet.study().crashes().size());
      int at = 0;
      for (int i = 0; planted.isPresent() && at == 0 && i < list.size(); i++)
        if (planted.get().isHit(list.get(i))) at = i + 1;
      rank.put(peer, at);
      rows.put(peer, list.size());
    }
  }

  private record Dated(double error, boolean covered, boolean shapeWrong) {}

  // Of the population that holds most of the first cause's cases; of all cases where none does. A
  // release or kernel that was bad from its first day has no onset of its own: the date of its
  // roll-out is no more right than none.
  private static Dated dated(StudiedFleet fleet, Findings findings) {
    if (fleet.truth().isEmpty() || fleet.truth().getFirst().fromDay() == 0)
      return new Dated(Double.NaN, false, false);
    String cause = fleet.truth().getFirst().cause();
    Onset onset = findings.onset();
    long most = 0;
    for (DiseaseClass each : findings.classes()) {
      if (each.kind() == DiseaseClass.Kind.UNRELATED) continue;
      long held = each.members().stream().filter(i -> fleet.causes().get(i).equals(cause)).count();
      if (held <= most) continue;
      most = held;
      onset = each.onset();
    }
    if (!(onset instanceof Onset.Began began)) return new Dated(Double.NaN, false, false);
    int true0 = fleet.truth().getFirst().fromDay();
    boolean crisp = fleet.truth().getFirst().shape().equals("crisp");
    OnsetPosterior.Shape other = crisp ? OnsetPosterior.Shape.GRADUAL : OnsetPosterior.Shape.CRISP;
    return new Dated(
        began.start() - true0,
        began.earliest() <= true0 && true0 <= began.latest(),
        began.shape() == other);
  }

  private static double rand(StudiedFleet fleet, Findings findings) {
    List<Integer> truth = new ArrayList<>();
    List<Integer> found = new ArrayList<>();
    List<String> causes =
        fleet.truth().stream().map(dev.pumphandle.lab.fleet.Planted::cause).toList();
    for (int k = 0; k < findings.classes().size(); k++)
      for (int i : findings.classes().get(k).members()) {
        int cause = causes.indexOf(fleet.causes().get(i));
        if (cause < 0) continue;
        truth.add(cause);
        found.add(k);
      }
    if (causes.size() < 2 || truth.isEmpty()) return Double.NaN;
    return AdjustedRand.index(
        truth.stream().mapToInt(i -> i).toArray(), found.stream().mapToInt(i -> i).toArray());
  }
}
