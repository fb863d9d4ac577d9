package dev.pumphandle.bench;

import dev.pumphandle.epi.investigation.Study;
import dev.pumphandle.epi.measure.TableTests;
import dev.pumphandle.epi.measure.TwoByTwo;
import dev.pumphandle.epi.scan.AgainstOtherCrashes;
import dev.pumphandle.epi.scan.Attribute;
import dev.pumphandle.epi.scan.Candidate;
import dev.pumphandle.epi.scan.Families;
import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.GreedyScan;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.epi.scan.ScanOptions;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.Comparator;
import java.util.List;

/// How others rank the same crashes. They get episodes too, which is kinder than the raw records
/// they would count.
enum PeerRanking {
  /// Share of cases inside over share of cases overall, at least three cases.
  LIFT,
  /// Pearson's statistic, listed where p < 0.05.
  CHI2,
  /// As the crash correlations of Mozilla's Socorro: at least 15 points more often among the cases
  /// than among the others, five cases, chi-square significant; by the lower limit of the
  /// difference.
  /// Source: marco-c/crashcorrelations, crash_deviations.py; mozilla-services/socorro,
  /// docs/correlations.rst.
  SOCORRO;

  private static final int LEAST_LIFTED = 3;
  private static final int LEAST_SOCORRO = 5;
  private static final double POINTS = 0.15;
  private static final double ALPHA = 0.05;
  private static final double Z = 1.96;

  /// Every value and pair of values of a study's attributes, with its counts.
  static List<Candidate> candidates(Study study) {
    List<Attribute> attributes =
        study.attributes().stream()
            .map(a -> new Attribute(a.column(), Math.max(1, a.values().size())))
            .toList();
    Population crashes = study.crashes().population(study.start());
    List<Integer> alone =
        java.util.stream.IntStream.range(0, attributes.size())
            .filter(a -> study.attributes().get(a).column().equals("node"))
            .boxed()
            .toList();
    List<Family> families = Families.usual(attributes, crashes, alone, List.of()).families();
    return new GreedyScan(
            new AgainstOtherCrashes(attributes, study.days(), crashes, study.crashes().isCase()),
            families,
            ScanOptions.usual(1, 1))
        .candidates(List.of());
  }

  /// The sets it lists, best first.
  List<ScanSet> list(List<Candidate> candidates, long crashes) {
    return candidates.stream()
        .filter(c -> listed(c, crashes))
        .sorted(Comparator.comparingDouble((Candidate c) -> score(c, crashes)).reversed())
        .map(Candidate::set)
        .toList();
  }

  private boolean listed(Candidate c, long crashes) {
    if (c.cases() <= c.expected()) return false;
    return switch (this) {
      case LIFT -> c.cases() >= LEAST_LIFTED;
      case CHI2 -> new TableTests(table(c, crashes)).pearson().p() < ALPHA;
      case SOCORRO ->
          c.cases() >= LEAST_SOCORRO
              && difference(c, crashes) >= POINTS
              && new TableTests(table(c, crashes)).pearson().p() < ALPHA;
    };
  }

  private double score(Candidate c, long crashes) {
    return switch (this) {
      case LIFT -> c.cases() / c.expected();
      case CHI2 -> new TableTests(table(c, crashes)).pearson().statistic();
      case SOCORRO -> difference(c, crashes) - Z * standardError(c, crashes);
    };
  }

  private static TwoByTwo table(Candidate c, long crashes) {
    long a = Math.round(c.cases());
    long b = Math.round(c.crashes()) - a;
    long outside = Math.round(c.known()) - a;
    return new TwoByTwo(a, b, outside, Math.max(0, crashes - a - b - outside));
  }

  private static double difference(Candidate c, long crashes) {
    return c.cases() / c.known() - others(c, crashes);
  }

  private static double others(Candidate c, long crashes) {
    return (c.crashes() - c.cases()) / Math.max(1, crashes - c.known());
  }

  private static double standardError(Candidate c, long crashes) {
    double p = c.cases() / c.known();
    double q = others(c, crashes);
    return Math.sqrt(p * (1 - p) / c.known() + q * (1 - q) / Math.max(1, crashes - c.known()));
  }
}
