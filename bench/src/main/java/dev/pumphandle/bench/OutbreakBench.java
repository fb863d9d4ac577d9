package dev.pumphandle.bench;

import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.Investigation;
import dev.pumphandle.epi.investigation.InvestigationOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// How often an investigation finds what was planted, and how often it finds what was not, beside
/// other rankings of the same crashes.
public final class OutbreakBench {

  private static final int THREADS = 2;

  private final PrintStream out;

  private OutbreakBench(PrintStream out) {
    this.out = out;
  }

  /// Runs the benchmark.
  ///
  /// @param arguments size (S, M or L), outbreak, true cases, fleets, first seed, replicates
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 6) {
      System.err.println(
          "usage: OutbreakBench SIZE OUTBREAK CASES FLEETS SEED REPLICATES; see bench/README.md");
      System.exit(2);
    }
    new OutbreakBench(System.out)
        .run(
            FleetSize.valueOf(arguments[0]),
            Outbreak.valueOf(arguments[1].toUpperCase(Locale.ROOT).replace('-', '_')),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Long.parseLong(arguments[4]),
            Integer.parseInt(arguments[5]));
  }

  private void run(
      FleetSize size, Outbreak outbreak, int cases, int fleets, long seed, int replicates)
      throws IOException {
    List<FleetScore> scores = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < fleets; i++) {
      StudiedFleet fleet = StudiedFleet.of(size.with(outbreak.causes(cases, size.days)), seed + i);
      long start = System.nanoTime();
      Findings findings =
          Investigation.of(
              fleet.study(),
              InvestigationOptions.usual(seed + i, THREADS).withReplicates(replicates),
              _ -> {});
      seconds.add((System.nanoTime() - start) / 1e9);
      FleetScore score = FleetScore.of(fleet, findings);
      scores.add(score);
      if (score.falseOnes() > 0)
        out.printf("  seed %d: confirmed without cause: %s%n", seed + i, score.words());
    }
    out.printf(
        Locale.ROOT,
        "%s %s, %d cases, %d fleets from seed %d, R = %d%n",
        size,
        outbreak,
        cases,
        fleets,
        seed,
        replicates);
    print(outbreak, cases, scores);
    out.printf(Locale.ROOT, "  seconds per investigation, median %.1f%n", median(seconds));
  }

  private void print(Outbreak outbreak, int cases, List<FleetScore> scores) {
    line("something confirmed", share(scores, s -> s.confirmed() > 0 ? 1 : 0), target(outbreak));
    line("something significant", share(scores, s -> s.significant() > 0 ? 1 : 0), "");
    line("a host said to be confirmed", share(scores, s -> s.hostNamed() ? 1 : 0), "");
    line("rows listed, mean", share(scores, FleetScore::significant), "");
    if (outbreak == Outbreak.NONE) {
      line("populations, mean", share(scores, FleetScore::populations), "");
      return;
    }
    line(
        "ranked first and significant",
        share(scores, s -> s.first() ? 1 : 0),
        top(outbreak, cases));
    line("in the list", share(scores, s -> s.any() ? 1 : 0), "");
    double confirmed = scores.stream().mapToInt(FleetScore::confirmed).sum();
    double wrong = scores.stream().mapToInt(FleetScore::falseOnes).sum();
    line("confirmed findings that are false", confirmed == 0 ? 0 : wrong / confirmed, "<= 0.10");
    List<Double> errors =
        scores.stream().map(s -> Math.abs(s.onsetError())).filter(e -> !e.isNaN()).toList();
    line("onset given", (double) errors.size() / scores.size(), "");
    if (!errors.isEmpty()) {
      line("onset, days off, median", median(errors), "");
      line(
          "onset in its interval, of those given",
          share(scores, s -> s.covered() ? 1 : 0) * scores.size() / errors.size(),
          ">= 0.93");
      line("shape called wrongly", share(scores, s -> s.shapeWrong() ? 1 : 0), "<= 0.03");
    }
    line("populations, mean", share(scores, FleetScore::populations), "");
    if (outbreak == Outbreak.HOST_AND_RACE || outbreak == Outbreak.TWO_DISEASES) {
      line("adjusted Rand index, mean", share(scores, FleetScore::rand), ">= 0.85 at 60 + 60");
      line("the same, told what each looks like", share(scores, FleetScore::bestRand), "");
    }
    for (PeerRanking peer : PeerRanking.values())
      line(
          peer.name().toLowerCase(Locale.ROOT) + " ranks it first",
          share(scores, s -> s.peerRank().getOrDefault(peer, 0) == 1 ? 1 : 0),
          String.format(
              Locale.ROOT,
              "(%.0f rows listed)",
              share(scores, s -> s.peerRows().getOrDefault(peer, 0))));
  }

  private static String target(Outbreak outbreak) {
    return outbreak == Outbreak.NONE ? "<= 0.05" : "";
  }

  private static String top(Outbreak outbreak, int cases) {
    return switch (outbreak) {
      case HOST -> cases >= 20 ? ">= 0.95" : "";
      case RELEASE -> cases >= 40 ? ">= 0.90" : "";
      case SKU_WITH_KERNEL -> cases >= 40 ? ">= 0.85" : "";
      case KERNEL -> cases >= 80 ? ">= 0.95" : "";
      case NONE, CLUSTER, RACE, HOST_AND_RACE, TWO_DISEASES -> "";
    };
  }

  private void line(String what, double value, String target) {
    out.printf(Locale.ROOT, "  %-40s %8.3f  %s%n", what, value, target);
  }

  private static double share(List<FleetScore> scores, ToDoubleFunction<FleetScore> of) {
    return scores.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  private static double median(List<Double> values) {
    if (values.isEmpty()) return Double.NaN;
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
