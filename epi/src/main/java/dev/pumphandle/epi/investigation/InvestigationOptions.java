package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.scan.ScanOptions;
import java.util.List;
import java.util.stream.Stream;

/// How an investigation is run.
///
/// @param alpha the family-wise level of findings
/// @param level the confidence level of intervals
/// @param replicates R, the Monte Carlo replicates of each test
/// @param seed equal seeds give equal results
/// @param threads how many threads share the work; never changes the result
public record InvestigationOptions(
    double alpha, double level, int replicates, long seed, int threads) {

  // The rise and fall of the cases as a whole may take these many steps of a scan besides.
  private static final int STEPS_OF_TIME = 3;

  /// α = 0.05, intervals of 95 %, 999 replicates.
  public static InvestigationOptions usual(long seed, int threads) {
    return new InvestigationOptions(0.05, 0.95, 999, seed, threads);
  }

  /// The same with another number of replicates.
  public InvestigationOptions withReplicates(int count) {
    return new InvestigationOptions(alpha, level, count, seed, threads);
  }

  /// The elements of a list, shared by the threads where there are several. What is made of them
  /// keeps their order.
  <T> Stream<T> each(List<T> of) {
    return threads > 1 ? of.parallelStream() : of.stream();
  }

  /// How one of several searches is run that share the chance of a false finding.
  ScanOptions scan(long purpose, int searches) {
    ScanOptions usual = ScanOptions.usual(seed + purpose, threads).withReplicates(replicates);
    return new ScanOptions(
        alpha / searches,
        usual.leastCases(),
        usual.mostSteps() + STEPS_OF_TIME,
        replicates,
        usual.leads(),
        usual.seed(),
        threads);
  }
}
